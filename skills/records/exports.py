"""Rows of the lists people take to meetings."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone

from partners.models import Absence, StaffMember
from skills.imports.columns import ABSENCES, CATALOGUE, PEOPLE, SKILLS_HELD
from skills.models import Level, Skill, SkillHeld, SkillRelation
from skills.records.quality import missing, with_details, with_upkeep
from skills.search.results import answering

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
    reached = ("telephone", "mobile", "pk", "partner_id", "is_mobile_hidden")
    people = StaffMember.objects.filter(pk__in=ids).with_presence().order_by()
    rows = people.values_list(*columns, *reached, named=True)
    return {row.pk: (*row[: len(columns)], _number(row, standing)) for row in rows}


def _number(person, standing):
    # Whoever may not see a mobile number gets the telephone's, or none.
    mobile = person.mobile if standing.sees_mobile_of(person) else ""
    return person.telephone or mobile


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
    *head, is_available, email, telephone = person
    tail = ("yes" if is_available else "no", telephone, email)
    for skill, level, confirmed in held or [("", None, None)]:
        yield (*head, skill, LEVELS.get(level, ""), confirmed, *tail)


LEVELS = dict(Level.choices)
KINDS = dict(Skill.Kind.choices)
_ALIASES = StringAgg("aliases__text", "; ", order_by=Lower("aliases__text"))

# Where a column's value stands, if not under the column's own key.
_OF_PEOPLE = {
    "partner": "partner__name",
    "base_site": "base_site__name",
    "confirmed_on": "confirmed_at",
}
_OF_SKILLS_HELD = {
    "id": "staff_id",
    "work_email": "staff__work_email",
    "name": "staff__name",
    "partner": "staff__partner__name",
    "skill": "skill__name",
    "confirmed_on": "confirmed_at",
}
_OF_ABSENCES = {
    "work_email": "staff__work_email",
    "name": "staff__name",
    "partner": "staff__partner__name",
    "cover": "cover__work_email",
}
_OF_CATALOGUE = {
    "skill": "name",
    "category": "category__name",
    "aliases": "other_names",
}


def people_rows(ids) -> Iterator[list]:
    """One row per person, in the order of the ids, as the import reads it."""
    yield from _in_order(StaffMember.objects, ids, PEOPLE, _OF_PEOPLE)


def held_rows(ids) -> Iterator[list]:
    """One row per skill held, in the order of the ids, as the import reads it."""
    place = list(SKILLS_HELD).index("level")
    for row in _in_order(SkillHeld.objects, ids, SKILLS_HELD, _OF_SKILLS_HELD):
        row[place] = LEVELS[row[place]]
        yield row


def absence_rows(ids) -> Iterator[list]:
    """One row per absence, in the order of the ids, as the import reads it."""
    yield from _in_order(Absence.objects, ids, ABSENCES, _OF_ABSENCES)


def catalogue_rows(ids) -> Iterator[list]:
    """One row per skill, with its other names, in the order of the ids."""
    skills = Skill.objects.annotate(other_names=_ALIASES)
    place = list(CATALOGUE).index("kind")
    for row in _in_order(skills, ids, CATALOGUE, _OF_CATALOGUE):
        row[place] = KINDS[row[place]]
        yield row


CATALOGUE_HEADER = [
    "Skill",
    "Category",
    "Kind",
    "Broader",
    "Related",
    "Other names",
    *LEVELS.values(),
    "Can teach",
    "Retired on",
    "Source",
]


def catalogue_with_holders(user, ids) -> Iterator[list]:
    """One row per skill with its relations and how many hold it, by the ids."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = Skill.objects.filter(pk__in=block).order_by().annotate(names=_ALIASES)
        columns = ("pk", "name", "category__name", "kind", "names")
        skills = found.values_list(*columns, "retired_on", "source")
        by_id = {pk: row for pk, *row in skills}
        relations, held = _relations(block), _counts(user, block)
        for pk in filter(by_id.__contains__, block):
            name, category, kind, names, *tail = by_id[pk]
            broader, related = (sorted(told, key=str.lower) for told in relations[pk])
            told = ["; ".join(broader), "; ".join(related), names]
            yield [name, category, KINDS[kind], *told, *held[pk], *tail]


def _relations(ids):
    """For each skill the names of those broader than it, and of those related."""
    columns = ("skill_id", "other_id", "kind", "skill__name", "other__name")
    told = defaultdict(lambda: ([], []))
    found = SkillRelation.objects.of(*ids).between_current().order_by()
    for pk, other, kind, name, name_of_other in found.values_list(*columns):
        is_related = kind == SkillRelation.Kind.RELATED
        told[pk][is_related].append(name_of_other)
        if is_related:
            told[other][is_related].append(name)
    return told


def _counts(user, ids):
    """For each skill how many visible people hold it at each level, and teach it."""
    held = SkillHeld.objects.visible_to(user).filter(skill__in=ids).order_by()
    at = {f"at_{level}": Count("pk", filter=Q(level=level)) for level in LEVELS}
    at["teach"] = Count("pk", filter=Q(can_teach=True))
    counted = held.values("skill").annotate(**at).values_list("skill", *at)
    return defaultdict(lambda: [0] * len(at), {pk: row for pk, *row in counted})


def _in_order(rows, ids, columns, elsewhere):
    paths = [elsewhere.get(key, key) for key in columns]
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = rows.filter(pk__in=block).order_by().values_list("pk", *paths)
        by_id = {pk: [_plain(value) for value in row] for pk, *row in found}
        yield from (by_id[pk] for pk in block if pk in by_id)


def _plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
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
