"""Who is on duty: the one answer behind page, calendar, feed, CSV and message.

A duty counts as far as its person is there. From the day they have left, or on days
they are away, it is a gap, whoever asks and wherever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rota.models import Duty
from rota.scheduling import clock
from rota.scheduling.schedule import Period, Stretch, without

INSTANT = timedelta(microseconds=1)


class Why(StrEnum):
    """Why nobody is there although a duty stands."""

    UNNAMED = "nobody named"
    LEFT = "left"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """Part of a duty, UTC and half-open: held by its person, or open and why."""

    duty: Duty
    starts_at: datetime
    ends_at: datetime
    open_because: Why | None = None

    @property
    def is_held(self) -> bool:
        return self.open_because is None

    @property
    def staff(self):
        """Who is there; None where nobody is."""
        return self.duty.staff if self.is_held else None

    def holds_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def period(self) -> Period:
        """The same for the pure modules."""
        duty = self.duty
        staff = duty.staff_id if self.is_held else None
        place = duty.role, duty.place, self.starts_at, self.ends_at
        return Period(*place, duty.partner_id, staff)


def duty_periods(duties) -> list[DutyPeriod]:
    """What duties come to, with their people's leave: one query, by start.

    `duties` is a QuerySet of Duty; what was replaced does not count.
    """
    rows = duties.current().with_absences()
    return of_rows(rows.select_related("rota", "staff", "staff__partner", "partner"))


def of_rows(rows: Iterable[Duty]) -> list[DutyPeriod]:
    """The same of duties that were read `with_absences`, in their order."""
    found = [duty_period for duty in rows for duty_period in _parts(duty)]
    return sorted(found, key=lambda duty_period: duty_period.starts_at)


def within(found: Iterable[DutyPeriod], from_at: datetime, until_at: datetime):
    """The watches of which some part lies in the window, whole."""
    return [w for w in found if w.starts_at < until_at and w.ends_at > from_at]


def _parts(duty):
    whole = Period(
        duty.role,
        duty.place,
        duty.starts_at,
        duty.ends_at,
        duty.partner_id,
        duty.staff_id,
    )
    if duty.staff is None:
        return [DutyPeriod(duty, duty.starts_at, duty.ends_at, Why.UNNAMED)]
    left = [*_left(duty)]
    here = without(whole, left)
    present = [part for period in here for part in without(period, _away(duty))]
    return [
        *(DutyPeriod(duty, p.starts_at, p.ends_at) for p in present),
        *_open(whole, here, duty, Why.LEFT),
        *(w for period in here for w in _open(period, present, duty, Why.AWAY)),
    ]


def _open(whole, kept, duty, why):
    taken = [Stretch(period.starts_at, period.ends_at) for period in kept]
    return [
        DutyPeriod(duty, period.starts_at, period.ends_at, why)
        for period in without(whole, taken)
    ]


def _left(duty):
    for day in (duty.staff.left_on, duty.staff.partner.left_on):
        if day:
            yield Stretch(clock.day_begins(day, duty.rota.zone), _END)


def _away(duty):
    zone = duty.rota.zone
    for spell in duty.away:
        begins = clock.day_begins(date.fromisoformat(spell["begins"]), zone)
        ends = spell["ends"]
        after = date.fromisoformat(ends) + clock.DAY if ends else None
        yield Stretch(begins, clock.day_begins(after, zone) if after else _END)


_END = datetime.max.replace(tzinfo=clock.UTC)
