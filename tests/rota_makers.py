"""Plain makers of rotas, duties and what decides them."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count

from rota.duties.on_duty import DutyPeriod, duty_periods
from rota.models import (
    Block,
    DemandSkill,
    DemandTemplate,
    Duty,
    DutyChange,
    LayingOut,
    MemberExclusion,
    Rota,
    RotaPartner,
    Rotation,
    RotationMember,
    RotaToken,
    Swap,
    SwapAsked,
)
from tests.factories import make_partner, make_person

_number = count(1)
NIGHT = timedelta(hours=16)
WORKDAYS = [1, 2, 3, 4, 5]


def utc(text):
    """An instant written as “2026-11-22 17:00”."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_rota(name=None, partners=(), **fields):
    name = name or f"Rota {next(_number)}"
    slug = name.lower().replace(" ", "-")
    rota = Rota.objects.create(name=name, **{"slug": slug} | fields)
    for partner in partners:
        RotaPartner.objects.create(rota=rota, partner=partner)
    return rota


def make_demand(rota, name="Nights", starts_at="17:00", length=NIGHT, **fields):
    fields = {"from_on": date(2025, 1, 1)} | fields
    at = time.fromisoformat(starts_at)
    return DemandTemplate.objects.create(
        rota=rota, name=name, starts_at=at, length=length, **fields
    )


def make_demand_skill(demand, skill, level=2):
    return DemandSkill.objects.create(demand=demand, skill=skill, level=level)


def make_rotation(rota, members=(), name="Turns", **fields):
    """A weekly rotation from Monday 5 January 2026 at 5pm, of people or partners."""
    said = {"start_on": date(2026, 1, 5), "handover": time(17)} | fields
    rotation = Rotation.objects.create(rota=rota, name=name, **said)
    for number, who in enumerate(members, 1):
        make_member(rotation, who, position=number)
    return rotation


def make_member(rotation, who, **fields):
    kind = "staff" if hasattr(who, "work_email") else "partner"
    said = {kind: who, "position": 99} | fields
    return RotationMember.objects.create(rotation=rotation, **said)


def make_exclusion(member, from_on, until_on=None):
    return MemberExclusion.objects.create(
        member=member, from_on=from_on, until_on=until_on
    )


def make_block(rota, from_on, until_on, name="Christmas"):
    return Block.objects.create(
        rota=rota, name=name, from_on=from_on, until_on=until_on
    )


def make_change(kind=DutyChange.Kind.ASSIGNED, **fields):
    return DutyChange.objects.create(kind=kind, **fields)


def make_duty(
    rota, staff, starts="2026-11-23 17:00", ends="2026-11-24 09:00", **fields
):
    """A duty by somebody, or by a partner that has not named anyone; times are UTC."""
    partner = fields.pop("partner", None) or staff.partner
    said = {"role": "primary", "cause": Duty.Cause.ASSIGNED} | fields
    change = said.pop("made_by", None) or make_change()
    return Duty.objects.create(
        rota=rota,
        staff=staff,
        partner=partner,
        starts_at=utc(starts),
        ends_at=utc(ends),
        made_by=change,
        **said,
    )


def make_swap(duty, *asked, **fields):
    """A request of everybody, or of the people named."""
    said = {"starts_at": duty.starts_at, "ends_at": duty.ends_at} | fields
    said = {"kind": Swap.Kind.NAMED if asked else Swap.Kind.OPEN} | said
    swap = Swap.objects.create(duty=duty, **said)
    for person in asked:
        SwapAsked.objects.create(swap=swap, staff=person)
    return swap


def make_laying_out(**fields):
    """All rotas laid out once, and done."""
    said = {"state": LayingOut.State.DONE, "last_day": date(2027, 6, 30)} | fields
    return LayingOut.objects.create(**said)


def make_token(kind=RotaToken.Kind.OWN, words="", **fields):
    """A secret address of these words; only the hash is kept."""
    digest = sha256((words or f"token {next(_number)}").encode()).digest()
    return RotaToken.objects.create(kind=kind, digest=digest, **fields)


def make_crew(number=3, **fields):
    """A rota of one partner, with people who take turns by the week."""
    partner = make_partner()
    rota = make_rota(partners=[partner])
    people = [make_person(partner) for _ in range(number)]
    make_demand(rota)
    make_rotation(rota, people, **fields)
    return rota, people


def on_duty(rota: Rota, role: str, moment: datetime) -> list[DutyPeriod]:
    """Who is on duty at a moment, by place; each says until when.

    Empty where nobody is, whatever was arranged. The moment is aware.
    """
    duties = rota.duties.filter(role=role).at(moment)
    found = [w for w in duty_periods(duties) if w.is_held and w.holds_at(moment)]
    return sorted(found, key=lambda duty_period: duty_period.duty.place)
