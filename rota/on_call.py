"""Who is on call at a moment, on every rota, and whom to ring if nobody answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Window
from django.db.models.functions import RowNumber

from partners.models import StaffMember
from rota.duties.on_duty import DutyPeriod, of_rows
from rota.models import ROLES, Duty, Role, Rota

AHEAD = timedelta(days=14)
# Whoever is on call, those of a long turn that joins it, and some who may be away.
NEXT = 8


@dataclass(frozen=True, slots=True)
class OnCallPlace:
    """One place of a rota: who is there, until when, and who follows."""

    role: str
    place: int
    now: DutyPeriod | None
    until: datetime | None
    following: DutyPeriod | None
    # What stands for this moment although nobody is there.
    empty: DutyPeriod | None = None
    # The numbers to ring whoever is there on, the likeliest first.
    numbers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Primary, or Primary 2."""
        return Role(self.role).label + (f" {self.place}" if self.place > 1 else "")


@dataclass(frozen=True, slots=True)
class OnCallRota:
    """One rota at a moment."""

    rota: Rota
    moment: datetime
    places: tuple[OnCallPlace, ...]

    @property
    def contacts(self) -> list[OnCallPlace]:
        """Those on call in the order in which they are rung; shadows are not."""
        return [p for p in self.places if p.now and p.role != Role.SHADOW]

    @property
    def desks(self):
        """The partners of those on call, whose out-of-hours numbers come last."""
        partners = {place.now.duty.partner for place in self.contacts}
        reached = [p for p in partners if p.out_of_hours_telephone]
        return sorted(reached, key=lambda partner: partner.short_name)


def shown_to_all(person: StaffMember) -> bool:
    """Whether the mobile number is nobody's secret."""
    return not person.is_mobile_hidden


def on_call_rotas(
    rotas: Sequence[Rota],
    moment_of: Callable[[Rota], datetime],
    sees_mobile: Callable[[StaffMember], bool] = shown_to_all,
) -> list[OnCallRota]:
    """Each rota at its moment: one query, whatever the number of people."""
    moments = {rota.pk: moment_of(rota) for rota in rotas}
    if not rotas:
        return []
    first, last = min(moments.values()), max(moments.values()) + AHEAD
    rows = _nearest(moments, first, last).with_absences()
    rows = rows.select_related("staff__partner", "partner")
    by_rota = {rota.pk: [] for rota in rotas}
    known = {rota.pk: rota for rota in rotas}
    for duty in rows:
        duty.rota = known[duty.rota_id]
        by_rota[duty.rota_id].append(duty)
    return [
        _board(rota, moments[rota.pk], by_rota[rota.pk], sees_mobile) for rota in rotas
    ]


def _nearest(moments, first, last):
    """Of each place the duties that come next, and no more than are told of."""
    duties = Duty.objects.current().filter(rota__in=moments).touching(first, last)
    number = Window(
        RowNumber(), partition_by=["rota", "role", "place"], order_by="starts_at"
    )
    near = duties.order_by().annotate(number=number).filter(number__lte=NEXT)
    return Duty.objects.filter(pk__in=near.values("pk"))


def _board(rota, moment, rows, sees_mobile):
    by_place = {}
    for period in of_rows(rows):
        if period.ends_at > moment:
            place = ROLES.index(period.duty.role), period.duty.place
            by_place.setdefault(place, []).append(period)
    places = (
        _post(ROLES[role], place, found, moment, sees_mobile)
        for (role, place), found in sorted(by_place.items())
    )
    return OnCallRota(rota, moment, tuple(places))


def _post(role, place, found, moment, sees_mobile):
    held = [period for period in found if period.is_held]
    now = next((period for period in held if period.holds_at(moment)), None)
    until = _until(now, held) if now else None
    later = [period for period in held if period.starts_at >= (until or moment)]
    empty = [w for w in found if w.holds_at(moment) and not w.is_held]
    return OnCallPlace(
        role=role,
        place=place,
        now=now,
        until=until,
        following=later[0] if later else None,
        empty=None if now or not empty else empty[0],
        numbers=numbers_of(now.staff, sees_mobile) if now else (),
    )


def numbers_of(person: StaffMember, sees_mobile) -> tuple[str, ...]:
    """Work numbers to ring out of hours: the mobile first, where it may be seen."""
    mobile = person.mobile if sees_mobile(person) else ""
    return tuple(number for number in (mobile, person.telephone) if number)


def _until(now, held):
    """The end of it: duties of one person that join are told as one."""
    until = now.ends_at
    for period in held:
        if period.starts_at == until and period.duty.staff_id == now.duty.staff_id:
            until = period.ends_at
    return until
