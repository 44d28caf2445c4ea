"""Moving a person to another partner: released, answered, and done on the day."""

import logging
from collections.abc import Iterator
from datetime import date

import pghistory
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from partners import refusals
from partners.mail import queue
from partners.models import Absence, Appointment, Partner, StaffMember, Transfer, User

logger = logging.getLogger(__name__)
State = Transfer.State
ANSWERED = "This transfer was answered or withdrawn meanwhile: look at what it says now"
PERSON_LEFT = "{} has left, so there is nobody to transfer: withdraw the transfer"
PARTNER_LEFT = "{} is not a partner any more: withdraw the transfer"
ONLY_KEEPER = (
    "{person} is the only coordinator of {partner}: have another one appointed first"
)


@transaction.atomic
def release(
    *,
    by: User,
    person: StaffMember,
    to_partner: Partner,
    begins_on: date | None = None,
    note: str = "",
) -> Transfer:
    """Offer a person to another partner from a day on (today), and tell those it means.

    Raises PermissionDenied for who does not keep the person's record, ValidationError
    with a sentence for the rest, IntegrityError for who was second.
    """
    _refuse_others(by, person.partner_id)
    transfer = Transfer(
        staff=person,
        from_partner=person.partner,
        to_partner=to_partner,
        begins_on=begins_on or timezone.localdate(),
        note=note,
    )
    _refuse_gone(transfer)
    transfer.full_clean()
    with pghistory.context(user=by.pk):
        transfer.save()
    _tell(transfer, "released", by=by)
    return transfer


@transaction.atomic
def accept(*, by: User, transfer: Transfer) -> Transfer:
    """Take the person: at once if the day has come, else on the day.

    Raises PermissionDenied for who does not keep the new partner's records, and
    ValidationError if it cannot be, or somebody was first.
    """
    transfer = _open(transfer, State.RELEASED)
    _refuse_others(by, transfer.to_partner_id)
    _refuse_gone(transfer)
    with pghistory.context(user=by.pk):
        transfer.state, transfer.answered_at = State.ACCEPTED, timezone.now()
        transfer.save()
        if transfer.begins_on <= timezone.localdate():
            _move(transfer)
    _tell(transfer, "done" if transfer.state == State.DONE else "accepted", by=by)
    return transfer


@transaction.atomic
def decline(*, by: User, transfer: Transfer, answer: str = "") -> Transfer:
    """Refuse the person, with a reason; the record stays where it is."""
    transfer = _open(transfer, State.RELEASED)
    _refuse_others(by, transfer.to_partner_id)
    with pghistory.context(user=by.pk):
        transfer.state, transfer.answered_at = State.DECLINED, timezone.now()
        transfer.answer = answer
        transfer.full_clean(exclude=["staff", "from_partner", "to_partner"])
        transfer.save()
    _tell(transfer, "declined", by=by)
    return transfer


@transaction.atomic
def withdraw(*, by: User | None, transfer: Transfer) -> Transfer:
    """Take the offer back, as long as the person has not moved.

    `by` is None where the person has left meanwhile.
    """
    transfer = _open(transfer, *Transfer.OPEN)
    if by is not None:
        _refuse_others(by, transfer.from_partner_id)
    with pghistory.context(**({"user": by.pk} if by else {})):
        transfer.state = State.WITHDRAWN
        transfer.save()
    _tell(transfer, "withdrawn", by=by)
    return transfer


@transaction.atomic
def take_effect(*, transfer: Transfer) -> Transfer:
    """Move the person whose day has come; once, however often it is called.

    Raises ValidationError with a sentence where something stands in the way.
    """
    transfer = _open(transfer, State.ACCEPTED)
    if transfer.begins_on > timezone.localdate():
        raise ValidationError("The day of this transfer has not come yet")
    _move(transfer)
    _tell(transfer, "done", by=None)
    return transfer


def daily() -> None:
    """What the worker does once a day: what stands in the way goes into the log."""
    for transfer, obstacle in apply_due():
        if obstacle:
            logger.warning("Transfer %s did not take effect: %s", transfer.pk, obstacle)


