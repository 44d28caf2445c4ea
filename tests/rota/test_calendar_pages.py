"""The calendar, one's own duties and the report of gaps."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests.factories import (
    make_absence,
    make_holiday,
    make_partner,
    make_person,
    make_skill,
    make_user,
)
from tests.rota_makers import (
    make_demand,
    make_demand_skill,
    make_duty,
    make_rota,
)
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
CALENDAR, GAPS = "/rota/calendar/", "/rota/gaps/"
LIST = "/rota/calendar/?view=list"


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def rota(boston):
    return make_rota("Servers", partners=[boston])


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able")


@pytest.fixture
def staff(client, ann):
    client.force_login(make_user(person=ann))
    client.get("/rota/mine/")
    return client


def csv(response):
    return response.getvalue().decode().splitlines()


def test_a_month_shows_duties_gaps_and_bank_holidays(staff, rota, ann):
    make_demand(rota, until_on=date(2026, 11, 25), from_on=date(2026, 11, 23))
    make_duty(rota, ann)
    make_holiday(date(2026, 11, 25), "Founders’ Day")
    assert "November 2026" in text_of(staff.get(CALENDAR))
    page = text_of(staff.get(LIST))
    assert "5pm to 9am" in page
    assert page.count("Gap: nobody") == 2
    assert "Founders’ Day" in page
    assert "Monday 23 November <small>today</small>" in page


def test_a_week_begins_on_monday_and_leads_on(staff, rota):
    page = text_of(staff.get(f"{CALENDAR}?view=week&on=2026-11-29"))
    assert "Week of 23 November 2026" in page
    assert "on=2026-11-22" in page
    assert "on=2026-11-30" in page
    assert "There are no duties or gaps" in page


def test_whoever_is_away_is_a_gap_in_place(staff, rota, ann):
    make_demand(rota, until_on=date(2026, 11, 23), from_on=date(2026, 11, 23))
    make_duty(rota, ann)
    make_absence(ann, date(2026, 11, 24))
    page = text_of(staff.get(LIST))
    assert "5pm to midnight" in page
    assert "midnight to 9am" in page
    assert page.count("Gap: Ann Able is away") == 1
    assert "Gap: nobody" not in page


def test_an_open_duty_is_shown_though_nothing_asks_for_it(staff, rota, ann, boston):
    make_duty(rota, ann)
    make_duty(rota, None, "2026-11-25 17:00", "2026-11-26 09:00", partner=boston)
    make_absence(ann, date(2026, 11, 23), date(2026, 11, 24))
    for asked in ("", "?partner=boston", f"?person={ann.pk}"):
        page = text_of(staff.get(CALENDAR + asked))
        assert "Gap: Ann Able is away" in page
    assert "Gap: Boston has not named anyone" in text_of(staff.get(CALENDAR))
    lines = csv(staff.get("/rota/gaps.csv"))
    assert "Gap: Boston has not named anyone,Boston" in lines[-1]


def test_a_short_rest_and_a_missing_skill_are_marked(staff, rota, ann):
    demand = make_demand(rota, until_on=date(2026, 11, 24), from_on=date(2026, 11, 23))
    make_demand_skill(demand, make_skill("Firewalls"), 3)
    make_duty(rota, ann)
    make_duty(rota, ann, "2026-11-24 17:00", "2026-11-25 09:00")
    page = text_of(staff.get(CALENDAR))
    assert "Less than 11 hours of rest before" in page
    assert "Skill missing: Firewalls at Practitioner or above" in page


def test_part_of_it_may_be_asked_for(staff, rota, ann):
    make_duty(rota, ann)
    lin = make_person(make_partner("Lincoln"), "Lin Other")
    make_duty(make_rota("Phones"), lin)
    for asked in ("rota=phones", "partner=lincoln", f"person={lin.pk}"):
        page = text_of(staff.get(f"{CALENDAR}?{asked}"))
        assert "Lin Other" in page
        assert "Ann Able</a><br>" not in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("on=x", "There is a problem"),
        ("on=0001-01-01", "Enter a date from 2000"),
        ("view=year", "Choose show from the list"),
        ("rota=nowhere", "Choose rota from the list"),
        ("person=0", "Choose person from the list"),
    ],
)
def test_what_is_not_understood_is_said(staff, rota, asked, sentence):
    assert sentence in text_of(staff.get(f"{CALENDAR}?{asked}"))


def test_the_csv_asks_the_same_question(staff, rota, ann):
    make_duty(rota, ann)
    lines = csv(staff.get("/rota/calendar.csv?on=2026-11-23&view=week"))
    assert lines[1:] == [
        "2026-11-23,Servers,Primary,2026-11-23 17:00,2026-11-24 09:00,Ann Able,"
        "Boston,Named,,2026-11-23T17:00Z,2026-11-24T09:00Z"
    ]
    assert len(csv(staff.get("/rota/calendar.csv?on=2026-12-23"))) == 1


def test_a_fuller_month_asks_no_more(staff, boston, django_assert_num_queries):
    for number in range(1, 21):
        rota = make_rota(partners=[boston])
        make_demand_skill(make_demand(rota), make_skill(), 1)
        make_duty(rota, make_person(boston))
        if number in (1, 20):
            with django_assert_num_queries(14):
                staff.get(CALENDAR)


def test_gaps_are_told_with_hours_and_how_much_is_covered(staff, rota, ann):
    make_demand(rota, until_on=date(2026, 11, 24), from_on=date(2026, 11, 23))
    make_duty(rota, ann)
    page = text_of(staff.get(GAPS))
    assert "50% of the hours to cover are covered" in page
    assert "5pm on Tuesday 24 November 2026 to 9am on Wednesday" in page
    assert "16 hours" in page
    line = "Servers,Primary,2026-11-24 17:00,2026-11-25 09:00,16.00,Gap: nobody,"
    assert csv(staff.get("/rota/gaps.csv"))[1] == line


def test_an_empty_rota_is_named_and_not_passed_over(staff, rota):
    assert "has no hours to cover" in text_of(staff.get(GAPS))
    assert "No hours to cover" in csv(staff.get("/rota/gaps.csv"))[1]
    make_demand(rota)
    assert "There are no duties in this time: 0% is covered" in text_of(staff.get(GAPS))


def test_coverage_is_the_union_and_not_the_sum_of_hours(staff, rota, ann, boston):
    day = {"from_on": date(2026, 11, 24), "until_on": date(2026, 11, 24)}
    make_demand(rota, starts_at="00:00", length=timedelta(hours=24), **day)
    for place in (1, 2):
        person = make_person(boston)
        hours = ("2026-11-24 00:00", "2026-11-24 12:00")
        make_duty(rota, person, *hours, place=place)
    page = text_of(staff.get(GAPS))
    assert "50% of the hours" in page
    assert "midday on Tuesday 24 November 2026 to midnight" in page


@pytest.mark.parametrize("weeks", ["0", "53", "x", "%00"])
def test_weeks_that_are_none_are_refused_with_a_sentence(staff, rota, weeks):
    page = text_of(staff.get(f"{GAPS}?weeks={weeks}"))
    assert "There is a problem" in page
    assert "next 8 weeks" in page


def test_more_rotas_ask_no_more_of_the_gap_report(staff, django_assert_num_queries):
    for number in range(1, 21):
        rota = make_rota()
        make_demand_skill(make_demand(rota), make_skill(), 1)
        make_duty(rota, make_person())
        if number in (1, 20):
            with django_assert_num_queries(11):
                staff.get(GAPS)


def test_own_duties_are_listed_and_confirmed(staff, rota, ann):
    duty = make_duty(rota, ann)
    make_duty(rota, ann, "2026-11-20 17:00", "2026-11-21 09:00")
    page = text_of(staff.get("/rota/mine/"))
    assert "Confirm" in page
    assert "Last 6 months" in page
    address = f"/rota/duties/{duty.pk}/confirm/"
    assert "Duty confirmed" in text_of(staff.post(address, follow=True))
    assert "nothing to confirm" in text_of(staff.post(address, follow=True))
    duty.refresh_from_db()
    assert duty.confirmed_at == NOW
    assert len(csv(staff.get("/rota/mine.csv"))) == 3


def test_duties_of_others_are_not_theirs_to_confirm(staff, rota):
    duty = make_duty(rota, make_person())
    assert staff.post(f"/rota/duties/{duty.pk}/confirm/").status_code == 403


def test_leave_over_own_duties_is_said_with_what_to_do(staff, rota, ann):
    make_duty(rota, ann)
    make_absence(ann, date(2026, 11, 23), date(2026, 11, 24))
    page = text_of(staff.get("/rota/mine/"))
    assert "You are away during these duties" in page
    assert "find cover" in page


def test_without_duties_it_says_so(staff):
    assert "You have no duties coming up" in text_of(staff.get("/rota/mine/"))
