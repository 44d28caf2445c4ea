"""Secret addresses of switchboards and telephone systems: made, listed, withdrawn."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partners.mail.queue import absolute_url
from partners.paging import page_of
from rota import tokens
from rota.forms.addresses import AddressForm
from rota.models import RotaToken


def _listed(request):
    if not request.user.standing.may_administer:
        raise PermissionDenied
    found = RotaToken.objects.editable_by(request.user).filter(kind__in=tokens.OF_ALL)
    return found.select_related("partner", "made_by__person")


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request):
    page, problems = page_of(request, _listed(request))
    form = AddressForm(request.POST or None, user=request.user)
    context = {"form": form, "page": page, "problems": problems}
    if form.is_valid():
        address, words = tokens.make(by=request.user, **form.said())
        # Shown in the answer itself: it is kept nowhere and never told again.
        context |= {"made": address, "words": _told(address, words)}
        context["form"] = AddressForm(user=request.user)
    response = render(request, "rota/addresses.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _told(address, words):
    if address.kind == RotaToken.Kind.SWITCHBOARD:
        return absolute_url(reverse("switchboard", args=[words]))
    return words


@require_POST
def withdraw(request, address):
    address = get_object_or_404(_listed(request), pk=address)
    tokens.withdraw(by=request.user, address=address)
    messages.success(request, "The address has been withdrawn and no longer works")
    return redirect("rota:addresses")
