"""What somebody wrote in a cell, as a value; or a sentence that says what to do."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_AS_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]+)")
_AS_WORDS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]{3,9})\.?[\s,-]+([0-9]+)", re.I
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_YEARS = range(1900, 2200)
_EXAMPLE = "like 22/11/2026 or 22 November 2026"

_YES = {"yes", "y", "true", "1", "✓", "✔"}
_NO = {"no", "n", "false", "0"}
_SHARE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,6}))?\s*(%?)")
_LONGEST_QUOTE = 40


class Telephone(NamedTuple):
    """A number, and what was put back into it; nothing is repaired in silence."""

    number: str
    repair: str = ""


def parse_day(text: str) -> date:
    """A day written day first or as ISO 8601; ValueError with a sentence."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _day(text, found[3], int(found[2]), found[1])
    if found := _AS_NUMBERS.fullmatch(text):
        return _day(text, found[1], int(found[3]), found[4])
    if found := _AS_WORDS.fullmatch(text):
        return _day(text, found[1], _month(found[2]), found[3])
    if _SERIAL.fullmatch(text):
        raise ValueError(
            f"“{text}” is how a spreadsheet counts days: format the column as a date, "
            f"or write the day {_EXAMPLE}"
        )
    raise ValueError(f"“{_short(text)}” is no date: write the day {_EXAMPLE}")


def _month(word: str) -> int:
    """The number of a month by its name or first letters; 0 for another word."""
    word = word.lower()
    numbers = [n for n, m in enumerate(_MONTHS, start=1) if m.startswith(word)]
    return 9 if word == "sept" else (numbers or [0])[0]


def _day(text: str, day: str, month: int, year: str) -> date:
    if len(year) != 4:
        raise ValueError(f"Write the year of “{_short(text)}” in four digits")
    if int(year) not in _YEARS:
        raise ValueError(f"Check the year of “{_short(text)}”")
    if not 1 <= month <= 12:
        raise ValueError(
            f"“{_short(text)}” has no such month: write the day first, {_EXAMPLE}"
        )
    try:
        return date(int(year), month, int(day))
    except ValueError as error:
        raise ValueError(
            f"“{_short(text)}” is not in the calendar: check the day"
        ) from error


def parse_yes_no(text: str) -> bool:
    """Yes or no, as people and spreadsheets write it; ValueError with a sentence."""
    word = text.strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"“{_short(text)}” is neither yes nor no: write yes or no")


def parse_share(text: str) -> Decimal:
    """A share of one, like 0.6, 0,6 or 60%; ValueError with a sentence."""
    found = _SHARE.fullmatch(text.strip())
    if not found:
        raise ValueError(
            f"“{_short(text)}” is no share: write a number like 0.6 or 60%"
        )
    number = Decimal(f"{found[1]}.{found[2] or 0}")
    # Without the noughts at the end; in fixed point, as 10 is no 1E+1.
    return Decimal(f"{(number / 100 if found[3] else number).normalize():f}")


def parse_telephone(text: str) -> Telephone:
    """A number with what a spreadsheet takes off put back; ValueError with a sentence.

    No British number begins without its 0, so ten digits have lost it, and twelve
    that begin with 44 their +. Compare the text as written with what is on record
    before calling the repair a change. What a number may hold the table says.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", text, re.I):
        raise ValueError(
            f"A spreadsheet cut “{text}” short: format the column as text and write "
            "the number again, like 07700 900123"
        )
    digits = re.sub(r"[ ()]", "", text)
    if re.fullmatch(r"[1-9][0-9]{9}", digits):
        return Telephone(f"0{text}", f"The 0 at the front of “{text}” was put back")
    if re.fullmatch(r"44[1-9][0-9]{9}", digits):
        return Telephone(f"+{text}", f"The + at the front of “{text}” was put back")
    if re.fullmatch(r"[1-9][0-9]{8}", digits):
        raise ValueError(
            f"“{text}” has nine digits and no 0 at the front: write the whole number, "
            "like 01632 960001, with the column formatted as text"
        )
    return Telephone(text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
