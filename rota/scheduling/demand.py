"""What a rota has to cover: templates in local time, laid out as needs in UTC."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rota.scheduling import clock

EVERY_DAY = frozenset(range(1, 8))
SATURDAY = 6
# A template asks for less than this at one go.
LONGEST = timedelta(days=14)


class OnHolidays(StrEnum):
    """How a template behaves on a bank holiday."""

    AS_USUAL = "as usual"
    NOT = "not"
    ONLY = "only"


class HolidayIs(StrEnum):
    """Which day counts as the bank holiday, where a substitute day is given."""

    SUBSTITUTE = "substitute"
    ACTUAL = "actual"
    EITHER = "either"


class Kind(StrEnum):
    """What a day in the list of bank holidays is."""

    SUBSTITUTE = "substitute"
    ACTUAL = "actual"
    ONE_OFF = "one-off"


@dataclass(frozen=True, slots=True)
class SkillNeeded:
    """A skill somebody on duty has to hold, at this level or above."""

    skill: int
    level: int


@dataclass(frozen=True, slots=True)
class Demand:
    """One template: on these days (Monday is 1), from this time, so long, so many.

    `length` is wall-clock time: a night of 16 hours from 5pm ends at 9am, though it
    lasts 15 hours or 17 when the clocks change. `until_on` is the last first day.
    """

    key: int
    role: str
    starts_at: time
    length: timedelta
    weekdays: frozenset[int] = EVERY_DAY
    on_holidays: OnHolidays = OnHolidays.AS_USUAL
    holiday_is: HolidayIs = HolidayIs.SUBSTITUTE
    from_on: date = date.min
    until_on: date | None = None
    people: int = 1
    different_partners: bool = False
    skills: tuple[SkillNeeded, ...] = ()

    def is_on(self, day: date, kinds: frozenset[Kind]) -> bool:
        """Whether the template begins on this day, of these kinds of holiday."""
        if day < self.from_on or (self.until_on and day > self.until_on):
            return False
        is_holiday = counts_as_holiday(day, kinds, self.holiday_is)
        if self.on_holidays == OnHolidays.ONLY:
            return is_holiday and day.isoweekday() in self.weekdays
        if self.on_holidays == OnHolidays.NOT and is_holiday:
            return False
        return day.isoweekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Need:
    """People needed from one instant to another, UTC, half-open."""

    role: str
    starts_at: datetime
    ends_at: datetime
    day: date
    people: int = 1
    different_partners: bool = False
    skills: tuple[SkillNeeded, ...] = ()


def counts_as_holiday(day: date, kinds: frozenset[Kind], which: HolidayIs) -> bool:
    """Whether a day is the bank holiday meant.

    In England a day that falls on a weekend is given a substitute; one that does not
    is its own. One-off days are both.
    """
    is_own = Kind.ACTUAL in kinds
    is_given = Kind.SUBSTITUTE in kinds or (is_own and day.isoweekday() < SATURDAY)
    if Kind.ONE_OFF in kinds:
        return True
    if which == HolidayIs.EITHER:
        return is_own or is_given
    return is_own if which == HolidayIs.ACTUAL else is_given


def needs(
    demands: Iterable[Demand],
    from_at: datetime,
    until_at: datetime,
    *,
    zone: ZoneInfo,
    holidays: Mapping[date, frozenset[Kind]],
) -> list[Need]:
    """Every need that touches the window, whole, by start and role."""
    demands = list(demands)
    longest = max((d.length for d in demands), default=timedelta())
    first = clock.local_day(from_at, zone) - longest - clock.DAY
    last = clock.local_day(until_at, zone)
    found = [
        need
        for day in days(first, last)
        for need in _of_day(demands, day, zone, holidays.get(day, frozenset()))
        if need.starts_at < until_at and need.ends_at > from_at
    ]
    return sorted(found, key=lambda need: (need.starts_at, need.role, need.ends_at))


def _of_day(
    demands: Iterable[Demand], day: date, zone: ZoneInfo, kinds: frozenset[Kind]
) -> Iterator[Need]:
    for demand in demands:
        if not demand.is_on(day, kinds):
            continue
        over = datetime.combine(day, demand.starts_at) + demand.length
        starts_at = clock.begins(day, demand.starts_at, zone)
        ends_at = clock.ends(over.date(), over.time(), zone)
        # A skipped hour may be all there was of it.
        if starts_at < ends_at:
            yield Need(
                demand.role,
                starts_at,
                ends_at,
                day,
                demand.people,
                demand.different_partners,
                demand.skills,
            )


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
