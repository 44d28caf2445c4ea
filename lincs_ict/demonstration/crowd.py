"""Rows of invented people in numbers: records, working days and absences."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from random import Random

from django.utils import timezone

from lincs_ict.demonstration import hours, names, posts

PERSON = (
    "id",
    "partner_id",
    "user_id",
    "name",
    "post",
    "work_email",
    "telephone",
    "mobile",
    "is_mobile_hidden",
    "full_time_equivalent",
    "is_willing_to_help",
    "left_on",
    "confirmed_at",
    "confirmed_by_id",
)
WORKING_DAY = ("staff_id", "weekday", "starts_at", "ends_at")
ABSENCE = ("staff_id", "begins_on", "ends_on", "cover_id")
LEAVERS = 0.08
AWAY_TODAY = 0.06
AWAY_LATER = 0.12
_RANKS = ("", "Senior ", "Lead ", "Deputy ", "Assistant ")
_RANK_CHANCES = (60, 16, 8, 6, 10)
_PATTERN_CHANCES = (66, 8, 7, 6, 4, 3, 2, 2, 2, 0)
_BEGIN = """
    Acker Alder Arm Ather Bair Barra Beau Bick Blen Bon Brace Brin Buck Cam Carn Chal
    Clap Cott Crow Daven Dod Drum Eger Ers Fair Farn Fother Gar Gill Good Hadd Hamp
    Hather Heb Hick Holl Hun Jes Kemp Kin Lam Led Lock Lud Malt Mars Mid Mun Nettle Nor
    Ock Or Pad Pem Pick Pres Quar Rad Rams Ris Row Sed Shack Shel Skel Spen Stal Stav
    Tat Ten Thack Thur Trus Up Vent Wain Wal Wel Whar Wig Wol Yel
"""
_END = """
    bourne brook by croft dale den field ford ham hurst ingham ington ley low man mere
    more ridge sby shaw side som son stead ster stone ter thorpe ton wade wall ward well
    wick wood worth
"""


def people(chance: Random, places, today: date) -> Iterator[tuple]:
    """One row a person, in the order of PERSON; the first of a partner keeps it."""
    first, last = names.first_names(), _surnames()
    for place in places:
        for staff_id in place.staff:
            name = f"{chance.choice(first)} {chance.choice(last)}"
            is_keeper = staff_id == place.staff.start
            confirmed_at = moment(chance, today, 0.75)
            yield (
                staff_id,
                place.partner.pk,
                place.keeper.pk if is_keeper else None,
                name,
                _post(chance),
                _address(name, staff_id, place.partner.slug),
                telephone(chance),
                f"07700 900{chance.randrange(1000):03}",
                staff_id % 50 == 0,
                1,
                chance.random() < 0.6,
                None if is_keeper else _left_on(chance, today),
                confirmed_at,
                place.keeper.pk if confirmed_at else None,
            )


def _surnames() -> list[str]:
    made = [begin + end for begin, end in product(_BEGIN.split(), _END.split())]
    return made + names.last_names() * 4


def _post(chance) -> str:
    rank = chance.choices(_RANKS, _RANK_CHANCES)[0]
    return rank + chance.choice(_titles())


@cache
def _titles() -> list[str]:
    titles = [post.title for post in posts.POSTS.values()]
    return [title.removeprefix("Senior ").removeprefix("Lead ") for title in titles]


def _address(name, staff_id, slug) -> str:
    return f"{name.lower().replace(' ', '.')}.{staff_id}@{slug}.example"


def telephone(chance: Random) -> str:
    """One of the numbers kept for fiction; in numbers, several share one."""
    return f"01632 960{chance.randrange(1000):03}"


def _left_on(chance, today) -> date | None:
    if chance.random() > LEAVERS:
        return None
    return today - timedelta(days=chance.randrange(800))


def moment(chance: Random, today: date, share: float) -> datetime | None:
    """When something was confirmed in the last two years, if it was."""
    if chance.random() > share:
        return None
    day = today - timedelta(days=chance.randrange(1, 730))
    return timezone.make_aware(datetime.combine(day, time(10)))


def working_days(chance: Random, ids: list[int]) -> Iterator[tuple]:
    """One row for each day somebody works."""
    patterns = list(hours.PATTERNS)
    for staff_id in ids:
        pattern = chance.choices(patterns, _PATTERN_CHANCES)[0]
        for day, starts_at, ends_at in hours.hours_of(chance, pattern):
            yield staff_id, day, starts_at, ends_at


def absences(chance: Random, places, today: date) -> Iterator[tuple]:
    """One row for each who is away today or will be; a colleague covers for most."""
    for place in places:
        for staff_id in place.staff:
            drawn = chance.random()
            if drawn > AWAY_TODAY + AWAY_LATER:
                continue
            begins = chance.randrange(-7, 1)
            if drawn > AWAY_TODAY:
                begins = chance.randrange(10, 120)
            begins_on = today + timedelta(days=begins)
            ends_on = max(begins_on, today) + timedelta(days=chance.randrange(14))
            cover = chance.choice(place.staff)
            covered = cover != staff_id and chance.random() < 0.8
            yield staff_id, begins_on, ends_on, cover if covered else None
