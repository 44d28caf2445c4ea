"""The calendar as a picture: one lane for each place of a rota, one bar a duty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from partners.models import StaffMember
from rota.drawing import svg
from rota.drawing.timeline import Duty as Drawn
from rota.drawing.timeline import Mark, initials_of, short_name
from rota.duties.calendar import Entry
from rota.formatting import wall_input, wall_span
from rota.models import ROLES, Duty, Role, Rota, RotationMember
from rota.scheduling import clock

_MARKS = {Duty.Cause.SWAP: Mark.SWAP, Duty.Cause.COVER: Mark.COVER}
HOURS_OF_A_WEEK = 6


@dataclass(frozen=True, slots=True)
class Lane:
    """One place of a rota: its name and its drawing."""

    name: str
    drawing: str


@dataclass(frozen=True, slots=True)
class RotaLanes:
    """The lanes of one rota, and who is in them, by initials and colour."""

    rota: Rota
    lanes: tuple[Lane, ...]
    people: tuple[tuple[StaffMember, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all lanes of a picture share."""

    first: date
    days: int
    now: datetime
    holidays: Mapping[date, Sequence[str]]
    may_arrange: bool = False

    @property
    def hours(self) -> int:
        return HOURS_OF_A_WEEK if self.days <= 7 else 0

    def named_holidays(self) -> dict[date, str]:
        return {day: ", ".join(names) for day, names in self.holidays.items()}


def head(frame: Frame, zone) -> str:
    """The row of days above the lanes."""
    now = _local(frame.now, zone)
    return svg.head(
        svg.scale_of(frame.first, frame.days),
        now=now,
        clock=f"{now:%-I:%M%p}".lower(),
        holidays=frame.named_holidays(),
        hours=frame.hours,
    )


def pictures(
    rotas: Sequence[Rota], entries: Iterable[Entry], frame: Frame
) -> list[RotaLanes]:
    """Each rota with its lanes; one query for the colours of its people."""
    by_rota: dict[int, list[Entry]] = {rota.pk: [] for rota in rotas}
    for entry in entries:
        by_rota[entry.rota.pk].append(entry)
    order = _order_of_people(by_rota)
    return [_of_rota(rota, by_rota[rota.pk], order[rota.pk], frame) for rota in rotas]


def _order_of_people(by_rota):
    """By rota the people on it, in the order of its rotations, then as they come."""
    order = {rota: {} for rota in by_rota}
    turns = RotationMember.objects.filter(rotation__rota__in=by_rota)
    turns = turns.exclude(staff=None).order_by("rotation__rota", "rotation", "position")
    for rota, staff in turns.values_list("rotation__rota", "staff"):
        order[rota].setdefault(staff, len(order[rota]))
    for rota, entries in by_rota.items():
        for entry in entries:
            if entry.is_held:
                order[rota].setdefault(entry.duty.staff_id, len(order[rota]))
    return order


def _of_rota(rota, entries, colours, frame):
    places = _by_place(entries)
    scale = svg.scale_of(frame.first, frame.days)
    lanes = tuple(
        Lane(
            _place_name(role, place),
            svg.lane(
                [_drawn(entry, colours, frame) for entry in found],
                scale,
                name=f"{rota.name}, {_place_name(role, place).lower()}",
                now=_local(frame.now, rota.zone),
                holidays=frame.named_holidays(),
                hours=frame.hours,
            ),
        )
        for (role, place), found in sorted(places.items(), key=_in_order)
    )
    held = {e.duty.staff_id: e.duty.staff for e in entries if e.is_held}
    people = sorted(held, key=colours.__getitem__)
    badges = [svg.badge(initials_of(held[pk].name), colours[pk]) for pk in people]
    named = zip((held[pk] for pk in people), badges, strict=True)
    return RotaLanes(rota, lanes, tuple(named))


def _in_order(item):
    (role, place), _ = item
    return ROLES.index(role), place


def _place_name(role, place):
    return Role(role).label + (f" {place}" if place > 1 else "")


def _by_place(entries):
    """Entries by role and place; a gap that is nobody's lies where there is room."""
    places: dict[tuple[str, int], list[Entry]] = {}
    for entry in entries:
        if entry.duty:
            places.setdefault((entry.role, entry.duty.place), []).append(entry)
    for entry in entries:
        place = 1
        while not entry.duty and _is_taken(entry, places.get((entry.role, place), ())):
            place += 1
        if not entry.duty:
            places.setdefault((entry.role, place), []).append(entry)
    return places


def _is_taken(entry, others):
    return any(
        other.starts_at < entry.ends_at and other.ends_at > entry.starts_at
        for other in others
    )


def _drawn(entry: Entry, colours, frame) -> Drawn:
    zone, duty = entry.rota.zone, entry.duty
    span = wall_span(entry, entry.rota)
    times = _local(entry.starts_at, zone), _local(entry.ends_at, zone)
    if not entry.is_held:
        note = (
            entry.mark
            if duty is None or duty.staff
            else f"Gap: {duty.partner.short_name}"
        )
        title, way = f"{entry.mark}: {span}", _way(entry, frame)
        return Drawn(*times, mark=Mark.GAP, note=note, title=title, href=way)
    name = duty.staff.name
    mark = _MARKS.get(duty.cause, Mark.NONE)
    words = f"{mark.capitalize()}: {short_name(name)}" if mark else ""
    is_now = entry.starts_at <= frame.now < entry.ends_at
    title = f"{name}: {span}" + f", {mark}" * bool(mark) + ", on duty now" * is_now
    return Drawn(
        *times,
        person=name,
        initials=initials_of(name),
        mark=mark,
        note=words,
        uid=str(duty.uid),
        href=reverse("rota:duty", args=[duty.pk]),
        colour=colours[duty.staff_id],
        title=title + (f". {entry.mark}" if entry.mark else ""),
    )


def _way(entry, frame):
    """Where a gap leads: to its duty, or to naming somebody, for who may."""
    if entry.duty:
        return reverse("rota:duty", args=[entry.duty.pk])
    if not frame.may_arrange:
        return ""
    zone = entry.rota
    wanted = {
        "role": entry.role,
        "place": 1,
        "from": wall_input(entry.starts_at, zone),
        "until": wall_input(entry.ends_at, zone),
    }
    return f"{reverse('rota:assign', args=[entry.rota.slug])}?{urlencode(wanted)}"


def _local(moment, zone):
    """The time on the wall, without the zone that a picture does not know."""
    return clock.local(moment, zone).replace(tzinfo=None)


def days_between(first: date, after: date) -> int:
    """How many days a picture shows."""
    return (after - first) // timedelta(days=1)
