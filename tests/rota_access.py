"""What there is of rotas for the walk over every address."""

from datetime import date

from rota.models import Duty, DutyChange, LayingOut, Rota, RotationMember, RotaToken
from tests.rota_makers import (
    make_block,
    make_demand,
    make_duty,
    make_laying_out,
    make_member,
    make_rota,
    make_rotation,
    make_swap,
    make_token,
)

WORDS = "words-of-{}"


def make_rota_things(partner, person):
    """A rota of one partner alone, with one of everything."""
    rota = make_rota(f"Rota of {partner.short_name}", [partner])
    make_demand(rota)
    rotation = make_rotation(rota)
    make_member(rotation, person, position=1)
    make_block(rota, date(2027, 12, 24), date(2027, 12, 27))
    duty = make_duty(rota, person, "2027-11-22 17:00", "2027-11-23 09:00")
    make_swap(duty)
    make_laying_out()
    words = WORDS.format(partner.slug)
    make_token(RotaToken.Kind.SWITCHBOARD, f"{words}-1", partner=partner)
    make_token(RotaToken.Kind.OWN, f"{words}-2", staff=person)


def address_of(partner, route):
    """The address of the things of one partner's rota that a route leads to."""
    rota = Rota.objects.filter(memberships__partner=partner).earliest("pk")
    duty = Duty.objects.filter(rota=rota).earliest("pk")
    members = RotationMember.objects.filter(rotation__rota=rota)
    change = DutyChange.objects.filter(made=duty).earliest("pk")
    parts = {
        "<slug:rota>": rota.slug,
        "<int:demand>": rota.demands.earliest("pk").pk,
        "<int:rotation>": rota.rotations.earliest("pk").pk,
        "<int:block>": rota.blocks.earliest("pk").pk,
        "<int:member>": members.earliest("pk").pk,
        "<int:run>": LayingOut.objects.earliest("pk").pk,
        "<int:duty>": duty.pk,
        "<int:person>": duty.staff_id,
        "<int:swap>": duty.swaps.earliest("pk").pk,
        "<int:change>": change.pk,
        "<int:address>": partner.rota_tokens.earliest("pk").pk,
        "<slug:partner>": partner.slug,
        "<str:words>": f"{WORDS.format(partner.slug)}-2",
        "<str:token>": f"{WORDS.format(partner.slug)}-1",
    }
    for pattern, said in parts.items():
        route = route.replace(pattern, str(said))
    return route
