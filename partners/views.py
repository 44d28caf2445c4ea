"""The outbox of the demonstration."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from post_office.models import Email

from partners.paging import page_of


@require_safe
def outbox(request):
    is_open = settings.DEMO and request.user.standing.is_partnership_coordinator
    if not is_open:
        raise Http404
    messages = Email.objects.order_by("-created", "-pk")
    page, problems = page_of(request, messages)
    context = {"page": page, "problems": problems}
    return render(request, "partners/outbox.html", context)
