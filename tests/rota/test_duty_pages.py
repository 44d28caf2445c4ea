"""The page of a duty, and the pages that put somebody else on it."""

from datetime import UTC, datetime

import pytest
import time_machine

from partners.models import Appointment
from rota.models import DutyChange
from tests.factories import appoint, make_partner, make_person, make_user
from tests.rota_makers import make_duty, make_rota, utc
from tests.support.reading import text_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
WHOLE = {
    "from_on": "23 November 2026",
    "from_time": "17:00",
    "until_on": "24 November 2026",
    "until_time": "09:00",
    "why": "",
}


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
def ben(boston):
    return make_person(boston, "Ben Bold")


@pytest.fixture
def keeper(boston, client):
    user = make_user(person=make_person(boston, "Keeper"))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    client.force_login(user)
    return client


def standing(rota):
    rows = rota.duties.current().select_related("staff")
    return [
        (d.staff and d.staff.name, f"{d.starts_at:%H}-{d.ends_at:%H}") for d in rows
    ]


def test_the_page_tells_who_when_and_what_came_before(keeper, rota, ann, ben):
    duty = make_duty(rota, ann)
    keeper.post(f"/rota/duties/{duty.pk}/cover/", WHOLE | {"person": ben.pk})
    new = rota.duties.current().get()
    page = text_of(keeper.get(f"/rota/duties/{new.pk}/"))
    assert "5pm on Monday 23 November 2026 to 9am on Tuesday (16 hours)" in page
    assert "Ben Bold" in page
    assert "Ann Able" in page
    assert "has been replaced" in text_of(keeper.get(f"/rota/duties/{duty.pk}/"))


def test_part_of_a_duty_is_shared(keeper, rota, ann, ben):
    duty = make_duty(rota, ann)
    typed = WHOLE | {"person": ben.pk, "from_time": "10:30pm", "why": "Exam"}
    response = keeper.post(f"/rota/duties/{duty.pk}/cover/", typed, follow=True)
    assert "Rota changed" in text_of(response)
    assert standing(rota) == [("Ann Able", "17-22"), ("Ben Bold", "22-09")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"person": ""}, "Choose who is on duty"),
        ({"person": "0"}, "Choose who is on duty from the list"),
        ({"from_time": "25:00"}, "Enter from the time as a time"),
        (
            {"until_time": "17:00", "until_on": "23 November 2026"},
            "Enter an end that is after",
        ),
        ({"from_time": "16:00"}, "Enter a time within the duty"),
        ({"until_time": "10:00"}, "Enter a time within the duty"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    keeper, rota, ann, ben, typed, sentence
):
    duty = make_duty(rota, ann)
    typed = WHOLE | {"person": ben.pk, "why": "What I typed"} | typed
    page = text_of(keeper.post(f"/rota/duties/{duty.pk}/cover/", typed))
    assert sentence in page
    assert "What I typed" in page
    assert standing(rota) == [("Ann Able", "17-09")]


def test_a_warning_asks_for_a_reason_and_takes_it(keeper, rota, ann, ben):
    make_duty(make_rota(), ben, "2026-11-23 09:00", "2026-11-23 15:00")
    duty = make_duty(rota, ann)
    address, typed = f"/rota/duties/{duty.pk}/cover/", WHOLE | {"person": ben.pk}
    page = text_of(keeper.post(address, typed))
    assert "only 2 hours of rest" in page
    assert "go_ahead" in page
    keeper.post(address, typed | {"go_ahead": "on", "why": "Rests on Tuesday"})
    assert standing(rota) == [("Ben Bold", "17-09")]


def test_a_duty_may_be_left_to_the_partner(keeper, rota, ann):
    duty = make_duty(rota, ann)
    keeper.post(f"/rota/duties/{duty.pk}/cover/", WHOLE | {"person": "nobody"})
    assert standing(rota) == [(None, "17-09")]
    new = rota.duties.current().get()
    assert "Boston has not named anyone" in text_of(
        keeper.get(f"/rota/duties/{new.pk}/")
    )


