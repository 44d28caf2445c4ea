"""300 rotas of 400 partners and 10,000 people over two years, against bare SQL."""

from datetime import date, time, timedelta
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.utils import timezone

from partners.models import Partner, StaffMember
from rota.duties import generation
from rota.duties.changes import Arrangement, write
from rota.loading import holidays, plan_of
from rota.models import (
    DemandTemplate,
    Duty,
    DutyChange,
    Rota,
    RotaPartner,
    Rotation,
    RotationMember,
    RotaToken,
)
from rota.scheduling.schedule import lay_out
from tests.benchmarks.test_import import say  # noqa: F401 - a fixture
from tests.factories import make_user
from tests.rota_makers import make_token

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

PARTNERS, PEOPLE, ROTAS, MEMBERS = 400, 10_000, 300, 8
YEAR = timedelta(days=365)
# What the page of a month must read, and nothing else.
MONTH = """
SELECT d.id, d.role, d.place, d.starts_at, d.ends_at, d.cause, s.name, s.left_on, p.name
FROM rota_duty d LEFT JOIN partners_staffmember s ON s.id = d.staff_id
JOIN partners_partner p ON p.id = d.partner_id
WHERE d.replaced_by_id IS NULL AND d.rota_id = %s
AND d.starts_at > %s::timestamptz - interval '31 days' AND d.starts_at < %s
AND d.ends_at > %s ORDER BY d.starts_at
"""
NOW = """
SELECT r.name, d.role, d.place, d.starts_at, d.ends_at, s.name, s.telephone, p.name
FROM rota_rota r JOIN rota_duty d ON d.rota_id = r.id
JOIN partners_staffmember s ON s.id = d.staff_id
JOIN partners_partner p ON p.id = d.partner_id
WHERE d.replaced_by_id IS NULL AND d.starts_at > %s::timestamptz - interval '31 days'
AND d.starts_at < %s::timestamptz + interval '14 days' AND d.ends_at > %s
AND r.slug LIKE %s ORDER BY r.name, d.starts_at
"""


def seconds(work, times=5):
    """The median of some runs, after one to warm up."""
    work()
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)


def _counter(asked):
    def count(execute, statement, parameters, many, context):
        asked.append(statement)
        return execute(statement, parameters, many, context)

    return count


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


@pytest.fixture
def nation():
    """The partners, their people and their rotas, with nobody on duty yet."""
    partners = Partner.objects.bulk_create(
        Partner(name=f"P {n}", short_name=f"P {n}", slug=f"p-{n}", kind="district")
        for n in range(PARTNERS)
    )
    people = StaffMember.objects.bulk_create(
        StaffMember(
            partner=partners[n % PARTNERS],
            name=f"Person {n}",
            work_email=f"p{n}@b.example",
            telephone="01632 960001",
        )
        for n in range(PEOPLE)
    )
    for number in range(ROTAS):
        members = people[number * MEMBERS : (number + 1) * MEMBERS]
        _make_rota(number, partners, members)
    return Rota.objects.order_by("pk")


def _make_rota(number, partners, members):
    rota = Rota.objects.create(name=f"Rota {number}", slug=f"rota-{number}")
    RotaPartner.objects.create(rota=rota, partner=partners[number])
    first = date(2025, 1, 6)
    for name, days, start, hours in (
        ("Nights", [1, 2, 3, 4, 5], 17, 16),
        ("Weekends", [6, 7], 9, 24),
    ):
        DemandTemplate.objects.create(
            rota=rota,
            name=name,
            weekdays=days,
            starts_at=time(start),
            length=timedelta(hours=hours),
            from_on=first,
        )
    rotation = Rotation.objects.create(rota=rota, name="Turns", start_on=first)
    RotationMember.objects.bulk_create(
        RotationMember(rotation=rotation, staff=person, position=place)
        for place, person in enumerate(members, 1)
    )


def _serve_the_past(rotas, days):
    """A year of duties as they were served."""
    now = timezone.now()
    for rota in rotas:
        periods = lay_out(plan_of(rota, days), now - YEAR, now)
        made = [
            Duty(
                rota=rota,
                role=period.role,
                place=period.place,
                starts_at=period.starts_at,
                ends_at=period.ends_at,
                staff_id=period.staff,
                partner_id=period.partner,
                cause=Duty.Cause.GENERATED,
            )
            for period in periods
            if period.ends_at <= now
        ]
        kind = DutyChange.Kind.GENERATED
        write(by=None, kind=kind, arrangement=Arrangement(made=made))


def _a_year(rotas, days):
    until_at = timezone.now() + YEAR
    for rota in rotas:
        generation.generate(by=None, rota=rota, until_at=until_at, days=days)


def test_a_year_and_the_pages(nation, client, say):  # noqa: F811 - the fixture itself
    days = holidays()
    _serve_the_past(nation, days)
    for what in ("a year", "again, with nothing to change"):
        began = perf_counter()
        _a_year(nation, days)
        say(f"{what}, of {ROTAS} rotas: {perf_counter() - began:.1f} s")
    say(f"{Duty.objects.count():,} duties")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.force_login(make_user(person=StaffMember.objects.earliest("pk")))
    one = Partner.objects.get(slug="p-7")
    make_token(RotaToken.Kind.SWITCHBOARD, "all")
    make_token(RotaToken.Kind.SWITCHBOARD, "one", partner=one)
    _measure(client, say)


def _measure(client, say):  # noqa: F811 - the fixture itself
    now = timezone.now()
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rota = Rota.objects.get(slug="rota-7")
    month = (rota.pk, first, first + timedelta(days=31), first)
    empty = seconds(lambda: client.get("/privacy/"))
    floors = {
        "/rota/calendar/?rota=rota-7": lambda: sql(MONTH, *month),
        "/on-call/one/": lambda: sql(NOW, now, now, now, rota.slug),
        "/on-call/all/": lambda: sql(NOW, now, now, now, "%"),
    }
    for address, floor in floors.items():
        asked = []
        with connection.execute_wrapper(_counter(asked)):
            assert client.get(address).status_code == 200
        page, least = seconds(lambda a=address: client.get(a)), seconds(floor)
        ratio = (page - empty) / least
        say(
            f"{address}: {page * 1000:.1f} ms, {len(asked)} queries; SQL alone "
            f"{least * 1000:.1f} ms, an empty page {empty * 1000:.1f} ms; "
            f"{ratio:.1f} floors above the empty page"
        )
