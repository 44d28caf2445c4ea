"""What coordinators hear once a week: gaps ahead, and what is not ready."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partners.mail.queue import absolute_url
from partners.models import Appointment, Partner, Reminder, StaffMember
from rota.duties.calendar import Shown, said, shown
from rota.duties.checks import names_of
from rota.formatting import wall_span
from rota.messages import once
from rota.messages.once import Due
from rota.models import Role, Rota, RotaPartner
from rota.readiness import Unready, What, unready

Kind = Reminder.Kind
WEEKS_OF_GAPS = 8
WEEKS_OF_DUTIES = 2
MOST = 20


@dataclass(frozen=True, slots=True)
class Keeper:
    """A coordinator in post, with the partners they keep; all where none are told."""

    person: StaffMember
    partners: frozenset[int] | None

    def keeps(self, partner: Partner | None) -> bool:
        return partner is None or self.partners is None or partner.pk in self.partners


def monday(now: datetime) -> date:
    """The Monday of the week."""
    today = timezone.localdate(now)
    return today - timedelta(days=today.weekday())


def week(begins_on: date) -> str:
    """An occasion that comes once a week."""
    return f"week of {begins_on.isoformat()}"


def gaps(now: datetime) -> list[Due]:
    """Gaps of the weeks ahead on the rotas each coordinator has a part in."""
    found = _weekly(Kind.GAPS, now, WEEKS_OF_GAPS)
    skills = names_of(
        {g.skill for _, mine in found for e in mine for g in e.gaps} - {None}
    )
    return [_of_gaps(keeper, mine, skills, now) for keeper, mine in found]


def _weekly(kind, now, weeks) -> list[tuple[Keeper, list[Shown]]]:
    """Who has not heard of this yet this week, with what their rotas show."""
    told = once.known(kind)
    occasion = week(monday(now))
    waiting = [k for k in _keepers() if (k.person.pk, kind, occasion) not in told]
    rotas = list(Rota.objects.current()) if waiting else []
    if not rotas:
        return []
    taking = defaultdict(set)
    for rota, partner in RotaPartner.objects.order_by().values_list("rota", "partner"):
        taking[rota].add(partner)
    found = shown(rotas, now, now + timedelta(weeks=weeks))
    by_keeper = ((keeper, _of(keeper, found, taking)) for keeper in waiting)
    return [(keeper, mine) for keeper, mine in by_keeper if mine]


def _of(keeper, found: Iterable[Shown], taking):
    if keeper.partners is None:
        return list(found)
    return [each for each in found if taking[each.rota.pk] & keeper.partners]


def _keepers() -> list[Keeper]:
    """Coordinators in post, each once."""
    people = StaffMember.objects.in_post().filter(user__is_active=True)
    people = {person.user_id: person for person in people}
    here = Partner.objects.current().order_by().values("pk")
    held = Appointment.objects.in_force().filter(user__in=people).order_by("user", "pk")
    of_all = Q(role=Appointment.Role.PARTNERSHIP_COORDINATOR)
    of_some = Q(role=Appointment.Role.COORDINATOR, partner__in=here)
    kept = defaultdict(set)
    for login, partner in held.filter(of_all | of_some).values_list("user", "partner"):
        kept[login].add(partner)
    return [
        Keeper(people[login], None if None in kept[login] else frozenset(kept[login]))
        for login in kept
    ]


def _of_gaps(keeper, mine: Sequence[Shown], skills, now):
    context = {
        "weeks": WEEKS_OF_GAPS,
        "rotas": [
            (each.rota.name, each.has_hours, most([*_gap_lines(each, skills)]))
            for each in mine
        ],
        "address": absolute_url(reverse("rota:gaps")),
    }
    number = sum(len(each.gaps) for each in mine)
    subject = f"Gaps on the rotas: {number or 'none'} in the next {WEEKS_OF_GAPS} weeks"
    occasions = ((Kind.GAPS, week(monday(now))),)
    return Due(keeper.person, occasions, subject, "rota_gaps", context)


def _gap_lines(each, skills):
    for gap in each.gaps:
        role = Role(gap.role).label
        yield f"{role}: {wall_span(gap, each.rota)}: {said(gap, skills)}"


def most(lines: list[str]) -> list[str]:
    """As many as somebody reads; the rest is counted."""
    more = len(lines) - MOST
    return lines[:MOST] + ([f"and {more} more"] if more > 0 else [])


def readiness(now: datetime) -> list[Due]:
    """What to put right before the duties of the next two weeks, if anything."""
    found = _weekly(Kind.READINESS, now, WEEKS_OF_DUTIES)
    of_rota = {each.rota.pk: unready([each]) for _, mine in found for each in mine}
    due = (
        _of_readiness(
            keeper,
            [
                row
                for each in mine
                for row in of_rota[each.rota.pk]
                if keeper.keeps(row.partner)
            ],
            now,
        )
        for keeper, mine in found
    )
    return [message for message in due if message]


def _of_readiness(keeper, rows: Sequence[Unready], now):
    if not rows:
        return None
    context = {
        "weeks": WEEKS_OF_DUTIES,
        "headings": [
            (what.value, most([_line(row) for row in rows if row.what == what]))
            for what in What
        ],
        "address": absolute_url(reverse("rota:calendar")),
    }
    subject = "Duties of the next two weeks: what is not ready"
    occasions = ((Kind.READINESS, week(monday(now))),)
    return Due(keeper.person, occasions, subject, "rota_readiness", context)


def _line(row):
    who = row.person or (row.partner and row.partner.short_name)
    number = len(row.hours)
    duties = f", {number} times, first" if number > 1 else ","
    said = f"{row.rota.name}, {who}" if who else row.rota.name
    return f"{said}{duties} {wall_span(row.hours[0], row.rota)}"