def test_the_past_is_corrected_with_a_reason(keeper, rota, ann, ben):
    duty = make_duty(rota, ann, "2026-11-20 17:00", "2026-11-21 09:00")
    typed = {"from_on": "20 November 2026", "until_on": "21 November 2026"}
    typed = WHOLE | typed | {"person": ben.pk}
    address = f"/rota/duties/{duty.pk}/correct/"
    assert "Say why you are correcting the past" in text_of(keeper.post(address, typed))
    keeper.post(address, typed | {"why": "Ben came"})
    assert standing(rota) == [("Ben Bold", "17-09")]
    assert DutyChange.objects.filter(kind="correction", why="Ben came").exists()


def test_two_duties_are_exchanged(keeper, rota, ann, ben):
    first = make_duty(rota, ann)
    second = make_duty(rota, ben, "2026-11-30 18:00", "2026-12-01 09:00")
    address = f"/rota/duties/{first.pk}/exchange/"
    assert "Ben Bold: 6pm on Monday 30 November" in text_of(keeper.get(address))
    assert "Choose the duty to exchange" in text_of(keeper.post(address, {"other": ""}))
    keeper.post(address, {"other": second.pk})
    assert standing(rota) == [("Ben Bold", "17-09"), ("Ann Able", "18-09")]


def test_hours_nobody_has_are_given_to_somebody(keeper, rota, ben):
    address = "/rota/servers/assign/"
    asked = "?role=secondary&place=2&from=2026-11-23T17:00&until=2026-11-24T09:00"
    page = text_of(keeper.get(address + asked))
    assert 'value="23 November 2026"' in page
    assert 'value="2"' in page
    typed = WHOLE | {"person": ben.pk, "role": "secondary", "place": "2"}
    keeper.post(address, typed)
    duty = rota.duties.current().get()
    assert (duty.role, duty.place, duty.staff) == ("secondary", 2, ben)


@pytest.mark.parametrize("asked", ["?from=9999-99-99T99:99", "?place=%00", "?role=x"])
def test_a_link_that_makes_no_sense_fills_in_nothing(keeper, rota, asked):
    assert keeper.get("/rota/servers/assign/" + asked).status_code == 200


def test_the_place_of_another_partner_is_not_taken(keeper, rota, ben):
    make_duty(rota, make_person(name="Lin"))
    typed = WHOLE | {"person": ben.pk, "role": "primary", "place": "1"}
    page = text_of(keeper.post("/rota/servers/assign/", typed))
    assert "Only this partner’s coordinators" in page
    assert standing(rota) == [("Lin", "17-09")]


@time_machine.travel("2026-11-23 22:00:00Z", tick=False)
def test_whoever_falls_ill_says_so_and_is_off(client, rota, ann, boston):
    make_person(boston, "Ben Bold")
    make_duty(rota, ann)
    client.force_login(make_user(person=ann))
    typed = {"from_on": "23 November 2026", "from_time": "22:00"}
    response = client.post(f"/rota/people/{ann.pk}/unable/", typed, follow=True)
    assert "Your coordinator finds cover" in text_of(response)
    assert standing(rota) == [("Ann Able", "17-22"), (None, "22-09")]


def test_the_coordinator_sees_who_could(keeper, rota, ann, ben):
    make_duty(rota, ann)
    typed = {"from_on": "22 November 2026", "from_time": "12:00"}
    page = text_of(keeper.post(f"/rota/people/{ann.pk}/unable/", typed, follow=True))
    assert "Duties that need cover" in page
    assert "Ben Bold" in page
    assert "0 hours on duty in the last 13 weeks" in page


@pytest.mark.parametrize(
    "typed", [{"until_on": "24 November 2026"}, {"until_time": "09:00"}]
)
def test_half_an_end_is_asked_for_whole(keeper, rota, ann, typed):
    make_duty(rota, ann)
    typed |= {"from_on": "22 November 2026", "from_time": "12:00"}
    page = text_of(keeper.post(f"/rota/people/{ann.pk}/unable/", typed))
    assert "Enter both the day and the time of the end" in page
    assert rota.duties.current().get().starts_at == utc("2026-11-23 17:00")
