"""Asking for a correction of one's own record, and answering."""

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partners.mail import queue
from partners.models import Appointment, CorrectionRequest, StaffMember, User

State = CorrectionRequest.State
ANSWERED = "Somebody answered this request meanwhile: look at what they said"


@transaction.atomic
def ask(*, by: User, what: str) -> CorrectionRequest:
    """Ask for a correction of one's own record, and tell who keeps it.

    Raises PermissionDenied for a login without a person, ValidationError for no words.
    """
    person = StaffMember.objects.filter(pk=by.standing.staff_id).first()
    if person is None:
        raise PermissionDenied("Only who has a record asks for its correction")
    request = CorrectionRequest(staff=person, what=what)
    request.full_clean()
    with pghistory.context(user=by.pk):
        request.save()
    for name, address in _keepers(person):
        subject = "A record is said to be wrong"
        _tell(name, address, request, "correction_asked", subject)
    return request


@transaction.atomic
def answer(
    *, by: User, request: CorrectionRequest, state: str, answer: str = ""
) -> CorrectionRequest:
    """Say that the record is put right, or why it stays, once; and tell the person.

    Raises PermissionDenied for who does not keep the record, and ValidationError if
    somebody was first or a reason is missing.
    """
    held = CorrectionRequest.objects.select_for_update(of=("self",))
    request = held.select_related("staff__partner").get(pk=request.pk)
    if not by.standing.coordinates_partner(request.staff.partner_id):
        raise PermissionDenied("Only who keeps this record answers")
    if not request.is_open:
        raise ValidationError(ANSWERED)
    request.state, request.answer = state, answer
    request.answered_at = timezone.now()
    request.full_clean(exclude=["staff"])
    with pghistory.context(user=by.pk):
        request.save()
    person = request.staff
    if person.is_in_post():
        subject = "Your request for a correction"
        _tell(person.name, person.work_email, request, "correction_answered", subject)
    return request


def _keepers(person) -> list[tuple[str, str]]:
    """Who keeps the record; the partnership coordinators where it is only oneself."""
    keepers = StaffMember.objects.coordinators_of(person.partner_id)
    others = keepers.exclude(pk=person.pk).values_list("name", "work_email")
    return list(others) or _partnership_coordinators()


def _partnership_coordinators():
    role = Appointment.Role.PARTNERSHIP_COORDINATOR
    appointed = Appointment.objects.in_force().filter(role=role)
    logins = User.objects.filter(is_active=True, pk__in=appointed.values("user"))
    people = {
        login: getattr(login, "person", None)
        for login in logins.select_related("person__partner")
    }
    return [
        (login.get_full_name(), person.work_email if person else login.email)
        for login, person in people.items()
        if person is None or person.is_in_post()
    ]


def _tell(name, address, request, template, subject):
    page = reverse("partners:correction", args=[request.pk])
    queue.add_message(
        to=address,
        subject=subject,
        template=template,
        context={
            "name": name,
            "request": request,
            "person": request.staff,
            "address": queue.absolute_url(page),
        },
    )
