"""How evenly duties are shared: counted for everybody who could serve.

Somebody who could serve and did not counts with nothing; somebody who could not does
not count at all. Shares are told per full-time equivalent, so that half a post is
expected to do half as much. Hours are real hours, by the clock in UTC.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from rota.scheduling import clock

# A night counts if somebody is on duty in so much of it.
NIGHT_FROM, NIGHT_UNTIL = time(23), time(6)
LEAST_OF_NIGHT = timedelta(hours=3)
SATURDAY, SUNDAY = 6, 7
# Christmas is from the evening before to the end of Boxing Day.
CHRISTMAS_FROM, CHRISTMAS_UNTIL = (12, 24, time(17)), (12, 27, time(0))


class Measure(StrEnum):
    """What is counted, each by itself: one does not make up for another."""

    HOURS = "hours"
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    BANK_HOLIDAYS = "bank holidays"
    CHRISTMAS = "Christmas"


@dataclass(frozen=True, slots=True)
class Served:
    """Time somebody was on duty, aware and half-open."""

    person: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who could serve, for what share of the period: 1 is all of it."""

    person: int
    name: str
    partner: str
    full_time_equivalent: Fraction = Fraction(1)
    could_serve: Fraction = Fraction(1)

    @property
    def weight(self) -> Fraction:
        """How much of a full share is expected."""
        return self.full_time_equivalent * self.could_serve


@dataclass(frozen=True, slots=True)
class Share:
    """What one person, or one partner, did, and what an even share would have been."""

    name: str
    partner: str
    weight: Fraction
    done: Mapping[Measure, Fraction]
    expected: Mapping[Measure, Fraction]
    person: int | None = None

    def each(self, measure: Measure) -> Fraction:
        """What was done for each whole post that could serve."""
        return self.done[measure] / self.weight if self.weight else Fraction(0)

    def over(self, measure: Measure) -> Fraction:
        """How much more than an even share; less is negative."""
        return self.done[measure] - self.expected[measure]


@dataclass(frozen=True, slots=True)
class Evenness:
    """How evenly one measure is shared, per full-time equivalent."""

    total: Fraction
    jain: Fraction
    spread: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Tally:
    """Who did what in a period, and how even it was."""

    people: tuple[Share, ...]
    partners: tuple[Share, ...]
    evenness: Mapping[Measure, Evenness]


def tally(
    served: Iterable[Served],
    members: Sequence[Member],
    from_at: datetime,
    until_at: datetime,
    *,
    zone: ZoneInfo,
    holidays: Set[date] = frozenset(),
) -> Tally:
    """Who did what between two instants. Duties of others than members do not count."""
    able = [member for member in members if member.weight]
    mine: dict[int, list[Served]] = {member.person: [] for member in able}
    for period in served:
        part = _clipped(period, from_at, until_at)
        if part and part.person in mine:
            mine[part.person].append(part)
    done = {
        person: counted(periods, zone=zone, holidays=holidays)
        for person, periods in mine.items()
    }
    people = _shares([(m, m.weight, done[m.person]) for m in able])
    return Tally(people, _by_partner(people), _evenness(people))


def _clipped(period: Served, from_at: datetime, until_at: datetime) -> Served | None:
    starts_at, ends_at = max(period.starts_at, from_at), min(period.ends_at, until_at)
    return Served(period.person, starts_at, ends_at) if starts_at < ends_at else None


def counted(
    periods: Iterable[Served], *, zone: ZoneInfo, holidays: Set[date]
) -> dict[Measure, Fraction]:
    """One person's hours, nights, weekends, bank holidays and Christmas hours.

    A night counts once, with three hours on duty between 11pm and 6am. A weekend
    counts once, however much of its Saturday and Sunday; a bank holiday likewise.
    """
    nights: dict[date, timedelta] = {}
    weekends, days, hours, christmas = set(), set(), timedelta(), timedelta()
    for period in periods:
        hours += period.ends_at - period.starts_at
        for day in _days(period, zone):
            night = _within(period, *_night(day, zone))
            nights[day] = nights.get(day, timedelta()) + night
            christmas += _of_christmas(period, day, zone)
            is_on = bool(_within(period, *_whole(day, zone)))
            days |= {day} & holidays if is_on else set()
            if is_on and day.isoweekday() in (SATURDAY, SUNDAY):
                weekends.add(day - timedelta(days=day.isoweekday() - SATURDAY))
    return {
        Measure.HOURS: _hours(hours),
        Measure.NIGHTS: Fraction(sum(n >= LEAST_OF_NIGHT for n in nights.values())),
        Measure.WEEKENDS: Fraction(len(weekends)),
        Measure.BANK_HOLIDAYS: Fraction(len(days)),
        Measure.CHRISTMAS: _hours(christmas),
    }


