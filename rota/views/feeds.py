"""Calendars for other programs: read by a secret address, made and withdrawn."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.mail.queue import absolute_url
from partners.paging import page_of
from rota import feeds, tokens
from rota.forms.feeds import FeedForm
from rota.models import RotaToken


@login_not_required
@require_safe
def duties(request, words):
    address = tokens.find_calendar(words)
    if address is None:
        raise Http404
    text = feeds.text_of(address)
    since = int(tokens.note_shown(address, text).timestamp())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    etag = response["ETag"] = quote_etag(sha256(text).hexdigest())
    response["Last-Modified"] = http_date(since)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="duties.ics"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag, since, response)


def _listed(request):
    """Calendars of one's own, and those of rotas and partners one may withdraw."""
    found = RotaToken.objects.editable_by(request.user).calendars()
    own = found.filter(staff=request.user.standing.staff_id or 0)
    found = own | found.exclude(kind=RotaToken.Kind.OWN)
    return found.select_related("staff", "rota", "partner", "made_by__person")


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request):
    page, problems = page_of(request, _listed(request))
    form = FeedForm(request.POST or None, user=request.user)
    context = {"form": form, "page": page, "problems": problems}
    if form.is_valid():
        address, words = tokens.make(by=request.user, **form.said())
        # Shown in the answer itself: it is kept nowhere and never told again.
        context |= {
            "made": address,
            "words": absolute_url(reverse("rota:feed", args=[words])),
        }
        context["form"] = FeedForm(user=request.user)
        context["page"], _ = page_of(request, _listed(request))
    response = render(request, "rota/my_calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def withdraw(request, address):
    address = get_object_or_404(_listed(request), pk=address)
    tokens.withdraw(by=request.user, address=address)
    messages.success(
        request, "The calendar link has been withdrawn and no longer works"
    )
    return redirect("rota:my_calendar")
