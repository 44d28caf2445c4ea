"""Asking colleagues to take a duty: asked, checked, answered, or lapsed."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import refusals
from partners.models import StaffMember, User
from rota.duties import changes, cover, notifications
from rota.duties.changes import Assignment, Window
from rota.models import Duty, DutyChange, Swap, SwapAsked

Kind, State = Swap.Kind, Swap.State
NOT_YOURS = "Only the person on duty or their coordinator can ask for this"
NOT_ASKED = "Somebody else was asked to take this duty"
ANSWERED = (
    "This request has since been answered, withdrawn or changed: check what it says now"
)
BEGUN = "These hours have started or are outside this duty: choose hours in the future"
NOBODY = "Choose who to ask"
OWN = "This duty is already theirs: choose somebody else"
MINE_ALREADY = "Choose the duty of somebody else to exchange with"


@transaction.atomic
def ask(
    *,
    by: User,
    duty: Duty,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    asked: Sequence[StaffMember] = (),
    offered: Duty | None = None,
    why: str = "",
) -> Swap:
    """Ask for a duty, or hours of it, to be taken; nobody named asks everybody.

    A duty left open is offered by the coordinator. Raises PermissionDenied for who
    has no say in it, ValidationError for what cannot be or is asked already.
    """
    duty = _standing(duty)
    _refuse_strangers(by, duty)
    starts_at, ends_at = starts_at or duty.starts_at, ends_at or duty.ends_at
    if not _is_to_come(duty, starts_at, ends_at):
        raise ValidationError(BEGUN)
    asked = [offered.staff] if offered else list(asked)
    if duty.staff_id in {person and person.pk for person in asked}:
        raise ValidationError(MINE_ALREADY if offered else OWN)
    kind = Kind.EXCHANGE if offered else Kind.NAMED if asked else Kind.OPEN
    swap = Swap(duty=duty, starts_at=starts_at, ends_at=ends_at, kind=kind)
    swap.offered, swap.why, swap.asked_by = offered, why, by
    # Told now where it cannot be; what wants a reason is for whoever accepts.
    if len(asked) == 1:
        cover.refuse(_puts(swap, asked[0]), _gone(swap), go_ahead=True)
    _save(swap)
    SwapAsked.objects.bulk_create(SwapAsked(swap=swap, staff=p) for p in asked)
    notifications.swap_asked(swap, asked)
    return swap


def _refuse_strangers(by, duty):
    is_own = duty.staff_id is not None and duty.staff_id == by.standing.staff_id
    if not (is_own or by.standing.coordinates_partner(duty.partner_id)):
        raise PermissionDenied(NOT_YOURS)


def _is_to_come(duty, starts_at, ends_at):
    within = duty.starts_at <= starts_at < ends_at <= duty.ends_at
    return within and starts_at > timezone.now()


def _standing(duty):
    found = Duty.objects.current().select_related("rota", "staff", "partner")
    try:
        return found.get(pk=duty.pk)
    except Duty.DoesNotExist as error:
        raise ValidationError(ANSWERED) from error


def _save(swap):
    try:
        with transaction.atomic():
            swap.save()
    except IntegrityError as error:
        sentence = refusals.sentence(error)
        if sentence is None:
            raise
        raise ValidationError(sentence) from error


def _puts(swap, person) -> list[Assignment]:
    """Who would be where once this person takes it."""
    window = Window.of(swap.duty, swap.starts_at, swap.ends_at)
    assignments = [Assignment(window, person.partner_id, person.pk, Duty.Cause.SWAP)]
    if swap.offered:
        giver = swap.duty.staff
        assignments.append(changes.put_instead(swap.offered, giver, Duty.Cause.SWAP))
    return assignments


def _gone(swap):
    return [swap.duty, *([swap.offered] if swap.offered else [])]


@transaction.atomic
def accept(
    *,
    by: User,
    swap: Swap,
    person: StaffMember,
    why: str = "",
    go_ahead: bool = False,
) -> DutyChange:
    """Take the duty, by the person or a coordinator for them; checked once more.

    Raises PermissionDenied for others, ValidationError where it was answered or
    changed meanwhile, cannot be, or wants a reason and has none.
    """
    swap = _open(swap)
    _refuse_not_asked(by, swap, person)
    assignments = _puts(swap, person)
    cover.refuse(assignments, _gone(swap), go_ahead=go_ahead and bool(why.strip()))
    kind = DutyChange.Kind.SWAP
    change = changes.make(by=by, kind=kind, put=assignments, why=why, answers=swap.pk)
    swap.change, swap.accepted_by = change, person
    _close(swap, State.ACCEPTED, by)
    return change


def _refuse_not_asked(by, swap, person):
    is_own = by.standing.staff_id == person.pk
    if not (is_own or by.standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied(NOT_ASKED)
    if swap.kind != Kind.OPEN and not swap.asked.filter(staff=person).exists():
        raise PermissionDenied(NOT_ASKED)
    if person.pk == swap.duty.staff_id:
        raise ValidationError(OWN)
    members = swap.duty.rota.memberships.filter(partner=person.partner_id)
    if not members.exists():
        raise PermissionDenied(NOT_ASKED)


def _open(swap):
    """The request as it stands now, held; ValidationError if it was answered.

    The rotas are held first, as by every change: else two would wait for each other.
    """
    changes.hold({duty.rota_id for duty in _gone(swap)})
    found = Swap.objects.still_open().select_for_update(of=("self",))
    found = found.select_related(
        "duty__rota", "duty__staff__partner", "duty__partner", "offered__staff"
    )
    swap = found.filter(pk=swap.pk).first()
    if swap is None or any(duty.replaced_by_id for duty in _gone(swap)):
        raise ValidationError(ANSWERED)
    return swap


def _close(swap, state, by, answer=""):
    # The duty it was about stays named: what follows is told by the change.
    swap.state, swap.answered_at = state, timezone.now()
    swap.answered_by, swap.answer = by, answer
    swap.save()


@transaction.atomic
def decline(*, by: User, swap: Swap, person: StaffMember, answer: str = "") -> Swap:
    """Say no for somebody who was asked; closed once all have."""
    swap = _open(swap)
    is_own = by.standing.staff_id == person.pk
    if not (is_own or by.standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied(NOT_ASKED)
    asked = swap.asked.filter(staff=person, declined_at=None)
    if not asked.update(declined_at=timezone.now()):
        raise ValidationError(ANSWERED)
    if not swap.asked.filter(declined_at=None).exists():
        _close(swap, State.DECLINED, by, answer)
        notifications.swap_declined(swap)
    return swap


@transaction.atomic
def withdraw(*, by: User, swap: Swap) -> Swap:
    """Take the request back, as long as nobody accepted."""
    swap = _open(swap)
    _refuse_strangers(by, swap.duty)
    _close(swap, State.WITHDRAWN, by)
    notifications.swap_withdrawn(swap)
    return swap


@transaction.atomic
def lapse_over() -> int:
    """Close the requests whose hours have begun; how many. Done by the worker."""
    over = Swap.objects.over().select_for_update(skip_locked=True, of=("self",))
    rows = list(over.select_related("duty__rota", "duty__staff", "duty__partner"))
    for swap in rows:
        notifications.lapse(swap, "nobody took it before it started")
    return len(rows)


def people_to_ask(swap: Swap, user: User):
    """For whom this login may accept: itself, and people of its partners."""
    standing = user.standing
    people = StaffMember.objects.in_post().select_related("partner")
    partners = swap.duty.rota.memberships.order_by().values("partner")
    people = people.filter(partner__in=partners).exclude(pk=swap.duty.staff_id)
    if swap.kind != Kind.OPEN:
        waiting = swap.asked.filter(declined_at=None).order_by()
        people = people.filter(pk__in=waiting.values("staff"))
    if not standing.is_partnership_coordinator:
        own = StaffMember.objects.filter(pk=standing.staff_id)
        kept = StaffMember.objects.filter(partner__in=standing.coordinates)
        people = people.filter(pk__in=(own | kept).order_by().values("pk"))
    return people
