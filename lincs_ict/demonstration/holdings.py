"""Rows of skills held and wished for in numbers: a few by many, most by few."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from lincs_ict.demonstration.crowd import moment
from skills.models import Skill

HELD = (
    "staff_id",
    "skill_id",
    "level",
    "can_teach",
    "since_on",
    "last_used_on",
    "confirmed_at",
    "confirmed_by_id",
)
WISH = ("staff_id", "skill_id", "wished_on")
# Fifteen each and one more for every third: 30,000 people hold 460,000 skills.
EACH = 15
EXTRA_FOR_EVERY = 3
SPREAD = 9
# Mandelbrot's allowance, or nearly everybody would hold the first few skills.
FLATTER = 2.7
LEVEL_CHANCES = (24, 38, 28, 10)


def skills_held(chance: Random, places, today: date) -> Iterator[tuple]:
    """One row for each skill held, in the order of HELD."""
    ranking, weights = _popularity(chance)
    keepers = ((pk, place.keeper.pk) for place in places for pk in place.staff)
    numbers = _numbers(chance, len(ranking))
    for (staff_id, keeper), number in zip(keepers, numbers, strict=False):
        for skill_id in _drawn(chance, ranking, weights, number):
            yield (staff_id, skill_id, *_row(chance, today, keeper))


def _popularity(chance) -> tuple[list[int], list[float]]:
    """Skills by popularity, and how often they are drawn: Zipf's law, summed up."""
    ranking = list(Skill.objects.current().order_by("pk").values_list("pk", flat=True))
    chance.shuffle(ranking)
    places = range(1, len(ranking) + 1)
    return ranking, list(accumulate(1 / (rank + FLATTER) for rank in places))


def _numbers(chance, most) -> Iterator[int]:
    """How many skills each person holds: one has more by what the next has fewer."""
    number, spread = 0, 0
    while True:
        spread = -spread if number % 2 else chance.randint(-SPREAD, SPREAD)
        number += 1
        yield min(EACH + spread + (number % EXTRA_FOR_EVERY == 0), most)


def _drawn(chance, ranking, weights, number) -> list[int]:
    """So many different skills, the popular ones the likeliest."""
    found: dict[int, None] = {}
    while len(found) < number:
        found |= dict.fromkeys(chance.choices(ranking, cum_weights=weights, k=number))
    return list(found)[:number]


def _row(chance, today, keeper) -> tuple:
    level = chance.choices((1, 2, 3, 4), LEVEL_CHANCES)[0]
    since = chance.randrange(30, 500 + 1300 * level)
    confirmed_at = moment(chance, today, 0.7)
    return (
        level,
        level > 2 and chance.random() < 0.3,
        today - timedelta(days=since),
        today - timedelta(days=chance.randrange(min(since, 1200))),
        confirmed_at,
        keeper if confirmed_at else None,
    )


def wishes(chance: Random, ids: list[int], today: date) -> Iterator[tuple]:
    """One row for each of the one in five who would like to learn something."""
    skills = list(Skill.objects.current().order_by("pk").values_list("pk", flat=True))
    for staff_id in ids:
        if chance.random() < 0.2:
            wished_on = today - timedelta(days=chance.randrange(400))
            yield staff_id, chance.choice(skills), wished_on
