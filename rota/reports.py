"""How evenly duties were shared, read from the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from partners.models import Absence, StaffMember
from rota.duties.on_duty import duty_periods
from rota.loading import holdings, holidays
from rota.models import DemandSkill, Duty, Role, Rota, RotationMember
from rota.scheduling import clock
from rota.scheduling.demand import HolidayIs, counts_as_holiday, days
from rota.scheduling.fairness import Member, Served, Tally, tally

LOOK_BACK = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        return clock.day_begins(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        return clock.day_begins(self.last + clock.DAY, self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def fairness(rotas: Sequence[Rota], period: Period) -> Tally:
    """Who did what on these rotas in a period, whatever the rest of the partnership.

    Those who could serve are those who take turns, those who served, and the people
    of partners that take turns who have the skills asked for; each for the days they
    were in post and not away. Shadowing does not count. The number of queries does
    not grow with people or duties.
    """
    served = _served(rotas, period)
    people = _who_could(rotas, {piece.person for piece in served}, period)
    away, in_turn = _days_away(people, period), _days_in_turn(rotas, period)
    members = [
        _member(person, away[person.pk], in_turn[person.pk], period)
        for person in people
    ]
    return tally(
        served,
        members,
        period.starts_at,
        period.ends_at,
        zone=period.zone,
        holidays=_bank_holidays(period),
    )


def _served(rotas, period):
    duties = Duty.objects.filter(rota__in=rotas).exclude(role=Role.SHADOW)
    near = duties.touching(period.starts_at, period.ends_at)
    found = (w for w in duty_periods(near) if w.is_held)
    return [Served(w.duty.staff_id, w.starts_at, w.ends_at) for w in found]


def _who_could(rotas, served, period):
    named, owing = set(served), set()
    for staff, partner in _turns(rotas, period).values_list("staff", "partner"):
        named.add(staff) if staff else owing.add(partner)
    people = StaffMember.objects.filter(Q(pk__in=named) | Q(partner__in=owing))
    people = people.filter(Q(left_on=None) | Q(left_on__gt=period.first))
    found = list(people.select_related("partner").order_by("name_key", "pk"))
    able = _able(rotas, [p.pk for p in found if p.pk not in named])
    return [person for person in found if person.pk in named or person.pk in able]


def _turns(rotas, period):
    """Those who take turns in the period, for some of it at least."""
    turns = RotationMember.objects.filter(rotation__rota__in=rotas)
    return turns.order_by().filter(
        Q(since_on=None) | Q(since_on__lte=period.last),
        Q(until_on=None) | Q(until_on__gt=period.first),
    )


def _able(rotas, people):
    """Those who have every skill a rota asks for."""
    asked = DemandSkill.objects.filter(demand__rota__in=rotas).order_by()
    asked = asked.filter(Q(demand__until_on=None) | Q(demand__until_on__gte=_today()))
    needed = set(asked.values_list("skill", "level"))
    held = holdings(people) if needed else {}
    return {
        pk
        for pk in people
        if all(held.get(pk, {}).get(skill, 0) >= level for skill, level in needed)
    }


def _today():
    return timezone.localdate()


def _days_away(people, period):
    """The days of the period on which each was away, as a set."""
    found = defaultdict(set)
    rows = Absence.objects.filter(staff__in=[person.pk for person in people]).filter(
        Q(ends_on=None) | Q(ends_on__gte=period.first), begins_on__lte=period.last
    )
    for absence in rows.order_by():
        first = max(absence.begins_on, period.first)
        last = min(absence.ends_on or period.last, period.last)
        found[absence.staff_id] |= set(days(first, last))
    return found


def _days_in_turn(rotas, period):
    """The days on which those who take turns by name belonged to a rotation."""
    found = defaultdict(set)
    turns = _turns(rotas, period).filter(staff__isnull=False)
    for staff, since, until in turns.values_list("staff", "since_on", "until_on"):
        first = max(since or period.first, period.first)
        last = min((until or date.max) - clock.DAY, period.last)
        found[staff] |= set(days(first, last))
    return found


def _member(person, away, in_turn, period):
    """The days count on which somebody was in post, took turns and was not away."""
    here = in_turn or set(days(period.first, period.last))
    here = {day for day in here - away if not person.left_on or day < person.left_on}
    return Member(
        person=person.pk,
        name=person.name,
        partner=person.partner.short_name,
        full_time_equivalent=Fraction(person.full_time_equivalent),
        could_serve=Fraction(len(here), period.days),
    )


def _bank_holidays(period):
    return frozenset(
        day
        for day, kinds in holidays().items()
        if period.first <= day <= period.last
        and counts_as_holiday(day, kinds, HolidayIs.EITHER)
    )