def apply_due() -> Iterator[tuple[Transfer, str]]:
    """Move everybody whose day has come; each with what stood in the way, or nothing.

    The transfer of somebody who has left is withdrawn.
    """
    for transfer in due():
        try:
            if transfer.staff.is_in_post():
                take_effect(transfer=transfer)
                yield transfer, ""
            else:
                withdraw(by=None, transfer=transfer)
                yield transfer, "withdrawn, because the person has left"
        except ValidationError as error:
            yield transfer, " ".join(error.messages)
        except IntegrityError as error:
            yield transfer, refusals.sentence(error) or str(error)


def due() -> list[Transfer]:
    """The accepted transfers whose day has come, oldest first."""
    waiting = Transfer.objects.filter(
        state=State.ACCEPTED, begins_on__lte=timezone.localdate()
    )
    return [*waiting.select_related("staff__partner").order_by("begins_on", "pk")]


def _open(transfer, *states):
    """The transfer as it now is, held so that nobody else answers it."""
    held = Transfer.objects.select_for_update(of=("self",))
    found = held.select_related("staff__partner", "from_partner", "to_partner")
    transfer = found.get(pk=transfer.pk)
    if transfer.state not in states:
        raise ValidationError(ANSWERED)
    return transfer


def _refuse_others(by, partner_id):
    if not by.standing.coordinates_partner(partner_id):
        raise PermissionDenied("Only who keeps this partner's records does this")


def _refuse_gone(transfer):
    if not transfer.staff.is_in_post():
        raise ValidationError(PERSON_LEFT.format(transfer.staff.name))
    if not Partner.objects.current().filter(pk=transfer.to_partner_id).exists():
        raise ValidationError(PARTNER_LEFT.format(transfer.to_partner.name))


def _move(transfer):
    """Change the partner, and only what cannot belong to another partner's person."""
    person = StaffMember.objects.select_for_update().get(pk=transfer.staff_id)
    transfer.staff = person
    _refuse_gone(transfer)
    _end_keeping(person, transfer.from_partner)
    person.partner, person.base_site = transfer.to_partner, None
    person.save()
    ahead = Absence.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()),
        cover__isnull=False,
    )
    ahead.filter(Q(staff=person) | Q(cover=person)).update(cover=None)
    # The time at which the tables of events say that it happened.
    transfer.state, transfer.done_at = State.DONE, TransactionNow()
    transfer.save()
    transfer.refresh_from_db(fields=["done_at"])


def _end_keeping(person, partner):
    """End the role of coordinator at the old partner, unless nobody else has it."""
    today = timezone.localdate()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        role=Appointment.Role.COORDINATOR,
        partner=partner,
    )
    own = held.filter(user=person.user_id) if person.user_id else held.none()
    if not own.exists():
        return
    # Two coordinators of one partner do not leave it at the same moment.
    Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    others = StaffMember.objects.coordinators_of(partner.pk).exclude(pk=person.pk)
    if not others.exists():
        sentence = ONLY_KEEPER.format(person=person.name, partner=partner.name)
        raise ValidationError(sentence)
    own.update(until=Greatest("since", today))


def _tell(transfer, what, *, by):
    """A message to the person and to the coordinators of both partners."""
    partners = transfer.from_partner_id, transfer.to_partner_id
    keepers = [StaffMember.objects.coordinators_of(pk) for pk in partners]
    people = {p.work_email.lower(): p for rows in keepers for p in rows}
    if transfer.staff.is_in_post():
        people[transfer.staff.work_email.lower()] = transfer.staff
    for person in people.values():
        queue.add_message(
            to=person.work_email,
            subject="Transfer between partners",
            template=f"transfer_{what}",
            context={
                "name": person.name,
                "person": transfer.staff,
                "is_self": person.pk == transfer.staff.pk,
                "transfer": transfer,
                "sender": by.get_full_name() if by else "Shared ICT support",
            },
        )
