"""Everybody who works in ICT support in the demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from lincs_ict.demonstration import hours, names, posts, staffing
from lincs_ict.demonstration.cast import CAST, Part
from lincs_ict.demonstration.organisations import ORGANISATIONS, telephone
from partners.models import Partner, Site, StaffMember, WorkingDay

# The first numbers of a partner are its service desk's.
FIRST_NUMBER = 10
DIALS = {"both": 0.75, "telephone": 0.15, "mobile": 0.08, "nothing": 0.02}


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff in the making: the record, and what it is made from."""

    staff: StaffMember
    slug: str
    post: posts.Post
    part: Part
    pattern: str

    @property
    def is_in_post(self) -> bool:
        return self.staff.left_on is None


def invented_people(
    chance: Random, partners: dict[str, Partner], today: date
) -> list[Person]:
    """People not stored yet; in each partner those of the cast come first."""
    sites: dict[int, list[Site]] = {}
    for site in Site.objects.order_by("pk"):
        sites.setdefault(site.partner_id, []).append(site)
    return list(_drawn(chance, partners, sites, today))


def store(chance: Random, people: list[Person]) -> None:
    """Keep the people and their working days."""
    StaffMember.objects.bulk_create(person.staff for person in people)
    WorkingDay.objects.bulk_create(
        day
        for person in people
        for day in hours.working_days(chance, person.staff, person.pattern)
    )


def _drawn(chance, partners, sites, today) -> Iterator[Person]:
    for slug, parts in _parts(chance):
        partner = partners[slug]
        for number, part in enumerate(parts, start=FIRST_NUMBER):
            person = _person(chance, partner, part, number, today)
            person.staff.base_site = chance.choice(sites[partner.pk])
            yield person


def _parts(chance) -> Iterator[tuple[str, list[Part]]]:
    """By partner the people with a part, then as many as posts are left."""
    invented = names.invented_names(chance, {part.name for part in CAST})
    for slug in [organisation.slug for organisation in ORGANISATIONS]:
        written = [part for part in CAST if part.slug == slug]
        taken = [part.post for part in written if not part.left]
        others = [
            Part(slug, next(invented), post) for post in staffing.vacancies(slug, taken)
        ]
        yield slug, written + others


def _person(chance, partner, part, number, today) -> Person:
    post = posts.POSTS[part.post]
    around_the_clock = partner.slug in hours.AROUND_THE_CLOCK
    pattern = part.hours or hours.drawn_pattern(
        chance, on_shifts=post.works_shifts and around_the_clock
    )
    staff = StaffMember(
        partner=partner,
        name=part.name,
        post=post.title,
        work_email=part.email or names.address(part.name, partner.slug),
        full_time_equivalent=Decimal(str(hours.PATTERNS[pattern][3])),
        is_willing_to_help=_is_willing(chance, part),
        left_on=today - part.left if part.left else None,
        confirmed_at=_confirmed_at(chance, part, today),
        **_numbers(chance, part, number),
    )
    return Person(staff, partner.slug, post, part, pattern)


def _is_willing(chance, part) -> bool:
    drawn = chance.random() < 0.6
    return drawn if part.is_willing is None else part.is_willing


def _numbers(chance, part, number) -> dict[str, str]:
    rings_on = part.rings_on
    drawn = chance.choices(list(DIALS), list(DIALS.values()))[0]
    if rings_on == "both":
        rings_on = drawn
    place = int(telephone(part.slug, number)[-3:])
    return {
        "telephone": telephone(part.slug, number)
        if rings_on in {"both", "telephone"}
        else "",
        "mobile": f"07700 900{place:03}" if rings_on in {"both", "mobile"} else "",
    }


def _confirmed_at(chance, part, today) -> datetime | None:
    """Three in four within a year, some long ago, some never."""
    fate, days = chance.random(), chance.randrange(1, 340)
    if part.confirmed:
        return _morning(today - part.confirmed)
    if not part.has_skills or fate < 0.08:
        return None
    return _morning(today - timedelta(days=days + (400 if fate < 0.24 else 0)))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
