"""Who is away around today in the demonstration, and who covers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from lincs_ict.demonstration.people import Person
from partners.models import Absence

AWAY_TODAY = 0.08
GONE_BEFORE = 0.25
GOING_LATER = 0.3


def make_absences(chance: Random, people: list[Person], today: date) -> None:
    """Absences of people in post, stored: past, present and planned."""
    here = [person for person in people if person.is_in_post]
    away = _away(chance, here, today)
    stand_ins = _stand_ins(here, set(away))
    by_name = {person.part.name: person for person in here}
    rows = []
    for person in here:
        cover = by_name.get(person.part.covered_by)
        if id(person) in away:
            rows.append(
                _absence_today(chance, person, away[id(person)], stand_ins, cover)
            )
        rows += _other_absences(chance, person, stand_ins, today)
    Absence.objects.bulk_create(rows)


def _away(chance, here, today) -> dict[int, tuple[date, date | None]]:
    """First and last day of those away today; nobody with a login is drawn."""
    away = {}
    for person in here:
        drawn = chance.random() < AWAY_TODAY
        days = -chance.randrange(8), chance.randrange(10)
        if person.part.away or (drawn and _may_be_away(person)):
            first, last = person.part.away or days
            away[id(person)] = (
                today + timedelta(days=first),
                None if last is None else today + timedelta(days=last),
            )
    return away


def _may_be_away(person) -> bool:
    return person.staff.user is None and not person.part.knows


def _stand_ins(here, away) -> dict[str, list[Person]]:
    stand_ins = defaultdict(list)
    for person in here:
        if id(person) not in away:
            stand_ins[person.slug].append(person)
    return stand_ins


def _absence_today(chance, person, days, stand_ins, cover) -> Absence:
    begins_on, ends_on = days
    is_covered = ends_on is not None and not person.part.away
    if is_covered and chance.random() < 0.8:
        cover = _colleague(chance, person, stand_ins[person.slug])
    return _absence(person, begins_on, ends_on, cover)


def _other_absences(chance, person, stand_ins, today) -> Iterator[Absence]:
    """Leave taken before and planned for later, well clear of absences today."""
    if chance.random() < GONE_BEFORE:
        first = today - timedelta(days=chance.randrange(60, 150))
        yield _absence(person, first, first + timedelta(days=chance.randrange(9)))
    if chance.random() < GOING_LATER and (person.part.away or (0, 0))[1] is not None:
        first = today + timedelta(days=chance.randrange(14, 75))
        cover = _colleague(chance, person, stand_ins[person.slug])
        yield _absence(
            person, first, first + timedelta(days=chance.randrange(2, 15)), cover
        )


def _colleague(chance, person, colleagues) -> Person | None:
    """A colleague of the same partner, with a cluster in common if there is one."""
    others = [other for other in colleagues if other is not person]
    near = [o for o in others if set(o.post.clusters) & set(person.post.clusters)]
    return chance.choice(near or others) if others else None


def _absence(person, begins_on, ends_on, cover=None) -> Absence:
    return Absence(
        staff=person.staff,
        begins_on=begins_on,
        ends_on=ends_on,
        cover=cover and cover.staff,
    )
