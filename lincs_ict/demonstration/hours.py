"""The working patterns of the demonstration."""

from datetime import time
from random import Random

from partners.models import StaffMember, WorkingDay

WEEK = (1, 2, 3, 4, 5)
OFFICE_HOURS = ((8, 16), (8.5, 17), (9, 17), (9, 17.5), (7.5, 15.5), (10, 18))

# Days of the week, hours from and to, full-time equivalent.
PATTERNS: dict[str, tuple[tuple[int, ...], float, float, float]] = {
    "office": (WEEK, 9, 17, 1),
    "compressed": ((1, 2, 3, 4), 7.5, 17.5, 1),
    "four days": ((1, 2, 4, 5), 9, 17, 0.8),
    "three days": ((2, 3, 4), 8.5, 17, 0.6),
    "mornings": (WEEK, 8.5, 12.5, 0.55),
    "school hours": (WEEK, 9.25, 14.75, 0.7),
    "weekend shifts": ((5, 6, 7), 7, 19.5, 1),
    "early shifts": ((1, 2, 3, 6, 7), 6, 14, 1),
    "late shifts": ((3, 4, 5, 6, 7), 14, 22, 1),
    "unknown": ((), 0, 0, 1),
}
_USUAL = ("office", "compressed", "four days", "three days", "mornings", "school hours")
_USUAL_CHANCES = (70, 9, 8, 6, 4, 3)
_SHIFTS = ("office", "weekend shifts", "early shifts", "late shifts", "four days")
_SHIFT_CHANCES = (46, 16, 16, 14, 8)
AROUND_THE_CLOCK = {"lincolnshire-police", "ulth", "lpft", "lchs"}


def drawn_pattern(chance: Random, *, on_shifts: bool) -> str:
    """The name of a pattern, drawn by lot."""
    names, weights = (_USUAL, _USUAL_CHANCES)
    if on_shifts:
        names, weights = (_SHIFTS, _SHIFT_CHANCES)
    return chance.choices(names, weights)[0]


def hours_of(chance: Random, pattern: str) -> list[tuple[int, time, time]]:
    """Weekday, from and to; office hours differ a little from one to another."""
    days, starts, ends, _ = PATTERNS[pattern]
    if pattern == "office":
        starts, ends = chance.choice(OFFICE_HOURS)
    return [(day, _clock(starts), _clock(ends)) for day in days]


def working_days(chance: Random, staff: StaffMember, pattern: str) -> list[WorkingDay]:
    """The days somebody works, as records."""
    return [
        WorkingDay(staff=staff, weekday=day, starts_at=starts_at, ends_at=ends_at)
        for day, starts_at, ends_at in hours_of(chance, pattern)
    ]


def _clock(hour: float) -> time:
    return time(int(hour), round(hour % 1 * 60))
