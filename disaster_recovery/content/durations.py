"""Durations: typed and shown in words, stored in minutes."""

import re

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60
UNITS = ((WEEK, "week"), (DAY, "day"), (HOUR, "hour"), (1, "minute"))
_NAMES = {
    "m": 1,
    "min": 1,
    "minute": 1,
    "h": HOUR,
    "hr": HOUR,
    "hour": HOUR,
    "d": DAY,
    "day": DAY,
    "w": WEEK,
    "wk": WEEK,
    "week": WEEK,
}
_PART = re.compile(r"\s*(\d{1,6})(?:[.,](\d{1,3}))?\s*([a-z]+?)s?\b[\s,]*(?:and\s)?")


def minutes(typed: str) -> int | None:
    """The minutes of “4 hours”, “1 h 30 min” or “2 days”; None if it is not clear.

    A day is 24 hours. Half hours may be written “1.5 hours”.
    """
    text, at, total = typed.strip().lower(), 0, 0.0
    text = re.sub(r"(?<=[a-z])(?=\d)", " ", text)
    if not text:
        return None
    while at < len(text):
        match = _PART.match(text, at)
        unit = _NAMES.get(match[3]) if match else None
        if not match or not unit:
            return None
        total += float(f"{match[1]}.{match[2] or 0}") * unit
        at = match.end()
    return round(total)


def in_words(length: int) -> str:
    """Minutes in words, like “1 day 12 hours”."""
    if not length:
        return "0 minutes"
    parts = []
    for size, name in UNITS:
        number, length = divmod(length, size)
        if number:
            parts.append(f"{number} {name}{'' if number == 1 else 's'}")
    return " ".join(parts)
