"""What speaks against putting somebody on duty, said before it is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from partners.models import Absence, StaffMember
from partners.working_pattern import clock as time_of_day
from rota.duties.changes import Assignment
from rota.duties.on_duty import duty_periods
from rota.loading import holdings, plan_of
from rota.models import Duty, Role, Rota, RotaPartner
from rota.scheduling import clock
from rota.scheduling.demand import SkillNeeded
from rota.scheduling.gaps import GapKind, gaps
from rota.scheduling.working_time import LEAST_REST, Stretch, rest_broken_by
from skills.models import Skill
from skills.models.held import Level

NEAR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that speaks against a duty: a refusal, or what wants a reason."""

    kind: str
    sentence: str
    is_refusal: bool = True


def problems(
    assignments: Sequence[Assignment], *, gone: Iterable[int] = ()
) -> list[Problem]:
    """What speaks against these duties, once duties with the ids `gone` are off.

    Away, left, elsewhere on duty or at no partner of the rota: refusals. Too short a
    rest, a skill or a second partner missing: to be overruled with a reason. The
    number of queries does not grow with the number of duties of one rota.
    """
    named = [put for put in assignments if put.staff]
    if not named:
        return []
    known = _Known(named, set(gone))
    found = [p for put in named for p in known.against(put)]
    for rota in known.rotas.values():
        found += _lacking(
            rota, [p for p in assignments if p.window.rota == rota.pk], known
        )
    return list(dict.fromkeys(found))


def problems_of_each(assignments: Sequence[Assignment], *, gone: Iterable[int] = ()):
    """What speaks against each person of these, by their id, as if put alone.

    For ranking: skills and second partners are left out.
    """
    named = [put for put in assignments if put.staff]
    if not named:
        return {}
    known = _Known(named, set(gone))
    found: dict[int, list[Problem]] = {put.staff: [] for put in named}
    for put in named:
        found[put.staff] += known.against(put)
    return found


class _Known:
    """What was read once about everybody to be put on duty."""

    def __init__(self, assignments, gone):
        self.gone = gone
        staff = {put.staff for put in assignments}
        rotas = {put.window.rota for put in assignments}
        self.first = min(put.window.starts_at for put in assignments)
        self.last = max(put.window.ends_at for put in assignments)
        people = StaffMember.objects.select_related("partner")
        self.people = people.in_bulk(staff)
        self.rotas = Rota.objects.in_bulk(rotas)
        members = RotaPartner.objects.filter(rota__in=rotas).order_by()
        self.members = {*members.values_list("rota", "partner")}
        self.away = self._absences(staff)
        self.duties = self._duties(staff)
        self.assignments = assignments

    def _absences(self, staff):
        found = defaultdict(list)
        rows = Absence.objects.filter(staff__in=staff).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=(self.first - NEAR).date()),
            begins_on__lte=(self.last + NEAR).date(),
        )
        for absence in rows:
            found[absence.staff_id].append(absence)
        return found

    def _duties(self, staff):
        found = defaultdict(list)
        rows = Duty.objects.current().filter(staff__in=staff)
        rows = rows.touching(self.first - NEAR, self.last + NEAR)
        for duty in rows.exclude(pk__in=self.gone).select_related("rota"):
            found[duty.staff_id].append(duty)
        return found

    def against(self, put: Assignment) -> Iterator[Problem]:
        person = self.people[put.staff]
        rota = self.rotas[put.window.rota]
        yield from _gone(person, put.window, rota.zone)
        yield from _away(person, put.window, rota.zone, self.away[put.staff])
        if (rota.pk, person.partner_id) not in self.members:
            yield Problem(
                "partner", f"{person.partner} does not take part in the rota {rota}"
            )
        if put.window.role != Role.SHADOW:
            yield from self._twice(person, put)
            yield from self._rest(person, put, rota)

    def _twice(self, person, put):
        for duty in self._others(person):
            if _overlap(duty, put.window):
                yield Problem(
                    "overlap",
                    f"{person} is already on duty at that time: {duty.rota}, "
                    f"{duty.get_role_display().lower()}",
                )

    def _rest(self, person, put, rota):
        others = [_stretch(duty) for duty in self._others(person)]
        others += [
            _stretch(new.window)
            for new in self.assignments
            if new.staff == person.pk and new is not put
        ]
        for short in rest_broken_by(_stretch(put.window), others):
            hours = short.rest.total_seconds() / 3600
            yield Problem(
                "rest",
                f"{person} would have only {hours:.3g} hours of rest before "
                f"{_said(short.after.starts_at, rota.zone)}: "
                f"{LEAST_REST.total_seconds() / 3600:.0f} are due",
                is_refusal=False,
            )

    def _others(self, person):
        return [d for d in self.duties[person.pk] if d.role != Role.SHADOW]


def _stretch(thing):
    return Stretch(thing.starts_at, thing.ends_at)


def _overlap(one, other):
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _gone(person, window, zone):
    for day in (person.left_on, person.partner.left_on):
        if day and clock.day_begins(day, zone) < window.ends_at:
            yield Problem("left", f"{person} leaves on {day:%-d %B %Y}, before the end")


def _away(person, window, zone, absences):
    first = clock.local_day(window.starts_at, zone)
    last = clock.local_day(window.ends_at - timedelta(microseconds=1), zone)
    for absence in absences:
        ends_on = absence.ends_on or last
        if absence.begins_on <= last and ends_on >= first:
            yield Problem("away", f"{person} is away: {absence}")


def _said(moment, zone: ZoneInfo):
    wall = clock.local(moment, zone)
    return f"{wall:%-d %B %Y} at {time_of_day(wall.time())}"


def _lacking(rota, assignments, known):
    """Skills and partners that would be missing in the windows of these duties."""
    first = min(put.window.starts_at for put in assignments)
    last = max(put.window.ends_at for put in assignments)
    roles = {put.window.role for put in assignments}
    near = rota.duties.filter(role__in=roles).touching(first, last)
    periods = [w.period() for w in duty_periods(near.exclude(pk__in=known.gone))]
    periods += [put.period() for put in assignments]
    asked = [n for n in plan_of(rota).needs(first, last) if n.role in roles]
    held = holdings({period.staff for period in periods if period.staff})
    missing = gaps(asked, periods, held, first, last)
    missing = [g for g in missing if any(_concerns(put, g) for put in assignments)]
    yield from _skill_problems([g for g in missing if g.kind == GapKind.SKILL])
    if any(gap.kind == GapKind.PARTNERS for gap in missing):
        yield Problem(
            "partners",
            "Two of the people on duty would be from the same partner",
            is_refusal=False,
        )


def _concerns(put, gap):
    return put.window.role == gap.role and _overlap(put.window, gap)


def _skill_problems(missing):
    for name in sorted(names_of({gap.skill for gap in missing}).values()):
        yield Problem("skill", f"Nobody on duty would have {name}", is_refusal=False)


def names_of(skills) -> dict[SkillNeeded, str]:
    """How each skill is said: “Firewalls at Practitioner or above”."""
    named = Skill.objects.in_bulk({needed.skill for needed in skills})
    return {
        needed: f"{named[needed.skill]} at {Level(needed.level).label} or above"
        for needed in skills
    }
