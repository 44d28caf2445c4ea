"""A rota as the database holds it, read into what the pure modules work with."""

from collections import defaultdict
from datetime import date
from functools import reduce

from partners.models import BankHoliday, StaffMember
from rota.models import Block, DemandTemplate, Rota
from rota.scheduling import demand, rotation
from rota.scheduling.schedule import Plan
from skills.models import SkillHeld

_TOLD = {kind.value: kind for kind in demand.Kind}


def holidays() -> dict[date, frozenset[demand.Kind]]:
    """Every bank holiday of everybody, with what kind of day it is."""
    found = defaultdict(set)
    listed = BankHoliday.objects.filter(partner=None).order_by()
    for on, kind in listed.values_list("on", "kind"):
        found[on].add(_TOLD[kind])
    return {on: frozenset(kinds) for on, kinds in found.items()}


def plan_of(rota: Rota, days=None) -> Plan:
    """All that decides how a rota is laid out; `days` are holidays read before."""
    blocks = tuple(_spell(block) for block in rota.blocks.all())
    rotations = rota.rotations.prefetch_related(
        "members__staff__partner", "members__partner", "members__exclusions"
    )
    return Plan(
        zone=rota.zone,
        demands=tuple(_demand(row) for row in rota.demands.prefetch_related("skills")),
        rotations=tuple(_rotation(row, blocks) for row in rotations),
        holidays=holidays() if days is None else days,
    )


def demands_of(rotas) -> dict[int, tuple[demand.Demand, ...]]:
    """The hours to cover of several rotas: two queries."""
    found = {rota.pk: () for rota in rotas}
    rows = DemandTemplate.objects.filter(rota__in=found).prefetch_related("skills")
    for row in rows.order_by("pk"):
        found[row.rota_id] += (_demand(row),)
    return found


def _spell(row: Block):
    return rotation.DateRange(row.from_on, row.until_on)


def _demand(row):
    return demand.Demand(
        key=row.pk,
        role=row.role,
        starts_at=row.starts_at,
        length=row.length,
        weekdays=frozenset(row.weekdays),
        on_holidays=demand.OnHolidays(row.on_holidays),
        holiday_is=demand.HolidayIs(row.holiday_is),
        from_on=row.from_on,
        until_on=row.until_on,
        people=row.people,
        different_partners=row.different_partners,
        skills=tuple(
            demand.SkillNeeded(needed.skill_id, needed.level)
            for needed in row.skills.all()
        ),
    )


def _rotation(row, blocks):
    return rotation.Rotation(
        key=row.pk,
        role=row.role,
        place=row.place,
        start_on=row.start_on,
        handover=row.handover,
        unit=rotation.Unit(row.unit),
        every=row.every,
        members=tuple(_member(member) for member in row.members.all()),
        start_turn=row.start_turn - 1,
        weekdays=frozenset(row.weekdays),
        until_on=row.until_on,
        blocks=blocks,
    )


def _member(row):
    partner = row.staff.partner if row.staff else row.partner
    gone = [row.until_on, partner.left_on, row.staff and row.staff.left_on]
    return rotation.Member(
        key=row.pk,
        partner=partner.pk,
        staff=row.staff_id,
        since_on=row.since_on or date.min,
        until_on=reduce(_earlier, gone, None),
        excluded=tuple(_spell(spell) for spell in row.exclusions.all()),
    )


def _earlier(one, other):
    return min(filter(None, (one, other)), default=None)


def holdings(staff_ids) -> dict[int, dict[int, int]]:
    """The level of every skill these people hold."""
    found = defaultdict(dict)
    rows = SkillHeld.objects.filter(staff__in=staff_ids).order_by()
    for staff, skill, level in rows.values_list("staff", "skill", "level"):
        found[staff][skill] = level
    return found


def people_of(rota: Rota):
    """Who could be put on a rota: in post at a partner that takes part."""
    kept = rota.memberships.order_by().values("partner")
    return StaffMember.objects.in_post().filter(partner__in=kept)