def _hours(length: timedelta) -> Fraction:
    return Fraction(length // timedelta(microseconds=1), 3600 * 10**6)


def _days(period: Served, zone: ZoneInfo) -> Iterator[date]:
    """The local days of a duty, and the day before: its night may go on."""
    day = clock.local_day(period.starts_at, zone) - clock.DAY
    last = clock.local_day(period.ends_at, zone)
    while day <= last:
        yield day
        day += clock.DAY


def _night(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The night that begins on the evening of a day."""
    begins = clock.begins(day, NIGHT_FROM, zone)
    return begins, clock.ends(day + clock.DAY, NIGHT_UNTIL, zone)


def _whole(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return clock.day_begins(day, zone), clock.day_begins(day + clock.DAY, zone)


def _of_christmas(period: Served, day: date, zone: ZoneInfo) -> timedelta:
    """The part of a duty that is within Christmas and this day."""
    month, first, at = CHRISTMAS_FROM
    begins = clock.begins(date(day.year, month, first), at, zone)
    month, last, at = CHRISTMAS_UNTIL
    ends = clock.ends(date(day.year, month, last), at, zone)
    midnight, after = _whole(day, zone)
    return _within(period, max(begins, midnight), min(ends, after))


def _within(period: Served, from_at: datetime, until_at: datetime) -> timedelta:
    part = min(period.ends_at, until_at) - max(period.starts_at, from_at)
    return max(part, timedelta())


def _shares(
    rows: Sequence[tuple["Member | _Named", Fraction, Mapping[Measure, Fraction]]],
) -> tuple[Share, ...]:
    """Shares of (member or partner, weight, what was done)."""
    whole = sum((weight for _, weight, _ in rows), Fraction(0))
    totals = {m: sum((done[m] for *_, done in rows), Fraction(0)) for m in Measure}
    return tuple(
        Share(
            name=who.name,
            partner=who.partner,
            weight=weight,
            done=done,
            expected={m: totals[m] * weight / whole for m in Measure},
            person=getattr(who, "person", None),
        )
        for who, weight, done in rows
    )


def _by_partner(people: Sequence[Share]) -> tuple[Share, ...]:
    names = sorted({share.partner for share in people})
    rows = []
    for name in names:
        own = [share for share in people if share.partner == name]
        done = {m: sum((s.done[m] for s in own), Fraction(0)) for m in Measure}
        weight = sum((share.weight for share in own), Fraction(0))
        rows.append((_Named(name, name), weight, done))
    return _shares(rows)


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    partner: str


def _evenness(people: Sequence[Share]) -> dict[Measure, Evenness]:
    found = {}
    for measure in Measure:
        each = [share.each(measure) for share in people]
        found[measure] = Evenness(
            total=sum((share.done[measure] for share in people), Fraction(0)),
            jain=jain(each),
            spread=max(each, default=Fraction(0)) - min(each, default=Fraction(0)),
            mean=sum(each, Fraction(0)) / len(each) if each else Fraction(0),
        )
    return found


def jain(values: Sequence[Fraction]) -> Fraction:
    """Jain's index of fairness, from 1/n (one does all) to 1 (all do the same).

    1 where there is nothing to share. R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984.
    """
    squares = sum((value * value for value in values), Fraction(0))
    if not squares:
        return Fraction(1)
    whole = sum(values, Fraction(0))
    return whole * whole / (len(values) * squares)


def rounded(number: Fraction, places: int = 0) -> Decimal:
    """A number for people: half is rounded up, away from zero.

    Rounded once, from the exact number: dividing to so many digits first would make
    a half of what is a hair less.
    """
    whole = int(abs(number) * 10**places + Fraction(1, 2))
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)


def per_cent(part: Fraction, whole: Fraction) -> Decimal:
    """A part of a whole in whole per cent, half rounded up; 0 of nothing."""
    return rounded(Fraction(part) * 100 / Fraction(whole)) if whole else Decimal(0)
