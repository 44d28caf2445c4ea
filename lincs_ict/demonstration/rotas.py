"""Three rotas of the demonstration: half a year back and a quarter ahead."""

from datetime import date, time, timedelta

from django.utils import timezone

from lincs_ict.demonstration import duties
from lincs_ict.demonstration.logins import LOGINS
from partners.models import Absence, Partner, StaffMember
from rota import loading
from rota.duties.changes import Arrangement, write
from rota.models import (
    DemandSkill,
    DemandTemplate,
    Duty,
    DutyChange,
    Role,
    Rota,
    RotaPartner,
    Rotation,
    RotationMember,
)
from rota.scheduling import clock
from rota.scheduling.schedule import lay_out
from skills.models import Skill, SkillHeld

BACK, AHEAD = timedelta(weeks=26), timedelta(weeks=13)
WORKDAYS, WEEKEND = [1, 2, 3, 4, 5], [6, 7]
NIGHT, DAY, WHOLE = timedelta(hours=16), timedelta(hours=8), timedelta(hours=24)
Holidays = DemandTemplate.Holidays
SKILL = "Microsoft Active Directory"

# Name, short name, what it covers, minutes to answer, whom to ring last.
ROTAS = (
    (
        "Servers and networks",
        "infrastructure",
        "Servers, storage, networks, remote access and sign-in of all partners. Not "
        "for single computers: those wait until the morning.",
        15,
        "County Emergency Centre 01632 960800",
    ),
    (
        "Applications",
        "applications",
        "Revenues and benefits, housing, planning and finance systems, until 10pm.",
        30,
        "",
    ),
    (
        "Telephony and switchboard",
        "telephony",
        "Main numbers, contact centre lines and the emergency planning line.",
        10,
        "County Emergency Centre 01632 960800",
    ),
)


def make_rotas(today: date) -> None:
    """Make the rotas with their turns, past and future duties, and changes of them."""
    del today  # Duties are generated around the present moment.
    people = _people()
    servers, applications, telephony = (_rota(*row) for row in ROTAS)
    _hours(servers, (Role.PRIMARY, Role.SECONDARY))
    _hours(telephony, (Role.PRIMARY,))
    _evenings(applications)
    _lead(servers)
    _skill(servers)
    _turns(servers, Role.PRIMARY, people[0:8])
    _turns(servers, Role.SECONDARY, people[8:14])
    _turns(servers, Role.INCIDENT_LEAD, people[14:17])
    _turns(telephony, Role.PRIMARY, people[17:22], unit=Rotation.Unit.DAY)
    partners = Partner.objects.filter(kind="district").order_by("slug")[:4]
    _turns(applications, Role.PRIMARY, partners)
    for rota in (servers, applications, telephony):
        _generate_duties(rota)
    duties.make_changes(servers, applications, telephony)


def _rota(name, slug, covers, minutes, last_resort):
    rota = Rota.objects.create(
        name=name,
        slug=slug,
        covers=covers,
        answer_within=minutes,
        last_resort=last_resort,
        response_terms="At home, reached by telephone; counts as work once called.",
    )
    for partner in Partner.objects.current():
        RotaPartner.objects.create(rota=rota, partner=partner)
    return rota


def _people():
    """People with a login, then people with the skill, of each partner in turn."""
    away = Absence.objects.filter(begins_on__lte=timezone.localdate() + AHEAD)
    in_post = StaffMember.objects.in_post().exclude(telephone="", mobile="")
    held = SkillHeld.objects.filter(skill__name=SKILL, level__gte=2)
    logins = [login.email for login in LOGINS[1:4]]
    known = list(in_post.filter(user__email__in=logins).order_by("pk"))
    willing = in_post.filter(is_willing_to_help=True, user__isnull=True)
    free = willing.exclude(pk__in=away.order_by().values("staff"))
    by_partner = {}
    for person in free.select_related("partner").order_by("pk"):
        by_partner.setdefault(person.partner_id, []).append(person)
    rows = list(by_partner.values())
    others = [row[n] for n in range(4) for row in rows if len(row) > n]
    able = set(held.values_list("staff", flat=True))
    return known + sorted(others, key=lambda person: person.pk not in able)


def _hours(rota, roles):
    """Weekday nights, whole days at weekends, and the day of a bank holiday."""
    for role in roles:
        word = Role(role).label.lower()
        _demand(rota, role, f"Weekday nights, {word}", time(17), NIGHT, WORKDAYS)
        _demand(rota, role, f"Weekends, {word}", time(9), WHOLE, WEEKEND)
        _demand(
            rota,
            role,
            f"Bank holidays by day, {word}",
            time(9),
            DAY,
            WORKDAYS,
            on_holidays=Holidays.ONLY,
        )


def _evenings(rota):
    """Weekday evenings, except bank holidays, and Saturdays by day."""
    evening = timedelta(hours=5)
    _demand(
        rota,
        Role.PRIMARY,
        "Weekday evenings",
        time(17),
        evening,
        WORKDAYS,
        on_holidays=Holidays.NOT,
    )
    _demand(rota, Role.PRIMARY, "Saturdays", time(9), DAY, [6])


def _lead(rota):
    week = timedelta(days=7)
    _demand(rota, Role.INCIDENT_LEAD, "Incident lead", time(9), week, [1])


def _demand(rota, role, name, starts_at, length, weekdays, **options):
    return DemandTemplate.objects.create(
        rota=rota,
        role=role,
        name=name,
        starts_at=starts_at,
        length=length,
        weekdays=weekdays,
        from_on=date(2025, 1, 1),
        **options,
    )


def _skill(rota):
    skill = Skill.objects.filter(name=SKILL).first()
    primary = rota.demands.filter(role=Role.PRIMARY).order_by("pk").first()
    if skill:
        DemandSkill.objects.create(demand=primary, skill=skill, level=2)


def _turns(rota, role, members, unit=Rotation.Unit.WEEK):
    """Turns from a Monday at 9am, more than half a year back."""
    first = timezone.localdate() - BACK - timedelta(weeks=1)
    rotation = Rotation.objects.create(
        rota=rota,
        name=f"{Role(role).label} turns",
        role=role,
        unit=unit,
        start_on=first - timedelta(days=first.weekday()),
    )
    kind = "partner" if isinstance(members[0], Partner) else "staff"
    for number, member in enumerate(members, 1):
        RotationMember.objects.create(
            rotation=rotation, position=number, **{kind: member}
        )


def _generate_duties(rota):
    """Generate the duties of the last half year and the next quarter."""
    now = timezone.now().replace(second=0, microsecond=0)
    first = clock.day_begins(clock.local_day(now - BACK, rota.zone), rota.zone)
    pieces = lay_out(loading.plan_of(rota), first, now + AHEAD)
    made = [
        Duty(
            rota=rota,
            role=piece.role,
            place=piece.place,
            starts_at=piece.starts_at,
            ends_at=piece.ends_at,
            staff_id=piece.staff,
            partner_id=piece.partner,
            cause=Duty.Cause.GENERATED,
        )
        for piece in pieces
    ]
    kind = DutyChange.Kind.GENERATED
    write(by=None, kind=kind, arrangement=Arrangement(made=made))
