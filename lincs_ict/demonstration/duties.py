"""Changes of duties in the demonstration: cover, swaps, absence, a gap."""

from datetime import date, timedelta

from django.utils import timezone

from lincs_ict.demonstration.logins import LOGINS
from partners.models import StaffMember, User
from rota import tokens
from rota.duties import changes, cover, swaps
from rota.models import Block, Duty, DutyChange, RotaToken

Kind, Cause = DutyChange.Kind, Duty.Cause


def make_changes(servers, applications, telephony) -> None:
    """Make one of each kind of change that a rota sees in half a year."""
    chief = User.objects.get(email=LOGINS[0].email)
    _name_people(applications, chief)
    _correct_past(telephony, chief)
    _cover_part(servers, chief)
    _take_off_duty(telephony, chief)
    _ask_for_swaps(servers)
    _confirm_soon(servers)
    _arrange_christmas(servers)
    tokens.make(by=chief, kind=RotaToken.Kind.SWITCHBOARD, label="Switchboard")


def _coming(rota):
    rows = Duty.objects.current().filter(rota=rota, starts_at__gt=timezone.now())
    return rows.select_related("rota", "staff__partner", "partner").order_by(
        "starts_at", "role"
    )


def _name_people(rota, chief):
    """Name somebody for each turn of a partner, except for the latest ones."""
    rows = Duty.objects.current().filter(rota=rota, staff=None)
    limit = timezone.now() + timedelta(weeks=6)
    named = {}
    put = []
    for duty in rows.filter(ends_at__lt=limit).select_related("rota", "partner"):
        person = named.setdefault(duty.partner_id, _somebody_of(duty.partner_id))
        put.append(changes.put_instead(duty, person, Cause.ASSIGNED))
    why = "Named by the partners in their own lists"
    changes.make(by=chief, kind=Kind.CORRECTION, put=put, why=why)


def _somebody_of(partner):
    free = StaffMember.objects.in_post().filter(
        partner=partner, duties=None, absences=None
    )
    return free.exclude(telephone="").order_by("pk").first()


def _correct_past(rota, chief):
    """Correct a duty of two months ago that somebody else did."""
    before = timezone.now() - timedelta(weeks=8)
    past = Duty.objects.current().filter(rota=rota, starts_at__gt=before)
    first, second = past.select_related("rota", "staff__partner")[:2]
    put = [changes.put_instead(first, second.staff, Cause.COVER)]
    why = "Stepped in at short notice; recorded the next day"
    changes.make(by=chief, kind=Kind.CORRECTION, put=put, why=why)


def _cover_part(rota, chief):
    """Have four hours of a night next week covered by somebody else."""
    duty = _coming(rota).filter(role="primary")[8]
    candidates = [c for c in cover.candidates(duty) if c.is_ready]
    from_at = duty.starts_at + timedelta(hours=2)
    put = changes.put_instead(
        duty,
        candidates[0].person,
        Cause.COVER,
        from_at=from_at,
        until_at=from_at + timedelta(hours=4),
    )
    why = "Parents’ evening"
    cover.arrange(by=chief, kind=Kind.COVER, put=[put], why=why)


def _take_off_duty(rota, chief):
    """Take somebody off their duties of the week after next: these become gaps."""
    duty = _coming(rota).filter(starts_at__gt=timezone.now() + timedelta(weeks=2))[0]
    until_at = duty.starts_at + timedelta(days=4)
    cover.take_off_duty(
        by=chief, person=duty.staff, from_at=duty.starts_at, until_at=until_at
    )


def _ask_for_swaps(rota):
    """Make a swap that is accepted, one open to everybody, one for one person."""
    ahead = timezone.now() + timedelta(weeks=3)
    coming = _coming(rota).filter(starts_at__gt=ahead, role="secondary")
    done, waiting, named = coming[0], coming[3], coming[5]
    chief = User.objects.get(email=LOGINS[0].email)
    candidates = [c.person for c in cover.candidates(done) if c.is_ready]
    swap = swaps.ask(by=chief, duty=done, asked=candidates[:2], why="A wedding")
    swaps.accept(by=chief, swap=swap, person=candidates[0])
    swaps.ask(by=chief, duty=waiting, why="A concert in Lincoln")
    candidates = [c.person for c in cover.candidates(named) if c.is_ready]
    swaps.ask(by=chief, duty=named, asked=candidates[:1], why="School holidays")


def _confirm_soon(rota):
    soon = timezone.now() + timedelta(weeks=2)
    coming = _coming(rota).filter(starts_at__lt=soon).values("pk")
    Duty.objects.filter(pk__in=coming).update(confirmed_at=timezone.now())


def _arrange_christmas(rota):
    """Reserve Christmas to be arranged by hand."""
    year = timezone.localdate().year
    first = date(year, 12, 24)
    Block.objects.create(
        rota=rota, name=f"Christmas {year}", from_on=first, until_on=date(year, 12, 26)
    )
