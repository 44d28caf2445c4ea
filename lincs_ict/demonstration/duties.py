"""What befell the duties of the demonstration: covers, swaps, absence, a gap."""

from datetime import date, timedelta

from django.utils import timezone

from lincs_ict.demonstration.logins import LOGINS
from partners.models import StaffMember, User
from rota import tokens
from rota.duties import changes, cover, swaps
from rota.models import Block, Duty, DutyChange, RotaToken

Kind, Cause = DutyChange.Kind, Duty.Cause


def befall(servers, applications, telephony) -> None:
    """Some of everything that a rota meets within half a year."""
    chief = User.objects.get(email=LOGINS[0].email)
    _name_people(applications, chief)
    _corrected(telephony, chief)
    _covered(servers, chief)
    _vacated(telephony, chief)
    _asked(servers)
    _confirmed(servers)
    _christmas(servers)
    tokens.make(by=chief, kind=RotaToken.Kind.SWITCHBOARD, label="Switchboard")


def _to_come(rota):
    rows = Duty.objects.current().filter(rota=rota, starts_at__gt=timezone.now())
    return rows.select_related("rota", "staff__partner", "partner").order_by(
        "starts_at", "role"
    )


def _name_people(rota, chief):
    """Each partner named somebody for its turns, save the last ones to come."""
    rows = Duty.objects.current().filter(rota=rota, staff=None)
    limit = timezone.now() + timedelta(weeks=6)
    named = {}
    put = []
    for duty in rows.filter(ends_at__lt=limit).select_related("rota", "partner"):
        person = named.setdefault(duty.partner_id, _somebody_of(duty.partner_id))
        put.append(changes.put_instead(duty, person, Cause.ASSIGNED))
    why = "Named by the partners, taken over from their own lists"
    changes.make(by=chief, kind=Kind.CORRECTION, put=put, why=why)


def _somebody_of(partner):
    free = StaffMember.objects.in_post().filter(
        partner=partner, duties=None, absences=None
    )
    return free.exclude(telephone="").order_by("pk").first()


def _corrected(rota, chief):
    """Two months ago somebody else had come: the past was put right."""
    before = timezone.now() - timedelta(weeks=8)
    past = Duty.objects.current().filter(rota=rota, starts_at__gt=before)
    first, second = past.select_related("rota", "staff__partner")[:2]
    put = [changes.put_instead(first, second.staff, Cause.COVER)]
    why = "Came instead at short notice; written down the day after"
    changes.make(by=chief, kind=Kind.CORRECTION, put=put, why=why)


def _covered(rota, chief):
    """A few hours of a night next week are covered by somebody else."""
    duty = _to_come(rota).filter(role="primary")[8]
    could = [c for c in cover.candidates(duty) if c.is_ready]
    from_at = duty.starts_at + timedelta(hours=2)
    put = changes.put_instead(
        duty,
        could[0].person,
        Cause.COVER,
        from_at=from_at,
        until_at=from_at + timedelta(hours=4),
    )
    why = "Parents’ evening"
    cover.arrange(by=chief, kind=Kind.COVER, put=[put], why=why)


def _vacated(rota, chief):
    """Somebody cannot serve the week after next: their duties are gaps."""
    duty = _to_come(rota).filter(starts_at__gt=timezone.now() + timedelta(weeks=2))[0]
    until_at = duty.starts_at + timedelta(days=4)
    cover.take_off_duty(
        by=chief, person=duty.staff, from_at=duty.starts_at, until_at=until_at
    )


def _asked(rota):
    """One swap accepted, one open to everybody, one waiting for somebody's answer."""
    ahead = timezone.now() + timedelta(weeks=3)
    coming = _to_come(rota).filter(starts_at__gt=ahead, role="secondary")
    done, waiting, named = coming[0], coming[3], coming[5]
    chief = User.objects.get(email=LOGINS[0].email)
    could = [c.person for c in cover.candidates(done) if c.is_ready]
    swap = swaps.ask(by=chief, duty=done, asked=could[:2], why="A wedding")
    swaps.accept(by=chief, swap=swap, person=could[0])
    swaps.ask(by=chief, duty=waiting, why="A concert in Lincoln")
    could = [c.person for c in cover.candidates(named) if c.is_ready]
    swaps.ask(by=chief, duty=named, asked=could[:1], why="School holidays")


def _confirmed(rota):
    soon = timezone.now() + timedelta(weeks=2)
    coming = _to_come(rota).filter(starts_at__lt=soon).values("pk")
    Duty.objects.filter(pk__in=coming).update(confirmed_at=timezone.now())


def _christmas(rota):
    """Christmas is arranged by hand; what is laid out for it stays until then."""
    year = timezone.localdate().year
    first = date(year, 12, 24)
    Block.objects.create(
        rota=rota, name=f"Christmas {year}", from_on=first, until_on=date(year, 12, 26)
    )
