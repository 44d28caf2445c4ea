"""Keeping a rota: its terms, hours, rotations and days arranged by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from rota.models import Block, DemandTemplate, Rota, Rotation
from tests.factories import make_skill
from tests.rota.pages import typed
from tests.rota_makers import (
    make_block,
    make_demand,
    make_demand_skill,
    make_rota,
    make_rotation,
)
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
TERMS = {
    "name": "Servers",
    "slug": "",
    "covers": "All servers",
    "time_zone": "Europe/London",
    "answer_within": "15",
    "on_site_within": "",
    "response_terms": "",
    "ring_next_after": "15",
    "last_resort": "",
}
HOURS = {
    "name": "Weekends",
    "role": "primary",
    "weekdays": ["5"],
    "starts_at": "17:00",
    "ends_at": "9:00",
    "days_later": "3",
    "on_holidays": "as usual",
    "holiday_is": "substitute",
    "people": "1",
    "from_on": "1 1 2026",
    "until_on": "",
    "skills-TOTAL_FORMS": "0",
    "skills-INITIAL_FORMS": "0",
}
TURNS = {
    "name": "Turns",
    "role": "primary",
    "place": "1",
    "every": "1",
    "unit": "week",
    "handover": "17:00",
    "weekdays": ["1", "2", "3", "4", "5", "6", "7"],
    "start_on": "5 1 2026",
    "start_turn": "1",
    "until_on": "",
}


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def test_a_rota_is_added_with_its_partners(chief, boston, lincoln):
    answer = chief.post("/rota/add/", TERMS | {"members": [boston.pk, lincoln.pk]})
    rota = Rota.objects.get()
    assert answer.headers["Location"] == "/rota/servers/"
    assert {*rota.partners.all()} == {boston, lincoln}
    assert rota.events.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Enter what the rota is called"),
        ({"name": "\0"}, "Remove the invisible characters"),
        ({"name": "!!"}, "Enter a name with letters or digits"),
        ({"slug": "lay-out-all"}, "is taken by another page"),
        ({"slug": "swaps"}, "is taken by another page"),
        ({"time_zone": "Europe/Nowhere"}, "Enter a time zone like"),
        ({"ring_next_after": "999999999999"}, "Enter from 1 to 120 minutes"),
        ({"answer_within": "0"}, "Enter from 1 to 1,440 minutes"),
        ({"members": ["77777"]}, "Choose partners that take part from the list"),
        ({"members": ["x"]}, "Choose at least one partner"),
        ({"members": []}, "Choose at least one partner"),
    ],
)
def test_a_rota_that_cannot_be_is_said_and_nothing_is_lost(
    chief, boston, change, sentence
):
    typed = TERMS | {"members": [boston.pk]} | change
    answer = chief.post("/rota/add/", typed)
    assert sentence in text_of(answer)
    assert "All servers" in text_of(answer)
    assert Rota.objects.count() == 0


def test_a_second_rota_of_one_name_is_refused(chief, boston):
    make_rota("Servers")
    answer = chief.post("/rota/add/", TERMS | {"members": [boston.pk]})
    assert "already a rota with this name" in text_of(answer)


def test_a_partner_in_turn_is_not_taken_off(chief, boston, lincoln):
    rota = make_rota("Servers", [boston, lincoln])
    make_rotation(rota, [lincoln])
    mine = typed(chief, "/rota/servers/change/") | {"members": [boston.pk]}
    answer = chief.post("/rota/servers/change/", mine)
    assert "Lincoln Council still takes turns in Turns" in text_of(answer).replace(
        "City of Lincoln Council", "Lincoln Council"
    )
    assert rota.partners.count() == 2


def test_an_older_reading_shows_both_versions(chief, boston):
    rota = make_rota("Servers", [boston])
    mine = typed(chief, "/rota/servers/change/") | {"covers": "Mine"}
    Rota.objects.filter(pk=rota.pk).update(covers="Theirs")
    answer = chief.post("/rota/servers/change/", mine)
    assert "Both versions" in text_of(answer)
    assert "Theirs" in text_of(answer)
    again = typed(chief, answer) | {"covers": "Mine"}
    assert chief.post("/rota/servers/change/", again).status_code == 302
    rota.refresh_from_db()
    assert rota.covers == "Mine"


def test_partners_changed_meanwhile_are_not_undone_unread(chief, boston, lincoln):
    rota = make_rota("Servers", [boston])
    mine = typed(chief, "/rota/servers/change/")
    rota.partners.add(lincoln)
    answer = chief.post("/rota/servers/change/", mine)
    assert "Somebody else has changed the partners" in text_of(answer)
    assert rota.partners.count() == 2
    assert chief.post("/rota/servers/change/", typed(chief, answer)).status_code == 302
    assert rota.partners.get() == boston


def test_hours_over_a_weekend_are_three_days_long(chief):
    make_rota("Servers")
    answer = chief.post("/rota/servers/hours/add/", HOURS)
    assert answer.status_code == 302
    assert DemandTemplate.objects.get().length == timedelta(hours=64)
    assert "5pm to 9am 3 days later" in text_of(chief.get("/rota/servers/"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weekdays": []}, "Choose at least one day of the week"),
        ({"weekdays": ["9"]}, "Choose days it begins on from the list"),
        ({"starts_at": "25:00"}, "Enter the time it starts at as a time"),
        ({"ends_at": "17:00", "days_later": "0"}, "that is after its start"),
        ({"ends_at": "18:00", "days_later": "14"}, "Choose an earlier end"),
        ({"days_later": "99999999999999"}, "Choose on which day it ends"),
        ({"people": "0"}, "Enter a number from 1 to 9"),
        ({"people": "9" * 40}, "Enter a number from 1 to 9"),
        ({"from_on": "1 1 0001"}, "Enter a date from 2000 to 2099"),
        ({"until_on": "31 12 2025"}, "Enter the first day or a later one"),
        ({"role": "chef"}, "Choose role from the list"),
        ({"name": "Nights"}, "This rota already has hours with that name"),
        ({"name": "a\0b"}, "Remove the invisible characters"),
        ({"skills-TOTAL_FORMS": "x"}, "There is a problem"),
        ({"skills-TOTAL_FORMS": "99999999999999999"}, "There is a problem"),
    ],
)
def test_hours_that_cannot_be_are_said(chief, change, sentence):
    rota = make_rota("Servers")
    make_demand(rota)
    answer = chief.post("/rota/servers/hours/add/", HOURS | change)
    assert sentence in text_of(answer)
    assert rota.demands.count() == 1


def test_skills_are_asked_for_with_their_level(chief):
    rota, skill = make_rota("Servers"), make_skill("Firewalls")
    demand = make_demand(rota)
    address = f"/rota/servers/hours/{demand.pk}/"
    mine = typed(chief, address) | {"skills-0-skill": skill.pk, "skills-0-level": "3"}
    assert chief.post(address, mine).status_code == 302
    assert "Firewalls, Practitioner or above" in text_of(chief.get("/rota/servers/"))
    gone = typed(chief, address) | {"skills-0-DELETE": "on"}
    assert chief.post(address, gone).status_code == 302
    assert demand.skills.count() == 0


def test_a_skill_asked_for_twice_is_said_beside_it(chief):
    skill = make_skill("Firewalls")
    demand = make_demand(make_rota("Servers"))
    make_demand_skill(demand, skill)
    address = f"/rota/servers/hours/{demand.pk}/"
    mine = typed(chief, address) | {"skills-1-skill": skill.pk, "skills-1-level": "2"}
    answer = chief.post(address, mine)
    assert "There is a problem" in text_of(answer)
    assert demand.skills.count() == 1


def test_hours_of_another_rota_are_out_of_reach(chief):
    make_rota("Servers")
    demand = make_demand(make_rota("Other"))
    assert chief.get(f"/rota/servers/hours/{demand.pk}/").status_code == 404
    assert chief.post(f"/rota/servers/hours/{demand.pk}/remove/").status_code == 404


def test_hours_are_not_removed_unread(chief):
    demand = make_demand(make_rota("Servers"))
    address = f"/rota/servers/hours/{demand.pk}/remove/"
    mine = typed(chief, address)
    DemandTemplate.objects.update(people=2)
    answer = chief.post(address, mine)
    assert "Somebody else has changed this" in text_of(answer)
    assert chief.post(address, typed(chief, answer)).status_code == 302
    assert DemandTemplate.objects.count() == 0


def test_a_rotation_is_added(chief):
    make_rota("Servers")
    assert chief.post("/rota/servers/rotations/add/", TURNS).status_code == 302
    assert Rotation.objects.get().handover == time(17)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"every": "53"}, "Enter a number from 1 to 52"),
        ({"place": "-1"}, "Enter a number from 1 to 9"),
        ({"unit": "aeon"}, "from the list"),
        ({"start_on": "1 1 9999"}, "Enter a date from 2000 to 2099"),
        ({"until_on": "4 1 2026"}, "Enter the first day or a later one"),
        ({"start_turn": "201"}, "Enter a number from 1 to 200"),
    ],
)
def test_a_rotation_that_cannot_be_is_said(chief, change, sentence):
    rota = make_rota("Servers")
    answer = chief.post("/rota/servers/rotations/add/", TURNS | change)
    assert sentence in text_of(answer)
    assert rota.rotations.count() == 0


def test_days_arranged_by_hand_are_added_changed_and_removed(chief):
    make_rota("Servers")
    days = {"name": "Christmas", "from_on": "24 12 2026", "until_on": "27 12 2026"}
    assert chief.post("/rota/servers/blocks/add/", days).status_code == 302
    address = f"/rota/servers/blocks/{Block.objects.get().pk}/"
    mine = typed(chief, address) | {"until_on": "28 12 2026"}
    assert chief.post(address, mine).status_code == 302
    assert Block.objects.get().until_on == date(2026, 12, 28)
    gone = typed(chief, f"{address}remove/")
    assert chief.post(f"{address}remove/", gone).status_code == 302
    assert Block.objects.count() == 0


def test_days_arranged_by_hand_twice_are_refused(chief):
    make_block(make_rota("Servers"), date(2026, 12, 24), date(2026, 12, 27))
    days = {"name": "Again", "from_on": "27 12 2026", "until_on": ""}
    assert "Enter the last day" in text_of(
        chief.post("/rota/servers/blocks/add/", days)
    )
    days["until_on"] = "28 12 2026"
    answer = chief.post("/rota/servers/blocks/add/", days)
    assert "already arranged by hand" in text_of(answer)
