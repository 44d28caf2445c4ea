"""The calendar as a picture: lanes, bars, labels, and where they lead."""

import re
from datetime import date

import pytest
import time_machine

from partners.models import Appointment
from rota.models import Duty
from tests.factories import appoint, make_absence, make_partner, make_person, make_user
from tests.rota_makers import make_demand, make_duty, make_rota, utc

MONTH, WEEK = "/rota/calendar/", "/rota/calendar/?view=week"


@pytest.fixture(autouse=True)
def _now(db):
    with time_machine.travel(utc("2026-11-23 20:00"), tick=False):
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
def ben(boston):
    return make_person(boston, "Ben <Bold>")


@pytest.fixture
def shown(client, ann):
    """The titles of the bars, which are their names, and where each leads."""
    client.force_login(make_user(person=ann))

    def read(address=MONTH):
        page = client.get(address).content.decode()
        return re.findall(
            r'<(?:a href="([^"]*)"|g role="img") class="app-bar-link[^>]*>'
            r"<title>([^<]*)</title>",
            page,
        )

    return read


@pytest.mark.parametrize("address", [MONTH, WEEK])
def test_a_night_is_one_bar_that_leads_to_its_duty(shown, rota, ann, address):
    duty = make_duty(rota, ann)
    [(way, title)] = shown(address)
    assert way == f"/rota/duties/{duty.pk}/"
    assert title == (
        "Ann Able: 5pm on Monday 23 November 2026 to 9am on Tuesday, on duty now"
    )


def test_a_cover_for_part_lies_on_the_duty(shown, rota, ann, ben):
    make_duty(rota, ann, "2026-11-24 17:00", "2026-11-24 19:00")
    cause = {"cause": Duty.Cause.COVER}
    make_duty(rota, ben, "2026-11-24 19:00", "2026-11-24 23:00", **cause)
    make_duty(rota, ann, "2026-11-24 23:00", "2026-11-25 09:00")
    titles = [title for _, title in shown()]
    assert len(titles) == 2
    assert titles[1].startswith("Ben &lt;Bold&gt;: 7pm")
    assert titles[1].endswith(", cover")


def test_somebody_away_is_a_gap_with_words(shown, rota, ann, ben):
    duty = make_duty(rota, ben)
    make_absence(ben, date(2026, 11, 23), date(2026, 11, 24))
    [(way, title)] = shown()
    assert way == f"/rota/duties/{duty.pk}/"
    assert title.startswith("Gap: Ben &lt;Bold&gt; is away")


def test_hours_nobody_has_lead_whoever_may_to_naming_somebody(
    shown, client, rota, boston
):
    make_demand(rota, from_on=date(2026, 11, 24), until_on=date(2026, 11, 24))
    assert shown()[0][0] == ""
    keeper = make_user(person=make_person(boston))
    appoint(keeper, Appointment.Role.COORDINATOR, boston)
    client.force_login(keeper)
    assert "/rota/servers/assign/?role=primary" in client.get(MONTH).content.decode()


def test_a_list_draws_no_picture(client, rota, ann):
    make_duty(rota, ann)
    client.force_login(make_user(person=ann))
    page = client.get("/rota/calendar/?view=list").content.decode()
    assert "app-lanes" not in page
    assert "Ann Able" in page
