"""What a calendar shows: duties, what is open, and what is wrong with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from rota.duties.on_duty import DutyPeriod, Why, duty_periods
from rota.loading import demands_of, holdings, holidays
from rota.models import Duty, Role, Rota
from rota.scheduling import clock
from rota.scheduling.fairness import per_cent
from rota.scheduling.gaps import Gap, GapKind, gaps
from rota.scheduling.schedule import Period, Plan, once, without
from rota.scheduling.working_time import LEAST_REST, Stretch, short_rests


@dataclass(frozen=True, slots=True)
class Shown:
    """One rota in a window: its watches, its gaps and the hours it has to cover."""

    rota: Rota
    duty_periods: tuple[DutyPeriod, ...]
    gaps: tuple[Gap, ...]
    needed: timedelta
    # Hours to cover are asked for, whether or not in this window.
    has_hours: bool

    @property
    def open_time(self) -> timedelta:
        """How long nobody, or too few, are there: by the union for each role."""
        lacking = [g for g in self.gaps if g.kind in (GapKind.NOBODY, GapKind.PEOPLE)]
        return sum((g.ends_at - g.starts_at for g in lacking), timedelta())

    @property
    def covered(self) -> int:
        """How much of the hours to cover is covered, in whole per cent, half up."""
        here = self.needed - self.open_time
        return int(per_cent(_exact(here), _exact(self.needed)))


def _exact(length):
    return Fraction(length // timedelta(microseconds=1))


def shown(rotas: Sequence[Rota], from_at: datetime, until_at: datetime) -> list[Shown]:
    """Several rotas in a window: five queries, however many there are."""
    known = {rota.pk: rota for rota in rotas}
    near = Duty.objects.filter(rota__in=known).touching(from_at, until_at)
    by_rota = defaultdict(list)
    for period in duty_periods(near):
        if period.starts_at < until_at and period.ends_at > from_at:
            by_rota[period.duty.rota_id].append(period)
    people = {w.duty.staff_id for found in by_rota.values() for w in found if w.staff}
    asked, days = demands_of(rotas), holidays()
    wanted = {d for demands in asked.values() for d in demands if d.skills}
    held = holdings(people) if wanted else {}
    return [
        _of(rota, by_rota[pk], asked[pk], days, held, from_at, until_at)
        for pk, rota in known.items()
    ]


def _of(rota, found, demands, days, held, from_at, until_at):
    plan = Plan(rota.zone, demands, holidays=days)
    needs = plan.needs(from_at, until_at)
    periods = [period.period() for period in found]
    missing = gaps(needs, periods, held, from_at, until_at)
    needed = timedelta()
    for role in {need.role for need in needs}:
        for stretch, _ in once([need for need in needs if need.role == role]):
            part = min(stretch.ends_at, until_at) - max(stretch.starts_at, from_at)
            needed += max(part, timedelta())
    return Shown(rota, tuple(found), tuple(missing), needed, bool(demands))


def short_rested(found: Iterable[DutyPeriod]) -> dict[int, list[datetime]]:
    """By person, the beginnings of duties before which there was too little rest.

    Between two nights of one turn the rotation itself leaves what it leaves: that is
    for whoever makes the rotation, and is not marked night by night.
    """
    by_person = defaultdict(list)
    for period in found:
        if period.is_held and period.duty.role != Role.SHADOW:
            by_person[period.duty.staff_id].append(period)
    return {person: _too_soon(mine) for person, mine in by_person.items()}


def _too_soon(mine):
    ends = {period.ends_at: period.duty for period in mine}
    starts = {period.starts_at: period.duty for period in mine}
    stretches = [Stretch(period.starts_at, period.ends_at) for period in mine]
    return [
        short.after.starts_at
        for short in short_rests(stretches)
        if not _is_one_turn(ends[short.before.ends_at], starts[short.after.starts_at])
    ]


def _is_one_turn(before, after):
    laid_out = Duty.Cause.GENERATED
    return before.cause == after.cause == laid_out and (
        before.rota_id,
        before.role,
    ) == (after.rota_id, after.role)


@dataclass(slots=True)
class Day:
    """A local day with what begins on it."""

    day: date
    holidays: tuple[str, ...] = ()
    entries: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty or a gap in a calendar, with what is wrong in words."""

    rota: Rota
    role: str
    starts_at: datetime
    ends_at: datetime
    # The duty that stands for it, though its person may not be there.
    duty: Duty | None = None
    is_held: bool = False
    mark: str = ""

    @property
    def role_name(self) -> str:
        return Role(self.role).label

    @property
    def is_gap(self) -> bool:
        return not self.is_held and bool(self.mark)


MARKS = {
    GapKind.NOBODY: "Gap: nobody",
    GapKind.PEOPLE: "Gap: too few people",
    GapKind.SKILL: "Skill missing: {}",
    GapKind.PARTNERS: "Both from the same partner",
}
OPEN = (GapKind.NOBODY, GapKind.PEOPLE)
REST = f"Less than {LEAST_REST.total_seconds() / 3600:.0f} hours of rest before"


def entries(found: Sequence[Shown], skills: Mapping = None) -> list[Entry]:
    """Everything to be shown, by its beginning; a gap is told once, and why."""
    short = short_rested(w for each in found for w in each.duty_periods)
    rows = []
    for each in found:
        rows += [_of_watch(each.rota, period, short) for period in each.duty_periods]
        rows += _of_gaps(each, skills or {})
    return sorted(rows, key=lambda row: (row.starts_at, row.rota.name, row.role))


def _of_watch(rota, period, short):
    duty = period.duty
    mark = _why_open(period)
    if period.is_held and period.starts_at in short.get(duty.staff_id, ()):
        mark = REST
    span = period.starts_at, period.ends_at
    return Entry(rota, duty.role, *span, duty, period.is_held, mark)


def _why_open(period):
    """In words that name nobody who has left."""
    return {
        None: "",
        Why.UNNAMED: f"Gap: {period.duty.partner.short_name} has not named anyone",
        Why.AWAY: f"Gap: {period.duty.staff} is away",
        Why.LEFT: "Gap: the person has left",
    }[period.open_because]


def said(gap: Gap, skills: Mapping) -> str:
    """What is missing, in words; `skills` says how each skill is called."""
    return MARKS[gap.kind].format(skills.get(gap.skill, ""))


def _of_gaps(each, skills):
    """What is missing beyond the duties that stand open, which say so themselves."""
    for gap in each.gaps:
        mark = said(gap, skills)
        for part in _unsaid(gap, each.duty_periods):
            span = part.starts_at, part.ends_at
            yield Entry(each.rota, gap.role, *span, mark=mark)


def _unsaid(gap, found):
    whole = Period(gap.role, 0, gap.starts_at, gap.ends_at, 0)
    if gap.kind not in OPEN:
        return [whole]
    said = [
        Stretch(period.starts_at, period.ends_at)
        for period in found
        if not period.is_held and period.duty.role == gap.role
    ]
    return without(whole, said)


def by_day(rows: Iterable[Entry], days: Iterable[date], named: Mapping) -> list[Day]:
    """The entries under the local day on which they begin where their rota is.

    What goes on as the first day begins stands under it.
    """
    sheet = {day: Day(day, tuple(named.get(day, ()))) for day in days}
    first = min(sheet)
    for row in rows:
        day = max(clock.local_day(row.starts_at, row.rota.zone), first)
        if day in sheet:
            sheet[day].entries.append(row)
    return list(sheet.values())
