"""Laying out a rota's duties by its rotations, and only ever in the future.

What was arranged by hand stays: a turn is laid around it. The same rotations come to
the same duties, so laying out again without a change changes nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partners.models import User
from rota.duties import changes
from rota.duties.changes import Arrangement
from rota.loading import plan_of
from rota.models import Duty, DutyChange, Role, Rota, RotationMember
from rota.scheduling import clock
from rota.scheduling.schedule import Period, Stretch, lay_out, without

AHEAD = timedelta(days=13 * 7)
LONGEST_AHEAD = timedelta(days=2 * 366)
TOO_FAR = "Lay out at most two years at a time: enter an earlier last day"
CLOSED = "This rota closes on {:%-d %B %Y}: enter an earlier last day"
TOO_EARLY = "The last day has passed: enter a day from today on"


@dataclass(frozen=True, slots=True)
class Layout:
    """What laying out would change, and the turns left open by a clash."""

    arrangement: Arrangement
    clashes: tuple[Period, ...] = ()


def until(rota: Rota, last_day: date) -> datetime:
    """The instant a layout to this local day ends; ValidationError if it is no use."""
    today = clock.local_day(timezone.now(), rota.zone)
    if last_day < today:
        raise ValidationError(TOO_EARLY)
    if last_day - today > LONGEST_AHEAD:
        raise ValidationError(TOO_FAR)
    if rota.closed_on and last_day >= rota.closed_on:
        raise ValidationError(CLOSED.format(rota.closed_on))
    return clock.day_begins(last_day + clock.DAY, rota.zone)


def preview(rota: Rota, until_at: datetime, *, days=None) -> Layout:
    """What would change between now and then; nothing is written.

    Duties that have begun stay as they are.
    """
    from_at = next_minute()
    standing = Duty.objects.current().filter(rota=rota)
    standing = standing.touching(from_at, until_at)
    rows = list(standing.select_related("rota", "staff", "partner").order_by("pk"))
    loose = [d for d in rows if _is_laid_out(d) and from_at <= d.starts_at < until_at]
    kept = _kept(rows, loose)
    laid = [
        left
        for period in lay_out(plan_of(rota, days), from_at, until_at)
        for left in without(period, kept[period.role, period.place])
    ]
    clear, clashes = _apart(laid, rota, loose)
    return Layout(_difference(rota, loose, clear), tuple(clashes))


def next_minute():
    return timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)


def _is_laid_out(duty):
    return duty.cause == Duty.Cause.GENERATED


def _kept(rows, loose):
    """By place, the stretches that are not the rotations' to give."""
    free = {duty.pk for duty in loose}
    found = defaultdict(list)
    for duty in rows:
        if duty.pk not in free:
            stretch = Stretch(duty.starts_at, duty.ends_at)
            found[duty.role, duty.place].append(stretch)
    return found


def _apart(laid, rota, loose):
    """Nobody is given two duties at once: of two the later laid out is left open."""
    taken = _elsewhere({p.staff for p in laid if p.staff}, rota, loose, laid)
    given, clashes = [], []
    for period in laid:
        mine = taken[period.staff] if period.role != Role.SHADOW else []
        if period.staff and any(_overlap(period, other) for other in mine):
            clashes.append(period)
            continue
        mine.append(period)
        given.append(period)
    return given, clashes


def _elsewhere(people, rota, loose, laid):
    """Other duties of these people in the time, that stay as they are."""
    found = defaultdict(list)
    if not people:
        return found
    first = min(period.starts_at for period in laid)
    last = max(period.ends_at for period in laid)
    others = Duty.objects.current().touching(first, last).filter(staff__in=people)
    others = others.exclude(role=Role.SHADOW)
    going = {duty.pk for duty in loose}
    rows = others.values_list("pk", "staff", "starts_at", "ends_at")
    for pk, staff, starts_at, ends_at in rows:
        if pk not in going:
            found[staff].append(Stretch(starts_at, ends_at))
    return found


def _overlap(one, other):
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _difference(rota, loose, laid):
    """Duties that are to be as they are stay; the rest goes, and what is new comes."""
    before = {_as_piece(duty): duty for duty in loose}
    after = dict.fromkeys(laid)
    replaced = [duty for period, duty in before.items() if period not in after]
    made = [_duty(rota, period) for period in after if period not in before]
    return Arrangement(replaced, changes.with_uids(replaced, made))


def _as_piece(duty):
    place = duty.role, duty.place, duty.starts_at, duty.ends_at
    return Period(*place, duty.partner_id, duty.staff_id)


def _duty(rota, period):
    return Duty(
        rota=rota,
        role=period.role,
        place=period.place,
        starts_at=period.starts_at,
        ends_at=period.ends_at,
        staff_id=period.staff,
        partner_id=period.partner,
        cause=Duty.Cause.GENERATED,
    )


@transaction.atomic
def generate(
    *, by: User | None, rota: Rota, until_at: datetime, why: str = "", days=None
) -> DutyChange | None:
    """Lay a rota out from now until then; None where nothing changes.

    Raises ValidationError with a sentence if somebody was put on duty elsewhere at
    the same moment: do it again.
    """
    members = RotationMember.objects.filter(rotation__rota=rota, staff__isnull=False)
    changes.hold([rota.pk], members.order_by().values_list("staff", flat=True))
    rota = Rota.objects.get(pk=rota.pk)
    arrangement = preview(rota, until_at, days=days).arrangement
    if arrangement.is_empty:
        return None
    kind = DutyChange.Kind.GENERATED
    return changes.write(by=by, kind=kind, arrangement=arrangement, why=why)
