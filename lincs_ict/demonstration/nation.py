"""Invented partners in numbers, to measure with: as many as a country has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from lincs_ict.demonstration import bulk, crowd, holdings
from partners.models import Absence, Appointment, Partner, StaffMember, User, WorkingDay
from skills.models import LearningWish, SkillHeld

SEED = 1888
NAMED = {
    "district": "{} District Council",
    "borough": "{} Borough Council",
    "city": "{} City Council",
    "county": "{} County Council",
    "police": "{} Police",
    "nhs": "{} NHS Foundation Trust",
}
KIND_CHANCES = (40, 20, 5, 8, 10, 17)
_BEGIN = """
    Ald Amb Arn Ash Barn Beck Bil Black Brad Bram Bur Cal Carl Chad Cold Cran Dal Den
    Dun East Elm Fen Fern Frith Gains Glen Green Hal Hart Haw High Hol Horn Hux Ing Kel
    Kirk Lang Lin Long Mar Mead Mel Mor New Nor Oak Old Pen Raven Red Rush Sax Scar Sher
    Stain Stan Sut Thorn Tor Ulce Wad Wal West Whit Win Wood Wy Yar
"""
_END = """
    bourne bridge brook bury by combe cote croft dale den field ford gate grove ham
    hurst ley low mere moor more royd stead stock stoke stone thorpe ton wald well wich
    wick wold worth
"""
PLACES = [begin + end for begin, end in product(_BEGIN.split(), _END.split())]


class TooMany(Exception):
    """More partners are asked for than there are names left."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partner, the login that keeps its records, and the ids of its people."""

    partner: Partner
    keeper: User
    staff: range


def make_nation(partners: int, staff: int, today: date) -> dict[str, int]:
    """Store everything, inside a transaction; how many rows of each kind.

    The same numbers on the same day give the same rows. Raises TooMany.
    """
    chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
    places = _places(chance, partners, staff, today)
    ids = [pk for place in places for pk in place.staff]
    with bulk.without_triggers(*FILLED):
        rows = {
            StaffMember: crowd.people(chance, places, today),
            WorkingDay: crowd.working_days(chance, ids),
            Absence: crowd.absences(chance, places, today),
            SkillHeld: holdings.skills_held(chance, places, today),
            LearningWish: holdings.wishes(chance, ids, today),
        }
        made = {table: bulk.copy(table, COLUMNS[table], rows[table]) for table in rows}
    return {table._meta.verbose_name_plural: count for table, count in made.items()}


COLUMNS = {
    StaffMember: crowd.PERSON,
    WorkingDay: crowd.WORKING_DAY,
    Absence: crowd.ABSENCE,
    SkillHeld: holdings.HELD,
    LearningWish: holdings.WISH,
}
FILLED = tuple(COLUMNS)


def _places(chance, partners, staff, today) -> list[Place]:
    """Partners with their coordinators; each partner's people have ids in a row."""
    kept = Partner.objects.bulk_create(_partners(chance, partners))
    keepers = User.objects.bulk_create(
        User(email=f"coordinator@{partner.slug}.example", password=make_password(None))
        for partner in kept
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role="coordinator", partner=partner, since=today)
        for user, partner in zip(keepers, kept, strict=True)
    )
    sizes = _sizes(chance, partners, staff)
    first = bulk.reserve_ids(StaffMember, staff)
    places = []
    for partner, keeper, size in zip(kept, keepers, sizes, strict=True):
        places.append(Place(partner, keeper, range(first, first + size)))
        first += size
    return places


def _sizes(chance, partners, staff) -> list[int]:
    """Some partners are much bigger than others."""
    weights = [chance.paretovariate(1.3) for _ in range(partners)]
    drawn = Counter(chance.choices(range(partners), weights, k=staff))
    return [drawn[number] for number in range(partners)]


def _partners(chance, count) -> list[Partner]:
    taken = set(Partner.objects.values_list("short_name", flat=True))
    free = [place for place in PLACES if place not in taken]
    if count > len(free):
        raise TooMany(f"There are names for {len(free)} partners more")
    chosen = islice(chance.sample(free, len(free)), count)
    return [_partner(chance, place) for place in chosen]


def _partner(chance, place) -> Partner:
    kind = chance.choices(list(NAMED), KIND_CHANCES)[0]
    return Partner(
        name=NAMED[kind].format(place),
        short_name=place,
        slug=slugify(place),
        kind=kind,
        service_desk_telephone=crowd.telephone(chance),
        service_desk_email=f"service.desk@{slugify(place)}.example",
        out_of_hours_telephone=crowd.telephone(chance),
    )
