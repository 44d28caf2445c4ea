"""A date and time as people write them: 25 December 2026 3am, 25/12/2026 03:00."""

import re
from datetime import date, datetime, time

_MONTHS = "january february march april may june july august september october"
_MONTHS += " november december"
_MONTH_OF = {
    name[:length]: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for length in range(3, len(name) + 1)
}
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ /.-]([a-z]{3,9}|\d{1,2})[ /.-](\d{4})")
_TIME = re.compile(r"(?:(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?|(midnight|noon|midday))")
_FIXED = {"midnight": time(0), "noon": time(12), "midday": time(12)}


def written_moment(text: str) -> datetime | None:
    """The moment somebody wrote, without a zone or with the one they gave.

    The date comes first, day before month; without a time it is midnight. None for
    what is no date and time. ISO 8601, as programs write it, is taken too.
    """
    words = " ".join(text.lower().replace(",", " ").replace(" at ", " ").split())
    matched = _DATE.match(words)
    if matched is None:
        return _iso(text.strip())
    rest = words[matched.end() :].strip()
    clock = _time(rest) if rest else time(0)
    month = matched[2] if matched[2].isdigit() else _MONTH_OF.get(matched[2], 0)
    try:
        day = date(int(matched[3]), int(month), int(matched[1]))
    except ValueError:
        return None
    return datetime.combine(day, clock) if clock is not None else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    matched = _TIME.fullmatch(text)
    if matched is None:
        return None
    hour, minute, half, fixed = matched.groups()
    if fixed:
        return _FIXED[fixed]
    hours = int(hour)
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    try:
        return time(hours, int(minute or 0))
    except ValueError:
        return None
