"""What is not ready about the duties of the next weeks: who would not be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from partners.models import Partner, StaffMember
from rota.duties.calendar import Shown
from rota.duties.on_duty import Watch, Why
from rota.models import Role, Rota
from rota.on_call import numbers_of, shown_to_all
from rota.scheduling.schedule import Piece, Stretch, without


class What(StrEnum):
    """What is missing, in words, the worst first."""

    UNNAMED = "A partner's turn with nobody named"
    TELEPHONE = "On duty without a telephone number"
    ALONE = "Nobody is second"
    UNCONFIRMED = "Not confirmed yet"


@dataclass(frozen=True, slots=True)
class Unready:
    """One thing to put right, with the hours it concerns; all partners' where none."""

    what: What
    rota: Rota
    hours: tuple[Watch | Piece, ...]
    partner: Partner | None = None
    person: StaffMember | None = None


def unready(found: Iterable[Shown]) -> list[Unready]:
    """Everything to put right in what is shown, each person and rota once."""
    rows = [row for each in found for row in (*_of_duties(each), *_alone(each))]
    order = list(What)
    return sorted(rows, key=lambda r: (order.index(r.what), r.hours[0].starts_at))


def _of_duties(each):
    groups = {}
    for watch in each.watches:
        if watch.duty.role != Role.SHADOW:
            for what in _lacking(watch):
                key = what, watch.duty.partner_id, watch.duty.staff_id
                groups.setdefault(key, []).append(watch)
    for (what, _, _), hours in groups.items():
        duty = hours[0].duty
        yield Unready(what, each.rota, tuple(hours), duty.partner, duty.staff)


def _lacking(watch):
    if watch.open_because == Why.UNNAMED:
        yield What.UNNAMED
    if watch.is_held and not numbers_of(watch.staff, shown_to_all):
        yield What.TELEPHONE
    if watch.is_held and watch.duty.confirmed_at is None:
        yield What.UNCONFIRMED


def _alone(each):
    """Where nobody else is on call beside the first: a shadow does not count."""
    held = [w for w in each.watches if w.is_held and w.duty.role != Role.SHADOW]
    alone = [
        piece
        for watch in held
        if watch.duty.role == Role.PRIMARY
        for piece in without(watch.piece(), _others(watch, held))
    ]
    if alone:
        yield Unready(What.ALONE, each.rota, tuple(alone))


def _others(watch, held):
    return [
        Stretch(other.starts_at, other.ends_at)
        for other in held
        if other.duty.staff_id != watch.duty.staff_id
        and other.starts_at < watch.ends_at
        and other.ends_at > watch.starts_at
    ]
