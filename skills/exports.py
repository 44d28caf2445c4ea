"""Rows of the lists people take to meetings."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from partners.models import StaffMember
from skills.models import Level, SkillHeld
from skills.results import answering
from skills.upkeep import missing, with_details, with_upkeep

SEARCH_HEADER = [
    "Partner",
    "Name",
    "Post",
    "Skill",
    "Level",
    "Confirmed on",
    "Available today",
    "Telephone",
    "E-mail",
]
BLOCK = 1000


def search_rows(ids, reading, wanted, standing) -> Iterator[tuple]:
    """One row per person and skill that answers, in the order of the ids."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        people = _people(block, standing)
        held = _held(block, reading, wanted)
        for pk in block:
            if pk in people:
                yield from _rows(people[pk], held[pk])


def _people(ids, standing):
    columns = ("partner__name", "name", "post", "is_available_today", "work_email")
    # Whoever may not see a mobile number gets the telephone's, or none.
    numbers = ("telephone", "mobile" if standing.sees_mobiles else "telephone")
    people = StaffMember.objects.filter(pk__in=ids).with_presence().order_by()
    return {pk: row for pk, *row in people.values_list("pk", *columns, *numbers)}


def _held(ids, reading, wanted):
    held = answering(SkillHeld.objects.filter(staff__in=ids), reading, wanted)
    rows = held.order_by("staff", "-level", "skill__name").values_list(
        "staff", "skill__name", "level", "confirmed_at__date"
    )
    by_person = defaultdict(list)
    for pk, *row in rows:
        by_person[pk].append(row)
    return by_person


def _rows(person, held):
    *head, is_available, email, telephone, mobile = person
    tail = ("yes" if is_available else "no", telephone or mobile, email)
    for skill, level, confirmed in held or [("", None, None)]:
        yield (*head, skill, LEVELS.get(level, ""), confirmed, *tail)


LEVELS = dict(Level.choices)

STAFF_HEADER = [
    "Name",
    "Post",
    "Partner",
    "Work e-mail",
    "Work telephone",
    "Work mobile",
    "Base site",
    "Full-time equivalent",
    "Willing to help",
    "Last confirmed on",
    "Left on",
]
HELD_HEADER = [
    "Partner",
    "Name",
    "Work e-mail",
    "Skill",
    "Level",
    "Can teach",
    "Since",
    "Last used",
    "Confirmed on",
]


def staff_rows(ids) -> Iterator[list]:
    """One row per person, in the order of the ids."""
    columns = (
        "name",
        "post",
        "partner__name",
        "work_email",
        "telephone",
        "mobile",
        "base_site__name",
        "full_time_equivalent",
        "is_willing_to_help",
        "confirmed_at",
        "left_on",
    )
    yield from _in_order(StaffMember.objects, ids, columns)


def held_rows(ids) -> Iterator[list]:
    """One row per skill held, in the order of the ids."""
    columns = (
        "staff__partner__name",
        "staff__name",
        "staff__work_email",
        "skill__name",
        "level",
        "can_teach",
        "since_on",
        "last_used_on",
        "confirmed_at",
    )
    for row in _in_order(SkillHeld.objects, ids, columns):
        row[4] = LEVELS[row[4]]
        yield row


def _in_order(rows, ids, columns):
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = rows.filter(pk__in=block).order_by().values_list("pk", *columns)
        by_id = {pk: [_plain(value) for value in row] for pk, *row in found}
        yield from (by_id[pk] for pk in block if pk in by_id)


def _plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    return value


UPKEEP_HEADER = [
    "Name",
    "Post",
    "Work e-mail",
    "Missing",
    "Skills held",
    "Last confirmed on",
    "Asked to confirm on",
    "Login",
    "Next certificate runs out on",
    "Away from",
    "Away until",
]


def upkeep_rows(ids) -> Iterator[list]:
    """One row per person with what is missing, old or running out, by the ids."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        people = StaffMember.objects.filter(pk__in=block).order_by()
        found = with_details(with_upkeep(people)).in_bulk()
        yield from (_upkeep(found[pk]) for pk in block if pk in found)


def _upkeep(person):
    return [
        person.name,
        person.post,
        person.work_email,
        ", ".join(missing(person)),
        person.skills_held_count,
        _plain(person.confirmed_at),
        _plain(person.asked_at),
        "no" if person.has_no_login else "yes",
        person.next_certificate_on,
        person.away_from,
        person.away_until,
    ]
