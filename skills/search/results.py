"""The people found, as the page and its CSV tell of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from partners.models import Absence, StaffMember
from partners.reach import Colleague, Desk, NumberToCall, number_to_ring
from partners.standing import Standing
from skills.models import SkillHeld
from skills.search.people import YEAR, matched_skills
from skills.search.suggestions import coordinators


@dataclass(frozen=True, slots=True)
class Result:
    """One person found: whom to ring, what they hold of what was asked, and why."""

    person: StaffMember
    ring: NumberToCall
    held: list[SkillHeld]
    has: list[str]
    lacks: list[str]
    why: list[str]
    keepers: list[tuple[str, str]]


def with_whereabouts(people, moment=None):
    """People with partner, hours, today's absence and who covers: five queries."""
    today = timezone.localdate(moment)
    cover = StaffMember.objects.in_post().with_presence(moment)
    cover = Prefetch("cover", cover.prefetch_related("working_days"))
    absences = Absence.objects.on(today).prefetch_related(cover)
    return (
        people.with_presence(moment)
        .select_related("partner", "base_site")
        .prefetch_related(
            "working_days", Prefetch("absences", absences, to_attr="absences_today")
        )
    )


def ring_for(person, *, standing: Standing, moment=None) -> NumberToCall:
    """The number this login may ring now for somebody read `with_whereabouts`."""
    absence = next(iter(person.absences_today), None)
    cover = absence.cover if absence else None
    return number_to_ring(
        _colleague(person, standing),
        cover and _colleague(cover, standing),
        _desk(person, moment),
    )


def _colleague(person, standing):
    mobile = person.mobile if standing.sees_mobile_of(person) else ""
    is_known = person.is_holiday or person.working_days.all()
    return Colleague(
        person.name,
        person.telephone or mobile,
        is_away=person.is_away,
        is_at_work=person.is_available_now if is_known else None,
    )


def _desk(person, moment):
    partner, local = person.partner, timezone.localtime(moment)
    is_open = (
        local.isoweekday() <= 5
        and not person.is_holiday
        and partner.desk_opens_at <= local.time() < partner.desk_closes_at
    )
    return Desk(
        partner.short_name,
        partner.service_desk_telephone,
        partner.out_of_hours_telephone,
        is_open,
    )


def results(rows, reading, wanted, *, standing: Standing, moment=None) -> list[Result]:
    """The rows of a page with everything said of each person, in the same order."""
    ids = [row.staff_id for row in rows]
    people = with_whereabouts(StaffMember.objects.filter(pk__in=ids), moment)
    by_id = {person.pk: person for person in people}
    held = _held(ids, reading, wanted, moment)
    keepers = coordinators({person.partner_id for person in by_id.values()})
    return [
        _result(person, row, held[row.staff_id], reading, moment, standing, keepers)
        for row in rows
        if (person := by_id.get(row.staff_id))
    ]


def _held(ids, reading, wanted, moment):
    """By person the skills asked for, or the strongest where none was."""
    rows = SkillHeld.objects.filter(staff__in=ids)
    rows = answering(rows, reading, wanted, moment)
    held = defaultdict(list)
    for row in rows.select_related("skill").order_by("-level", "skill__name"):
        held[row.staff_id].append(row)
    return held


def answering(held, reading, wanted, moment=None):
    """The skills held that answer the question: skill, level and the rest at once."""
    if reading.terms:
        held = held.filter(skill__in=_skill_ids(reading))
    if wanted.level:
        held = held.filter(level__gte=wanted.level)
    if wanted.categories:
        held = held.filter(skill__category__in=wanted.categories)
    if wanted.teach:
        held = held.filter(can_teach=True)
    if wanted.confirmed and reading.terms:
        held = held.filter(confirmed_at__gte=(moment or timezone.now()) - YEAR)
    return held


def _skill_ids(reading):
    return [match.skill_id for term in matched_skills(reading) for match in term]


def _result(person, row, held, reading, moment, standing, keepers):
    labels = [term.text for term in reading.terms] + list(reading.words)
    has = [text for n, text in enumerate(labels) if row.terms >> n & 1]
    return Result(
        person=person,
        ring=ring_for(person, moment=moment, standing=standing),
        held=held if reading.terms else held[:5],
        has=has,
        lacks=[text for text in labels if text not in has] if labels else [],
        why=_why(person, held, has, reading),
        keepers=keepers.get(person.partner_id, []),
    )


def _why(person, held, has, reading):
    matches = {m.skill_id: m for term in matched_skills(reading) for m in term}
    why = [
        matches[row.skill_id].why(row.skill.name)
        for row in held
        if row.skill_id in matches
    ]
    words = [word for word in reading.words if word in has]
    if not (why or words) and reading.terms:
        words = [reading.query.strip()]
    return why + [f"“{word}” in the name or post" for word in words]
