"""Asking for a correction of one's own record, and answering."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partners import messages
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
    request.save()
    for keeper in _keepers(person):
        _tell(keeper, request, "correction_asked", "A record is said to be wrong")
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
    request = held.select_related("staff").get(pk=request.pk)
    if not by.standing.coordinates_partner(request.staff.partner_id):
        raise PermissionDenied("Only who keeps this record answers")
    if request.state != State.OPEN:
        raise ValidationError(ANSWERED)
    request.state, request.answer = state, answer
    request.answered_at = timezone.now()
    request.full_clean()
    request.save()
    if request.staff.is_in_post():
        subject = "Your request for a correction"
        _tell(request.staff, request, "correction_answered", subject)
    return request


def _keepers(person):
    """Who keeps the record; the partnership coordinators where it is only oneself."""
    keepers = StaffMember.objects.coordinators_of(person.partner_id)
    others = list(keepers.exclude(pk=person.pk))
    if others:
        return others
    whole = Appointment.objects.in_force().filter(
        role=Appointment.Role.PARTNERSHIP_COORDINATOR, user__is_active=True
    )
    return list(StaffMember.objects.in_post().filter(user__in=whole.values("user")))


def _tell(person, request, template, subject):
    messages.queue(
        to=person.work_email,
        subject=subject,
        template=template,
        context={
            "name": person.name,
            "request": request,
            "person": request.staff,
            "address": messages.link(reverse("partners:corrections")),
        },
    )
