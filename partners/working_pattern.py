"""The hours somebody works, said in words."""

from collections.abc import Iterable
from datetime import time

DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def clock(moment: time) -> str:
    """A time of day as people say it: 9am, 5:30pm, midday, midnight."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def in_words(days: Iterable[tuple[int, time, time]]) -> list[str]:
    """One line for each run of days with the same hours.

    Days are (weekday as ISO 8601 counts it, from, to), each weekday at most once.
    """
    runs = []
    for weekday, starts, ends in sorted(days):
        if runs and runs[-1][1:] == (weekday - 1, starts, ends):
            runs[-1] = (runs[-1][0], weekday, starts, ends)
        else:
            runs.append((weekday, weekday, starts, ends))
    return [_line(*run) for run in runs]


def _line(first, last, starts, ends):
    days = DAYS[first - 1]
    if last != first:
        days += f"{' and' if last == first + 1 else ' to'} {DAYS[last - 1]}"
    return f"{days}, {clock(starts)} to {clock(ends)}"
