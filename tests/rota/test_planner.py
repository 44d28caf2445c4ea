"""A quarter of a rota: what is ticked is given to somebody."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from partners.models import Appointment
from tests.factories import appoint, make_absence, make_partner, make_person, make_user
from tests.rota_makers import make_demand, make_duty, make_rota, utc
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
PAGE = "/rota/servers/planner/"


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def rota(boston):
    rota = make_rota("Servers", partners=[boston])
    make_demand(rota, from_on=date(2026, 11, 23), until_on=date(2026, 11, 24))
    return rota


@pytest.fixture
def ben(boston):
    return make_person(boston, "Ben Bold")


@pytest.fixture
def keeper(client, boston):
    user = make_user(person=make_person(boston, "Keeper"))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    client.force_login(user)
    client.get("/rota/mine/")
    return client


def ticked(duty):
    return f"duty {duty.pk} {duty.starts_at:%Y-%m-%dT%H:%M:%S}"


GAP = "gap primary 2026-11-25T09:00:00"


def test_duties_and_gaps_are_given_at_once(keeper, rota, boston, ben):
    duty = make_duty(rota, make_person(boston, "Ann Able"))
    page = text_of(keeper.get(PAGE))
    assert "Ann Able" in page
    assert "▲ Gap: nobody" in page
    typed = {
        "ticked": [ticked(duty), GAP],
        "person": ben.pk,
        "why": "Ann moves",
    }
    page = text_of(keeper.post(PAGE, typed | {"go_ahead": "on"}, follow=True))
    assert "Rota changed" in page
    starts = [d.starts_at for d in rota.duties.current().filter(staff=ben)]
    assert starts == [utc("2026-11-23 17:00"), utc("2026-11-24 17:00")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Tick at least one duty or gap"),
        ({"ticked": ["duty 0"]}, "has since changed"),
        ({"ticked": ["\x00"]}, "has since changed"),
        ({"ticked": [GAP], "person": ""}, "Choose who to reassign to"),
    ],
)
def test_what_cannot_be_given_is_said_and_kept(keeper, rota, ben, typed, sentence):
    page = text_of(keeper.post(PAGE, {"person": ben.pk, "why": "Kept"} | typed))
    assert sentence in page
    assert "Kept" in page
    assert rota.duties.count() == 0


def test_whoever_is_away_is_refused_and_the_ticks_stay(keeper, rota, ben):
    make_absence(ben, date(2026, 11, 24))
    typed = {"person": ben.pk, "why": "", "ticked": [GAP]}
    page = text_of(keeper.post(PAGE, typed))
    assert "Ben Bold is away" in page
    assert "checked" in page


def test_duties_of_others_are_not_theirs_to_give(keeper, rota, ben):
    duty = make_duty(rota, make_person(name="Lin"))
    typed = {
        "person": ben.pk,
        "why": "",
        "ticked": [ticked(duty)],
    }
    assert "Only this partner’s coordinators" in text_of(keeper.post(PAGE, typed))
    assert rota.duties.current().get().staff.name == "Lin"


@pytest.mark.parametrize("first", ["x", "0001-01-01", "9999-12-31"])
def test_a_first_day_that_is_none_is_said(keeper, rota, first):
    assert "Enter the first day like" in text_of(keeper.get(f"{PAGE}?from={first}"))


def test_a_full_quarter_asks_no_more(keeper, rota, boston, django_assert_num_queries):
    for day in range(1, 21):
        hours = f"2026-12-{day:02} 17:00", f"2026-12-{day:02} 23:00"
        make_duty(rota, make_person(boston), *hours)
        if day in (1, 20):
            with django_assert_num_queries(10):
                keeper.get(PAGE)
