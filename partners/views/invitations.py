"""Invitations: who was sent one, and the page on which one is accepted."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners import actions, refusals
from partners.accounts import invitations
from partners.forms.invitations import InvitedForm
from partners.mail import sending
from partners.models import IdentityProvider, Invitation, User
from partners.paging import page_of
from partners.single_sign_on.views import may_go_on
from partners.spreadsheets.writing import csv_response, file_name

KEPT = "invitation"
HEADER = [
    *("Person", "Partner", "Sent to", "Invited on", "Invited by"),
    *("State", "Message", "Good until", "Used on", "Withdrawn on"),
]
STATES = [
    *(("open", "Open"), ("used", "Used"), ("expired", "Expired")),
    *(("withdrawn", "Withdrawn"), ("all", "All")),
]


@login_not_required
@never_cache
@require_safe
@rate_limit(action="reset_password_from_key", limit_get=True)
def invitation_link(request, token):
    """Takes the token out of the address, so that no page or log passes it on."""
    request.session[KEPT] = token[:200]
    response = redirect("partners:invitation")
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request):
    found = invitations.find(request.session.get(KEPT, ""))
    if found is None or request.user.is_authenticated:
        return render(request, "partners/invitation_dead.html", {"found": found})
    user = found.staff.user or User(email=found.email)
    form = InvitedForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _let_in(request, found, form.cleaned_data["password1"])
    providers = IdentityProvider.objects.in_use().filter(partner=found.staff.partner)
    context = {
        "form": form,
        "person": found.staff,
        "provider": providers.first(),
        "has_password": user.pk and user.has_usable_password(),
    }
    return may_go_on(render)(request, "partners/invitation.html", context)


def _let_in(request, found, password):
    try:
        user = invitations.accept(invitation=found, password=password)
    except (ValidationError, IntegrityError):
        # Used, withdrawn or out of date this very moment: told as any dead link.
        return render(request, "partners/invitation_dead.html", {"found": None})
    del request.session[KEPT]
    login = Login(user=user, email=user.email)
    return perform_password_login(request, {"email": user.email}, login)


def _invitations(request):
    """The invitations in the state the address names, and what was not understood."""
    if not request.user.standing.may_administer:
        raise PermissionDenied
    state = request.GET.get("state", "open")
    found = Invitation.objects.visible_to(request.user)
    found = found.select_related(
        "staff__partner", "invited_by__person", "message__delivery"
    )
    narrowed = {
        "open": found.still_open,
        "expired": found.expired,
        "used": lambda: found.filter(used_at__isnull=False),
        "withdrawn": lambda: found.filter(withdrawn_at__isnull=False),
        "all": lambda: found,
    }
    if state in narrowed:
        return narrowed[state](), state, []
    return found, "all", [f"There is no state “{state[:40]}”: these are all of them"]


@require_safe
def invitation_list(request):
    found, state, problems = _invitations(request)
    page, beyond = page_of(request, found)
    context = {
        "page": page,
        "rows": [(invitation, _delivery(invitation)) for invitation in page],
        "state": state,
        "states": STATES,
        "problems": [*problems, *beyond],
    }
    return render(request, "partners/invitations.html", context)


def _delivery(invitation):
    message = invitation.message
    return sending.state(message) if message else "The message is deleted"


@require_safe
def invitations_export(request):
    found, state, _ = _invitations(request)
    found = list(found)
    actions.note_taken(
        by=request.user,
        what="invitations",
        filters={"state": [state]},
        staff_ids=[invitation.staff_id for invitation in found],
    )
    about, is_for_excel = file_name("invitations", state), request.GET.get("excel")
    return csv_response(about, HEADER, map(_line, found), excel=is_for_excel == "1")


def _line(invitation):
    by, person = invitation.invited_by, invitation.staff
    days = (invitation.expires_at, invitation.used_at, invitation.withdrawn_at)
    return (
        *(person.name, person.partner.name, invitation.email),
        timezone.localdate(invitation.invited_at),
        *(by and by.get_full_name(), invitation.state, _delivery(invitation)),
        *(day and timezone.localdate(day) for day in days),
    )


@require_POST
def invitation_again(request, pk):
    found = _kept(request, pk)
    try:
        invitations.invite(person=found.staff, by=request.user)
    except (ValidationError, IntegrityError) as error:
        messages.error(request, _said(error))
    else:
        messages.success(request, f"{found.staff.name} is sent a new link")
    return redirect("partners:invitations")


@require_POST
def invitation_withdraw(request, pk):
    found = _kept(request, pk)
    try:
        invitations.withdraw(invitation=found, by=request.user)
    except ValidationError as error:
        messages.error(request, _said(error))
    else:
        messages.success(request, f"The link of {found.staff.name} works no more")
    return redirect("partners:invitations")


def _kept(request, pk):
    if not request.user.standing.may_administer:
        raise PermissionDenied
    found = Invitation.objects.editable_by(request.user)
    return get_object_or_404(found.select_related("staff"), pk=pk)


def _said(error):
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return refusals.sentence(error) or invitations.DEAD
