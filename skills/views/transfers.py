"""People on their way from one partner to another, and who agrees to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners import refusals
from partners.forms.transfers import DeclineForm, ReleaseForm
from partners.history import pages
from partners.models import Appointment, StaffMember, Transfer
from partners.paging import page_of
from partners.people import transfers as moving
from partners.spreadsheets.writing import csv_response, file_name
from skills.records import actions

HEADER = ["Person", "From", "To", "First day", "State", "Released on", "Note", "Answer"]


def _transfers(user):
    """Those this login has a say in, open ones first."""
    if not user.standing.may_administer:
        raise PermissionDenied
    is_closed = ~Q(state__in=Transfer.OPEN)
    found = Transfer.objects.visible_to(user).told_to(user)
    return found.annotate(is_closed=is_closed).order_by(
        "is_closed", "-released_at", "-pk"
    )


@require_safe
def transfers(request):
    page, problems = page_of(request, _transfers(request.user))
    context = {"page": page, "problems": problems}
    return render(request, "skills/transfers.html", context)


@require_safe
def transfers_export(request):
    found = list(_transfers(request.user))
    actions.note_export(
        by=request.user,
        what="transfers",
        filters={},
        staff_ids=[transfer.staff_id for transfer in found],
    )
    return csv_response(
        file_name("transfers"),
        HEADER,
        map(_line, found),
        excel=request.GET.get("excel") == "1",
    )


def _line(transfer):
    names = (transfer.staff_name, transfer.from_partner.name, transfer.to_partner.name)
    released_on = timezone.localtime(transfer.released_at).date()
    days = (transfer.begins_on, transfer.get_state_display(), released_on)
    return (*names, *days, transfer.note, transfer.answer)


@require_safe
def transfer(request, pk):
    transfer = get_object_or_404(_transfers(request.user), pk=pk)
    return _shown(request, transfer, DeclineForm())


def _shown(request, transfer, form):
    standing = request.user.standing
    is_waiting = transfer.state == Transfer.State.RELEASED
    source = pages.HistorySource(Transfer, "pgh_obj_id", pages.one_record(transfer.pk))
    found, _ = pages.requested_page(request, [source])
    context = {
        "transfer": transfer,
        "form": form,
        "along": _along(transfer) if transfer.is_open else None,
        "may_answer": is_waiting
        and standing.coordinates_partner(transfer.to_partner_id),
        "may_withdraw": transfer.is_open
        and standing.coordinates_partner(transfer.from_partner_id),
        "changes": found.changes,
    }
    return render(request, "skills/transfer.html", context)


def _along(transfer):
    """What comes along with the person, what does not, and what ends."""
    person = transfer.staff
    coordinates = Appointment.objects.in_force().filter(
        user=person.user_id, partner=transfer.from_partner
    )
    return {
        "kept": [
            ("skills held", person.skills_held.count()),
            ("wishes to learn", person.learning_wishes.count()),
            ("certificates", person.certifications.count()),
            ("working days", person.working_days.count()),
            ("absences", person.absences.count()),
        ],
        "is_coordinator": bool(person.user_id) and coordinates.exists(),
    }


def _answer(request, pk, act, said, **details):
    """Do what a coordinator decides, once, and say what came of it."""
    transfer = get_object_or_404(_transfers(request.user), pk=pk)
    try:
        act(by=request.user, transfer=transfer, **details)
    except ValidationError as error:
        for sentence in error.messages:
            messages.warning(request, sentence)
    except IntegrityError as error:
        messages.warning(request, refusals.sentence(error) or moving.ANSWERED)
    else:
        messages.success(request, said)
    return redirect("skills:transfer", pk)


@require_POST
def accept(request, pk):
    return _answer(request, pk, moving.accept, "You have accepted this transfer")


@require_POST
def decline(request, pk):
    transfer = get_object_or_404(_transfers(request.user), pk=pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, transfer, form)
    said, why = "You have declined this transfer", form.cleaned_data["answer"]
    return _answer(request, pk, moving.decline, said, answer=why)


@require_POST
def withdraw(request, pk):
    said = "You have withdrawn this transfer: nothing has changed"
    return _answer(request, pk, moving.withdraw, said)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request, pk):
    person = get_object_or_404(StaffMember.objects.visible_to(request.user), pk=pk)
    if not request.user.standing.coordinates_partner(person.partner_id):
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = ReleaseForm(typed, person=person)
    if form.is_valid():
        released = _released(request, person, form)
        if released:
            said = "The new partner and the person are told by e-mail"
            messages.success(request, said)
            return redirect("skills:transfer", released.pk)
    open_one = person.transfers.still_open().first()
    context = {"person": person, "form": form, "open_one": open_one}
    return render(request, "skills/release.html", context)


def _released(request, person, form):
    """The transfer; None, with a sentence over the form, where it was refused."""
    try:
        return moving.release(by=request.user, person=person, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError as error:
        form.add_error(None, refusals.sentence(error) or moving.ANSWERED)
