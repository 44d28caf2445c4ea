"""Cells that every kind of file has: days, yes or no, levels."""

from collections.abc import Callable

from partners.spreadsheets import values
from skills.imports.row import Draft, Wrong
from skills.models import Level

LEVELS = dict(Level.choices)
_BY_WORD = {word.casefold(): number for number, word in LEVELS.items()}


def _or_wrong(parse: Callable[[str], object], text: str) -> object:
    try:
        return parse(text)
    except ValueError as error:
        raise Wrong(str(error)) from error


def day(text: str, draft: Draft) -> str:
    """A day, the day first; kept as 2026-11-22."""
    return _or_wrong(values.parse_day, text).isoformat()


def yes_or_no(text: str, draft: Draft) -> bool:
    return _or_wrong(values.parse_yes_no, text)


def level(text: str, draft: Draft) -> int:
    """A level by its number or its word."""
    found = _BY_WORD.get(text.casefold())
    if found is None and text in {"1", "2", "3", "4"}:
        found = int(text)
    if found is None:
        raise Wrong(
            "Enter the level: Awareness, Working, Practitioner or Expert, or 1 to 4"
        )
    return found


def level_said(value: object) -> str:
    return LEVELS[value]
