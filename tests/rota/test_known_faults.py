"""Faults other rota programs are known for: each would show here."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from rota.duties import changes, generation, swaps
from rota.duties.calendar import shown
from rota.duties.changes import Assignment, Window
from rota.duties.on_duty import duty_periods
from rota.models import DutyChange
from rota.scheduling import clock
from rota.scheduling.demand import Demand, Need
from rota.scheduling.fairness import Measure, Member, Served, per_cent, tally
from rota.scheduling.gaps import GapKind, gaps
from rota.scheduling.rotation import Rotation, Unit
from rota.scheduling.schedule import Period, Plan, lay_out
from tests.factories import make_absence, make_partner, make_person, make_user
from tests.rota_makers import make_crew, make_demand, make_duty, make_rota, on_duty, utc

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NINE, FIVE = time(9), time(17)


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_coverage_is_not_the_sum_of_hours():
    day = utc("2026-11-24 00:00"), utc("2026-11-25 00:00")
    noon = utc("2026-11-24 12:00")
    need = Need("primary", *day, date(2026, 11, 24))
    periods = [Period("primary", n, day[0], noon, 1, n) for n in (1, 2)]
    found = gaps([need], periods, {}, *day)
    assert [(g.starts_at, g.ends_at, g.kind) for g in found] == [
        (noon, day[1], GapKind.NOBODY)
    ]


def test_fairness_is_not_only_among_those_who_served():
    members = [Member(1, "Ann", "Boston"), Member(2, "Ben", "Boston")]
    served = [Served(1, utc("2026-11-23 17:00"), utc("2026-11-24 09:00"))]
    year = utc("2026-01-01 00:00"), utc("2027-01-01 00:00")
    found = tally(served, members, *year, zone=LONDON)
    assert found.evenness[Measure.HOURS].jain == Fraction(1, 2)


@pytest.mark.django_db
def test_the_gap_finder_is_not_silent_on_an_empty_rota():
    rota = make_rota()
    make_demand(rota)
    (found,) = shown([rota], utc("2026-11-23 00:00"), utc("2026-11-30 00:00"))
    assert found.covered == 0
    assert found.open_time == found.needed > timedelta(days=3)


@pytest.mark.django_db
@pytest.mark.usefixtures("_now")
def test_a_swap_is_not_made_over_a_clash_or_leave():
    partner = make_partner()
    rota = make_rota(partners=[partner])
    ann, ben = (make_user(person=make_person(partner)) for _ in range(2))
    swap = swaps.ask(by=ann, duty=make_duty(rota, ann.person))
    make_absence(ben.person, date(2026, 11, 24))
    with pytest.raises(ValidationError, match="is away"):
        swaps.accept(by=ben, swap=swap, person=ben.person)


@pytest.mark.django_db
@pytest.mark.usefixtures("_now")
def test_a_schedule_made_in_summer_does_not_drift_in_winter():
    rota, _ = make_crew()
    with time_machine.travel("2026-08-01 12:00Z", tick=False):
        generation.generate(by=None, rota=rota, until_at=utc("2026-12-01 00:00"))
    starts = {clock.local(d.starts_at, LONDON).hour for d in rota.duties.all()[1:]}
    assert starts == {17}


def test_lengths_are_not_subtracted_by_the_clock_on_the_wall():
    begins = clock.begins(date(2026, 10, 24), FIVE, LONDON)
    ends = clock.ends(date(2026, 10, 25), NINE, LONDON)
    assert ends - begins == timedelta(hours=17)


@pytest.mark.django_db
def test_an_edit_does_not_rewrite_the_past():
    rota, people = make_crew()
    with time_machine.travel("2026-11-01 12:00Z", tick=False):
        generation.generate(by=None, rota=rota, until_at=utc("2026-12-20 00:00"))
    past = rota.duties.filter(starts_at__lt=NOW).order_by("pk")
    before = list(past.values())
    with time_machine.travel(NOW, tick=False):
        rota.rotations.get().members.get(staff=people[0]).delete()
        generation.generate(by=None, rota=rota, until_at=utc("2026-12-20 00:00"))
    assert list(past.values()) == before


@pytest.mark.django_db
@pytest.mark.usefixtures("_now")
def test_laying_out_again_changes_no_uid():
    rota, _ = make_crew()
    generation.generate(by=None, rota=rota, until_at=utc("2026-12-20 00:00"))
    before = set(rota.duties.values_list("uid", flat=True))
    generation.generate(by=None, rota=rota, until_at=utc("2026-12-20 00:00"))
    assert set(rota.duties.values_list("uid", flat=True)) == before


@pytest.mark.django_db
def test_the_zone_of_the_rota_counts_and_not_that_of_the_process():
    with timezone.override("America/New_York"):
        rota, _ = make_crew()
        with time_machine.travel(NOW, tick=False):
            generation.generate(by=None, rota=rota, until_at=utc("2026-12-01 00:00"))
        duty = rota.duties.earliest("starts_at")
    assert clock.local(duty.starts_at, LONDON).hour == 17


def week_of_nights():
    monday, week = frozenset({1}), timedelta(days=7)
    demand = Demand(1, "primary", NINE, week, weekdays=monday)
    turn = Rotation(1, "primary", 1, date(2026, 1, 5), NINE, Unit.WEEK)
    return Plan(LONDON, (demand,), (turn,))


@pytest.mark.django_db
@pytest.mark.usefixtures("_now")
def test_cover_is_not_dropped_after_the_first_day_of_a_long_turn():
    rota, ann = make_rota(), make_person(name="Ann")
    make_duty(rota, ann, "2026-11-24 09:00", "2026-12-01 09:00")
    ben = make_person(name="Ben")
    hours = utc("2026-11-25 09:00"), utc("2026-11-28 09:00")
    put = Assignment(Window(rota.pk, "primary", 1, *hours), ben.partner_id, ben.pk)
    changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
    names = [
        on_duty(rota, "primary", utc(f"2026-11-{day} 12:00"))[0].staff.name
        for day in range(24, 30)
    ]
    assert names == ["Ann", "Ben", "Ben", "Ben", "Ann", "Ann"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_now")
def test_no_cover_appears_where_a_query_begins_mid_week():
    rota, ann = make_rota(), make_person()
    make_duty(rota, ann, "2026-11-23 09:00", "2026-11-24 09:00")
    later = rota.duties.touching(utc("2026-11-25 00:00"), utc("2026-11-30 00:00"))
    assert duty_periods(later) == []
    window = utc("2026-11-25 00:00"), utc("2026-11-30 00:00")
    assert lay_out(week_of_nights(), *window) == []


@pytest.mark.parametrize(("part", "expected"), [(1, 1), (3, 2), (5, 3), (7, 4)])
def test_half_a_per_cent_is_not_rounded_to_even(part, expected):
    assert per_cent(part, 200) == expected
