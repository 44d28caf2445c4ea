"""What is not ready about the duties of the next weeks: who would not be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from partners.models import Partner, StaffMember
from rota.duties.calendar import Shown
from rota.duties.on_duty import DutyPeriod, Why
from rota.models import Role, Rota
from rota.on_call import numbers_of, shown_to_all
from rota.scheduling.schedule import Period, Stretch, without


class What(StrEnum):
    """What is missing, in words, the worst first."""

    UNNAMED = "A partner's turn with nobody named"
    TELEPHONE = "On duty without a phone number"
    ALONE = "Nobody is second on call"
    UNCONFIRMED = "Not confirmed yet"


@dataclass(frozen=True, slots=True)
class Unready:
    """One thing to put right, with the hours it concerns; all partners' where none."""

    what: What
    rota: Rota
    hours: tuple[DutyPeriod | Period, ...]
    partner: Partner | None = None
    person: StaffMember | None = None


def unready(found: Iterable[Shown]) -> list[Unready]:
    """Everything to put right in what is shown, each person and rota once."""
    rows = [row for each in found for row in (*_of_duties(each), *_alone(each))]
    order = list(What)
    return sorted(rows, key=lambda r: (order.index(r.what), r.hours[0].starts_at))


def _of_duties(each):
    groups = {}
    for duty_period in each.duty_periods:
        if duty_period.duty.role != Role.SHADOW:
            for what in _lacking(duty_period):
                key = what, duty_period.duty.partner_id, duty_period.duty.staff_id
                groups.setdefault(key, []).append(duty_period)
    for (what, _, _), hours in groups.items():
        duty = hours[0].duty
        yield Unready(what, each.rota, tuple(hours), duty.partner, duty.staff)


def _lacking(duty_period):
    if duty_period.open_because == Why.UNNAMED:
        yield What.UNNAMED
    if duty_period.is_held and not numbers_of(duty_period.staff, shown_to_all):
        yield What.TELEPHONE
    if duty_period.is_held and duty_period.duty.confirmed_at is None:
        yield What.UNCONFIRMED


def _alone(each):
    """Where nobody else is on call beside the first: a shadow does not count."""
    held = [w for w in each.duty_periods if w.is_held and w.duty.role != Role.SHADOW]
    alone = [
        period
        for duty_period in held
        if duty_period.duty.role == Role.PRIMARY
        for period in without(duty_period.period(), _others(duty_period, held))
    ]
    if alone:
        yield Unready(What.ALONE, each.rota, tuple(alone))


def _others(duty_period, held):
    return [
        Stretch(other.starts_at, other.ends_at)
        for other in held
        if other.duty.staff_id != duty_period.duty.staff_id
        and other.starts_at < duty_period.ends_at
        and other.ends_at > duty_period.starts_at
    ]
