"""Who is told of duties to come: four weeks, a week and a day before, and on Mondays.

On Mondays it is what the next two weeks bring. Somebody gets one message a day,
whatever it tells of, and a turn of several nights is told of as one. Whoever was told
of a duty by the change that made it is not reminded of what lay before that.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from partners.mail.queue import absolute_url
from partners.models import Reminder, StaffMember
from rota.duties import swaps
from rota.duties.on_duty import DutyPeriod, duty_periods
from rota.formatting import wall_span, wall_when
from rota.messages import once, weekly_digest
from rota.messages.once import Due
from rota.models import Duty
from rota.scheduling import clock

Kind = Reminder.Kind
# Days before a duty, the last first: one reminder of each.
NOTICE = (1, 7, 28)
AHEAD = timedelta(days=14)
# Nights that follow each other with less between them are one turn.
ONE_TURN = timedelta(hours=24)
MOST = 20


def daily() -> None:
    """What the worker does once a day."""
    swaps.lapse_over()
    send()


def send() -> list[Due]:
    """Everything that is due now, to those on duty and to coordinators."""
    finds = (_to_those_on_duty, weekly_digest.gaps, weekly_digest.readiness)
    return [due for find in finds for due in once.send(find)]


def _to_those_on_duty(now: datetime) -> list[Due]:
    told = once.known(Kind.DUTY, Kind.AHEAD)
    found = (_message(mine, told, now) for mine in _by_person(now))
    return [due for due in found if due]


def _by_person(now) -> list[Sequence[DutyPeriod]]:
    """The duties to come of everybody who is here, by start: two queries."""
    until = now + timedelta(days=max(NOTICE) + 2) + AHEAD
    here = StaffMember.objects.in_post().order_by()
    near = Duty.objects.filter(staff__in=here.values("pk")).touching(now, until)
    found = defaultdict(list)
    for period in duty_periods(near.select_related("made_by")):
        if period.is_held and period.starts_at > now:
            found[period.duty.staff_id].append(period)
    return [found[pk] for pk in sorted(found)]


def _message(mine, told, now):
    person = mine[0].duty.staff
    ahead, week = _look_ahead(mine, told, now)
    due = _reminders(mine, told, now)
    if not (ahead or due):
        return None
    later = [
        period for period in dict.fromkeys(w for w, _ in due) if period not in ahead
    ]
    occasions = [(Kind.AHEAD, week)] if ahead else []
    occasions += [(Kind.DUTY, occasion) for _, occasion in due]
    context = {
        "ahead": _lines(ahead),
        "later": _lines(later),
        "address": absolute_url(reverse("rota:mine")),
    }
    subject = _subject(ahead, later)
    return Due(person, tuple(occasions), subject, "duties_to_come", context)


def _subject(ahead, later):
    if ahead:
        return "On call in the next two weeks"
    first = min(later, key=lambda period: period.starts_at)
    return f"On call from {wall_when(first.starts_at, first.duty.rota)}"


def _lines(found):
    found = sorted(found, key=lambda period: period.starts_at)
    lines = [_line(period) for period in found[:MOST]]
    more = len(found) - MOST
    return lines + ([f"and {more} more"] if more > 0 else [])


def _line(period):
    duty = period.duty
    said = f"{duty.rota.name}, {duty.get_role_display().lower()}"
    asked = "" if duty.confirmed_at else " (please confirm)"
    return f"{said}: {wall_span(period, duty.rota)}{asked}"


def _look_ahead(mine, told, now):
    """The next two weeks, if they were not told this week, and which week it is."""
    monday = weekly_digest.monday(now)
    week = weekly_digest.week(monday)
    if (mine[0].duty.staff_id, Kind.AHEAD, week) in told:
        return [], week
    begins = clock.day_begins(monday, timezone.get_default_timezone())
    rows = [period for period in mine if period.starts_at < begins + AHEAD]
    if timezone.localdate(now) != monday:
        # Later in the week only if Monday was missed: not for what came since.
        rows = rows if any(w.duty.made_by.made_at < begins for w in rows) else []
    return rows, week


def _reminders(mine, told, now):
    """Each duty with the occasion it is told on, and those of the same turn."""
    found = {}
    for number, period in enumerate(mine):
        days = _notice(period, now)
        if days and not _is_told(period, days, told) and (period, days) not in found:
            for each in _turn(mine[number:]):
                if not _is_told(each, days, told):
                    found[each, days] = _occasion(each, days)
    return [(period, occasion) for (period, _), occasion in found.items()]


def _notice(period, now):
    """How many days before it is told now; nothing if it was made since then."""
    zone = period.duty.rota.zone
    starts_on = clock.local_day(period.starts_at, zone)
    before = (starts_on - clock.local_day(now, zone)).days
    days = next((number for number in NOTICE if before <= number), None)
    if days is None:
        return None
    made_on = clock.local_day(period.duty.made_by.made_at, zone)
    return days if made_on < starts_on - timedelta(days=days) else None


def _turn(rest):
    """The duties that follow the first with little between them."""
    last = rest[0]
    for period in rest:
        is_near = period.starts_at < rest[0].starts_at + AHEAD
        if period.starts_at - last.ends_at > ONE_TURN or not is_near:
            return
        yield period
        last = period


def _occasion(period, days):
    # Part of a duty, where leave cuts it, is an occasion of its own.
    return f"{period.duty.uid} {period.starts_at:%Y%m%dT%H%MZ} {days}"


def _is_told(period, days, told):
    return (period.duty.staff_id, Kind.DUTY, _occasion(period, days)) in told
