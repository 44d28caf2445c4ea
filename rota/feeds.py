"""Calendars that programs read by a secret address: one's own, a rota's, a partner's.

They show what the resolver says. The same duties make the same bytes, so that a
program that asks again is told that nothing changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from partners.mail.queue import absolute_url
from partners.models import Partner
from rota.duties.calendar import Shown, said, shown
from rota.duties.checks import names_of
from rota.duties.on_duty import DutyPeriod, duty_periods, within
from rota.formatting import wall_span
from rota.models import Duty, DutyChange, Role, Rota, RotaToken
from rota.scheduling import clock
from rota.scheduling.gaps import Gap

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
# As far as gaps are told where nothing is laid out yet.
GAPS_AHEAD = timedelta(weeks=8)
CANCELLED_FOR = timedelta(days=60)
ALARMS = (timedelta(days=-1), timedelta(hours=-1))
MAKER = "-//Shared ICT support//Out-of-hours rota//EN"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Span:
    """What a calendar covers: whole days of UTC, so that it changes once a day."""

    today: datetime

    @classmethod
    def now(cls) -> "Span":
        today = timezone.now().astimezone(clock.UTC)
        return cls(today.replace(hour=0, minute=0, second=0, microsecond=0))

    @property
    def starts_at(self) -> datetime:
        return self.today - BACK

    @property
    def ends_at(self) -> datetime:
        return self.today + AHEAD


def text_of(address: RotaToken) -> bytes:
    """The calendar that an address reads; a constant number of queries."""
    span = Span.now()
    if address.kind == RotaToken.Kind.OWN:
        return _own(address.staff, span)
    if address.kind == RotaToken.Kind.ROTA:
        found = shown([address.rota], span.starts_at, span.ends_at)
        scope = Duty.objects.filter(rota=address.rota)
        return _of_many(address.rota.name, scope, found, span)
    return _of_partner(address.partner, span)


def _own(person, span):
    scope = Duty.objects.filter(staff=person)
    near = duty_periods(scope.touching(span.starts_at, span.ends_at))
    found = within(near, span.starts_at, span.ends_at)
    # Nobody is named: the address alone does not say whose it is.
    return _text("my duties", _Duties(scope, found, span, is_own=True).events())


def _of_partner(partner: Partner, span):
    rotas = Rota.objects.current().filter(memberships__partner=partner)
    found = shown(list(rotas), span.starts_at, span.ends_at)
    scope = Duty.objects.filter(partner=partner)
    return _of_many(partner.short_name, scope, found, span, partner)


def _of_many(name, scope, found: Sequence[Shown], span, partner=None):
    seen = [w for each in found for w in each.duty_periods if _is_of(w, partner)]
    events = _Duties(scope.filter(staff__isnull=False), seen, span).events()
    return _text(name, [*events, *_gaps(found, span, partner)])


def _is_of(period, partner):
    return partner is None or period.duty.partner_id == partner.pk


def _text(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"On call: {name}")
    calendar.add(
        "refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"}
    )
    calendar.add("x-published-ttl", "PT1H")
    for event in sorted(events, key=lambda e: (e.start, e["uid"])):
        calendar.add_component(event)
    return calendar.to_ical()


class _Duties:
    """The events of duties: those held, and those to be taken out again."""

    def __init__(
        self,
        scope: QuerySet[Duty],
        found: Sequence[DutyPeriod],
        span: Span,
        is_own: bool = False,
    ):
        self.scope, self.span, self.is_own = scope, span, is_own
        self.duty_periods = [w for w in found if w.duty.staff_id]
        self.held = [w for w in self.duty_periods if w.is_held]

    def events(self) -> list[Event]:
        """Each uid once; what is gone is told for 60 days."""
        return [*map(self._held, self.held), *map(self._cut, self._cut_duties())] + [
            self._event(duty, duty, duty.uid, duty.replaced_by_id, is_on=False)
            for duty in self.gone
        ]

    @cached_property
    def latest(self) -> dict:
        """The duty that each uid stands for: undoing can leave the past the same."""
        found = {}
        for period in self.duty_periods:
            before = found.get(period.duty.uid, 0)
            found[period.duty.uid] = max(before, period.duty.pk)
        return found

    @cached_property
    def gone(self) -> list[Duty]:
        """Duties that were replaced lately and go on for nobody under their uid."""
        lately = self.span.today - CANCELLED_FOR
        rows = self.scope.filter(replaced_by__made_at__gte=lately)
        rows = rows.touching(self.span.starts_at, self.span.ends_at)
        rows = rows.order_by("uid", "-replaced_by_id", "-pk").distinct("uid")
        rows = rows.select_related("rota", "staff__partner", "partner")
        return [duty for duty in rows if duty.uid not in self.latest]

    @cached_property
    def made_at(self) -> dict[int, datetime]:
        """When each change was made that the events tell of."""
        ids = {period.duty.made_by_id for period in self.duty_periods}
        ids |= {duty.replaced_by_id for duty in self.gone}
        changes = DutyChange.objects.filter(pk__in=ids).order_by()
        return dict(changes.values_list("pk", "made_at"))

    def _cut_duties(self):
        """Duties whose person is not there for all of it: the whole is cancelled."""
        whole = {w.duty.pk for w in self.held if self._is_whole(w)}
        cut = {w.duty.pk: w.duty for w in self.duty_periods if w.duty.pk not in whole}
        return [duty for pk, duty in cut.items() if pk == self.latest[duty.uid]]

    def _is_whole(self, period):
        return (period.starts_at, period.ends_at) == (
            period.duty.starts_at,
            period.duty.ends_at,
        )

    def _held(self, period):
        duty = period.duty
        uid = str(duty.uid)
        if not self._is_whole(period) or duty.pk != self.latest[duty.uid]:
            # A part has hours of its own for good: another part is another entry.
            uid += f"-{period.starts_at:{_STAMP}}-{period.ends_at:{_STAMP}}"
        return self._event(duty, period, uid, duty.made_by_id)

    def _cut(self, duty):
        return self._event(duty, duty, duty.uid, duty.made_by_id, is_on=False)

    def _event(self, duty, hours, uid, change, is_on=True):
        event = _event(uid, hours, self.made_at[change], change)
        said = self._summary(duty)
        event.add("summary", said if is_on else f"Cancelled: {said}")
        event.add("description", _description(duty.rota, hours))
        event.add("url", absolute_url(reverse("rota:duty", args=[duty.pk])))
        event.add("status", "CONFIRMED" if is_on else "CANCELLED")
        if self.is_own and is_on:
            for before in ALARMS:
                event.add_component(_alarm(before, said))
        return event

    def _summary(self, duty):
        role = duty.get_role_display().lower()
        if self.is_own:
            return f"On call: {duty.rota.name}, {role}"
        return f"{duty.rota.name}, {role}: {duty.staff} ({duty.partner.short_name})"


def _event(uid, hours, changed_at, sequence):
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_ADDRESS).hostname}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sequence)
    event.add("dtstart", hours.starts_at.astimezone(clock.UTC))
    event.add("dtend", hours.ends_at.astimezone(clock.UTC))
    # Being on call is no reason to be shown as busy.
    event.add("transp", "TRANSPARENT")
    return event


def _description(rota, hours):
    lines = [wall_span(hours, rota), f"Answer within {rota.answer_within} minutes"]
    return "\n".join([*lines, *filter(None, [rota.covers])])


def _alarm(before, said):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", before)
    return alarm


def _gaps(found: Sequence[Shown], span, partner) -> list[Event]:
    """Gaps to come, as far as duties are laid out and at least some weeks."""
    told = [
        (each.rota, gap)
        for each in found
        for gap in each.gaps
        if span.today < gap.ends_at and gap.starts_at < _told_until(each, span)
        if partner is None or partner.pk in gap.owed_by
    ]
    named = names_of({gap.skill for _, gap in told if gap.skill})
    return [_gap(rota, gap, span, named) for rota, gap in told]


def _told_until(each, span):
    ends = (period.ends_at for period in each.duty_periods)
    return max([span.today + GAPS_AHEAD, *ends])


def _gap(rota: Rota, gap: Gap, span, named):
    wanted = gap.skill.skill if gap.skill else ""
    key = f"gap-{rota.pk}-{gap.role}-{gap.kind}{wanted}-{gap.starts_at:{_STAMP}}"
    event = _event(key, gap, span.today, span.today.toordinal())
    role = Role(gap.role).label.lower()
    event.add("summary", f"{rota.name}, {role}: {said(gap, named)}")
    event.add("description", wall_span(gap, rota))
    event.add("url", absolute_url(reverse("rota:gaps")))
    event.add("status", "CONFIRMED")
    return event
