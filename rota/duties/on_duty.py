"""Who is on duty: the one answer behind page, calendar, feed, CSV and message.

A duty counts as far as its person is there. From the day they have left, or on days
they are away, it is a gap, whoever asks and wherever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rota.models import Duty, Rota
from rota.scheduling import clock
from rota.scheduling.schedule import Piece, Stretch, without

INSTANT = timedelta(microseconds=1)


class Why(StrEnum):
    """Why nobody is there although a duty stands."""

    UNNAMED = "nobody named"
    LEFT = "left"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Watch:
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

    def piece(self) -> Piece:
        """The same for the pure modules."""
        duty = self.duty
        staff = duty.staff_id if self.is_held else None
        place = duty.role, duty.place, self.starts_at, self.ends_at
        return Piece(*place, duty.partner_id, staff)


def on_duty(rota: Rota, role: str, moment: datetime) -> list[Watch]:
    """Who is on duty at a moment, by place; each says until when.

    Empty where nobody is, whatever was arranged. The moment is aware.
    """
    duties = rota.duties.filter(role=role).at(moment)
    found = [w for w in watches(duties) if w.is_held and w.holds_at(moment)]
    return sorted(found, key=lambda watch: watch.duty.place)


def watches(duties) -> list[Watch]:
    """What duties come to, with their people's leave: one query, by start.

    `duties` is a QuerySet of Duty; what was replaced does not count.
    """
    rows = duties.standing().with_absences()
    return of_rows(rows.select_related("rota", "staff", "staff__partner", "partner"))


def of_rows(rows: Iterable[Duty]) -> list[Watch]:
    """The same of duties that were read `with_absences`, in their order."""
    found = [watch for duty in rows for watch in _parts(duty)]
    return sorted(found, key=lambda watch: watch.starts_at)


def within(found: Iterable[Watch], from_at: datetime, until_at: datetime):
    """The watches of which some part lies in the window, whole."""
    return [w for w in found if w.starts_at < until_at and w.ends_at > from_at]


def _parts(duty):
    whole = Piece(
        duty.role,
        duty.place,
        duty.starts_at,
        duty.ends_at,
        duty.partner_id,
        duty.staff_id,
    )
    if duty.staff is None:
        return [Watch(duty, duty.starts_at, duty.ends_at, Why.UNNAMED)]
    left = [*_left(duty)]
    here = without(whole, left)
    present = [part for piece in here for part in without(piece, _away(duty))]
    return [
        *(Watch(duty, p.starts_at, p.ends_at) for p in present),
        *_open(whole, here, duty, Why.LEFT),
        *(w for piece in here for w in _open(piece, present, duty, Why.AWAY)),
    ]


def _open(whole, kept, duty, why):
    taken = [Stretch(piece.starts_at, piece.ends_at) for piece in kept]
    return [
        Watch(duty, piece.starts_at, piece.ends_at, why)
        for piece in without(whole, taken)
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
