"""Whose turn it is: people or partners in order, from handover to handover.

Turns are counted from the rotation's own first day and never from where somebody
looks. Everybody waits in a queue: whoever serves goes to its end, and who is excluded
for a while keeps their place, so that a turn is put off and not lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice, pairwise
from zoneinfo import ZoneInfo

from rota.scheduling import clock
from rota.scheduling.demand import EVERY_DAY


class Unit(StrEnum):
    """How long a turn lasts: so many days, weeks or months."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from the first to the last, both included; no last day is for good."""

    from_on: date
    until_on: date | None = None

    def takes_in(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the rotation, or a partner that names one when its turn comes.

    `until_on` is the first day no longer in it.
    """

    key: int
    partner: int
    staff: int | None = None
    since_on: date = date.min
    until_on: date | None = None
    excluded: tuple[DateRange, ...] = ()

    def belongs(self, day: date) -> bool:
        return self.since_on <= day and (self.until_on is None or day < self.until_on)

    def may_serve(self, day: date) -> bool:
        return not any(spell.takes_in(day) for spell in self.excluded)


@dataclass(frozen=True, slots=True)
class Rotation:
    """An order of members, and how the turn passes from one to the next.

    The first turn begins on `start_on` at `handover` with the member at `start_turn`,
    counted from 0. `weekdays` are the days on which its duties begin; a turn of days
    counts those only. No turn is counted that lies within a `blocks` spell.
    """

    key: int
    role: str
    place: int
    start_on: date
    handover: time
    unit: Unit = Unit.WEEK
    every: int = 1
    members: tuple[Member, ...] = ()
    start_turn: int = 0
    weekdays: frozenset[int] = EVERY_DAY
    until_on: date | None = None
    blocks: tuple[DateRange, ...] = field(default=())

    def is_blocked(self, day: date) -> bool:
        return any(block.takes_in(day) for block in self.blocks)

    def serves(self, day: date) -> bool:
        """Whether a duty that begins on this day is one of this rotation."""
        is_over = self.until_on is not None and day >= self.until_on
        return (
            self.start_on <= day
            and not is_over
            and day.isoweekday() in self.weekdays
            and not self.is_blocked(day)
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, from handover to handover in UTC; nobody's if all are excluded."""

    starts_at: datetime
    ends_at: datetime
    member: Member | None


def turns(rotation: Rotation, until_at: datetime, zone: ZoneInfo) -> Iterator[Turn]:
    """Every turn from the first on that begins before this instant."""
    queue = _Queue(rotation)
    for first, after in pairwise(_first_days(rotation)):
        starts_at = clock.begins(first, rotation.handover, zone)
        if starts_at >= until_at:
            return
        ends_at = clock.begins(after, rotation.handover, zone)
        is_held = not _is_whole_blocked(rotation, first, after)
        yield Turn(starts_at, ends_at, queue.next(first) if is_held else None)


def _is_whole_blocked(rotation: Rotation, first: date, after: date) -> bool:
    return any(
        block.takes_in(first) and block.takes_in(after - clock.DAY)
        for block in rotation.blocks
    )


def _first_days(rotation: Rotation) -> Iterator[date]:
    start, every = rotation.start_on, rotation.every
    if rotation.unit == Unit.MONTH:
        for number in count(0, every):
            yield _months_later(start, number)
    step = timedelta(weeks=every) if rotation.unit == Unit.WEEK else clock.DAY
    if rotation.unit == Unit.WEEK or not rotation.weekdays:
        for number in count():
            yield start + number * step
    counted = (start + number * step for number in count())
    kept = (day for day in counted if day.isoweekday() in rotation.weekdays)
    for number, day in enumerate(kept):
        if number % every == 0:
            yield day


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


class _Queue:
    """Who waits for a turn, in order."""

    def __init__(self, rotation: Rotation):
        members: Sequence[Member] = rotation.members
        first = rotation.start_turn % len(members) if members else 0
        self.waiting = [*members[first:], *members[:first]]

    def next(self, day: date) -> Member | None:
        """Take the first who may serve, and put them at the end.

        Somebody who does not belong yet waits at the end of all who do.
        """
        belong = [member for member in self.waiting if member.belongs(day)]
        later = [m for m in self.waiting if m.since_on > day]
        chosen = next((m for m in belong if m.may_serve(day)), None)
        if chosen:
            belong.remove(chosen)
            belong.append(chosen)
        self.waiting = [*belong, *later]
        return chosen


# So many turns are looked through for the next that is somebody's.
_LOOK_AHEAD = 400


def around(
    rotation: Rotation, moment: datetime, zone: ZoneInfo
) -> tuple[Turn | None, Turn | None]:
    """The turn that holds at a moment and the next that is somebody's, or None.

    Both are of members; a rotation that has ended, or has nobody, has no turns.
    """
    far = moment + timedelta(days=20 * 366)
    if rotation.until_on:
        far = min(far, clock.day_begins(rotation.until_on, zone))
    coming = turns(rotation, far, zone)
    coming = (t for t in coming if t.ends_at > moment)
    now = None
    for turn in islice(coming, _LOOK_AHEAD):
        if turn.member and turn.starts_at > moment:
            return now, turn
        now = turn if turn.member else now
    return now, None
