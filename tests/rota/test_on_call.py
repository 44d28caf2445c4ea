"""On call now: signed in, for switchboards, for telephones, and as a sheet."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.staticfiles import finders

from partners.models import Appointment, Disclosure
from rota.models import RotaToken
from tests.factories import (
    appoint,
    make_absence,
    make_partner,
    make_person,
    make_user,
)
from tests.rota_makers import make_duty, make_rota, make_token, utc
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 22, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
PAGE = "/rota/on-call/"


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def rota(boston):
    last = "Duty director 01632 960555"
    return make_rota("Servers", partners=[boston], last_resort=last)


@pytest.fixture
def ann(boston):
    numbers = {"telephone": "01632 960001", "mobile": "07700 900001"}
    return make_person(boston, "Ann Able", **numbers)


@pytest.fixture
def staff(client, boston):
    client.force_login(make_user(person=make_person(boston)))
    client.get(PAGE)
    return client


def test_it_says_who_until_when_who_next_and_whom_then(staff, rota, ann, boston):
    make_duty(rota, ann)
    make_duty(rota, ann, "2026-11-24 09:00", "2026-11-24 12:00")
    make_duty(rota, make_person(boston, "Ben"), "2026-11-24 17:00", "2026-11-25 09:00")
    make_duty(rota, make_person(boston, "Cat Second"), role="secondary")
    page = text_of(staff.get(PAGE))
    assert "Until midday on Tuesday 24 November 2026" in page
    assert "Then Ben, from 5pm on Tuesday 24 November 2026" in page
    assert page.index("07700900001") < page.index("01632960001")
    assert page.index("Primary: Ann Able") < page.index("Secondary: Cat Second")
    assert page.index("Secondary: Cat") < page.index("Duty director 01632 960555")


@pytest.mark.parametrize("why", ["away", "left", "nobody"])
def test_a_gap_is_told_as_one_at_once(staff, rota, ann, boston, why):
    make_duty(rota, None if why == "nobody" else ann, partner=boston)
    if why == "away":
        make_absence(ann, date(2026, 11, 23))
    if why == "left":
        ann.left_on = date(2026, 11, 23)
        ann.save()
    page = text_of(staff.get(PAGE))
    assert "Somebody should be on call and nobody is" in page
    assert "Ann Able" not in page


def test_an_empty_rota_is_not_silent(staff, rota):
    assert "Nobody is on call, now or in the next two weeks" in text_of(staff.get(PAGE))


def test_there_may_be_no_rota(staff):
    assert "There are no rotas yet" in text_of(staff.get(PAGE))


def test_any_moment_may_be_asked_by_the_clock_of_the_rota(staff, rota, ann):
    make_duty(rota, ann, "2026-07-01 16:00", "2026-07-02 08:00")
    madrid = make_rota("Madrid", time_zone="Europe/Madrid")
    make_duty(madrid, make_person(name="Ines"), "2026-07-01 15:00", "2026-07-01 16:00")
    page = text_of(staff.get(f"{PAGE}?at=2026-07-01T17:00"))
    assert "Ann Able" in page
    assert "Ines" in page
    assert "Ines" not in text_of(staff.get(f"{PAGE}?at=2026-07-01T18:00"))


@pytest.mark.parametrize("at", ["x", "2026-13-01T00:00", "0001-01-01", "%00"])
def test_what_is_no_moment_is_said_and_shown_again(staff, rota, at):
    response = staff.get(f"{PAGE}?at={at}")
    assert response.status_code == 400
    assert "Enter a date and time like" in text_of(response)


def test_hidden_mobiles_stay_hidden_and_readers_see_none(client, rota, ann):
    make_duty(rota, ann)
    user = make_user()
    appoint(user, Appointment.Role.READER)
    client.force_login(user)
    assert "07700" not in text_of(client.get(PAGE))
    ann.is_mobile_hidden = True
    ann.save()
    make_token(RotaToken.Kind.SWITCHBOARD, "words")
    page = text_of(client.get("/on-call/words/"))
    assert "07700" not in page
    assert "01632960001" in page


def test_one_rota_or_twenty_take_two_queries(client, ann, django_assert_num_queries):
    make_token(RotaToken.Kind.SWITCHBOARD, "words")
    for number in range(1, 21):
        rota = make_rota(partners=[ann.partner])
        make_duty(rota, make_person(ann.partner))
        if number in (1, 20):
            client.get("/on-call/words/")
            with django_assert_num_queries(2):
                client.get("/on-call/words/")


def test_an_address_shows_the_rotas_of_its_partner(client, rota, ann):
    make_duty(rota, ann)
    make_duty(make_rota("Others"), make_person(name="Lin"))
    make_token(RotaToken.Kind.SWITCHBOARD, "words", partner=ann.partner)
    response = client.get("/on-call/words/")
    assert "Ann Able" in text_of(response)
    assert "Lin" not in text_of(response).replace("Lincolnshire", "")
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert RotaToken.objects.get().last_used_on == date(2026, 11, 23)


@pytest.mark.parametrize("words", ["other", "withdrawn", "own"])
def test_other_addresses_lead_nowhere(client, rota, ann, words):
    make_token(RotaToken.Kind.SWITCHBOARD, "withdrawn", revoked_at=NOW)
    make_token(RotaToken.Kind.OWN, "own", staff=ann)
    assert client.get(f"/on-call/{words}/").status_code == 404


def test_it_arrives_quickly_with_its_styles(client, boston):
    make_token(RotaToken.Kind.SWITCHBOARD, "words")
    for _ in range(3):
        rota = make_rota(partners=[boston])
        for role in ("primary", "secondary", "incident-lead"):
            make_duty(rota, make_person(boston), role=role)
    page = client.get("/on-call/words/").content
    with open(finders.find("css/site.css"), "rb") as styles:
        sent = len(page) + len(gzip.compress(styles.read()))
    assert sent < 60_000


def ask(client, words="words", query=""):
    headers = {"Authorization": f"Bearer {words}"}
    return client.get(f"/rota/api/on-call/{query}", headers=headers)


def test_a_telephone_system_is_told_in_both_times(client, rota, ann):
    make_duty(rota, ann)
    make_token(RotaToken.Kind.TELEPHONY, "words")
    told = ask(client).json()
    assert told["version"] == 1
    place = told["rotas"][0]["on_call"][0]
    assert place["now"] == {
        "name": "Ann Able",
        "partner": "Boston",
        "numbers": ["07700 900001", "01632 960001"],
    }
    assert place["until"]["utc"] == "2026-11-24T09:00:00+00:00"
    assert place["next"] is None
    summer = ask(client, query="?at=2026-07-01T17:00").json()
    assert summer["rotas"][0]["at"]["local"] == "2026-07-01T17:00:00+01:00"


@pytest.mark.parametrize(
    ("words", "query", "status"),
    [
        ("other", "", 401),
        ("", "", 401),
        ("words", "?rota=unknown", 404),
        ("words", "?at=x", 400),
        ("words", "?rota=servers&at=2026-07-01T17:00Z", 200),
    ],
)
def test_what_cannot_be_told_says_why(client, rota, words, query, status):
    make_token(RotaToken.Kind.TELEPHONY, "words")
    response = ask(client, words, query)
    assert response.status_code == status
    assert ("error" in response.json()) == (status != 200)


def test_the_sheet_of_a_week_shows_every_duty_and_gap(staff, rota, ann, boston):
    make_duty(rota, ann)
    make_duty(rota, None, "2026-11-25 17:00", "2026-11-26 09:00", partner=boston)
    make_duty(rota, ann, "2026-11-22 17:00", "2026-11-23 09:00")
    page = text_of(staff.get("/rota/servers/week/"))
    assert page.count("Ann Able") == 2
    assert "Boston will name somebody" in page
    assert "07700 900001" in page
    assert page.count("No duties start on this day") == 5
    lines = staff.get("/rota/servers/week.csv").getvalue().decode().splitlines()
    assert len(lines) == 4
    assert lines[3].startswith("2026-11-25,Primary,1,2026-11-25 17:00,")
    assert Disclosure.objects.get().staff_ids == [ann.pk]


@pytest.mark.parametrize("day", ["x", "9999-12-31", "0001-01-01"])
def test_a_week_that_is_none_is_said(staff, rota, day):
    assert "Enter a day like" in text_of(staff.get(f"/rota/servers/week/?from={day}"))


def test_a_coordinator_makes_an_address_once_and_withdraws_it(client, boston, rota):
    user = make_user(person=make_person(boston))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    client.force_login(user)
    said_ = {"kind": "switchboard", "partner": boston.pk, "label": "County Hall"}
    page = text_of(client.post("/rota/addresses/", said_))
    words = re.search(r"/on-call/([\w-]{20,})/", page)[1]
    assert client.get(f"/on-call/{words}/").status_code == 200
    assert words not in text_of(client.get("/rota/addresses/"))
    address = RotaToken.objects.get()
    client.post(f"/rota/addresses/{address.pk}/withdraw/")
    assert client.get(f"/on-call/{words}/").status_code == 404


def test_an_address_of_others_is_not_theirs_to_make_or_withdraw(client, boston):
    user = make_user(person=make_person(boston))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    client.force_login(user)
    lincoln = make_partner("Lincoln")
    said_ = {"kind": "switchboard", "partner": lincoln.pk, "label": "x"}
    assert "Choose the partner" in text_of(client.post("/rota/addresses/", said_))
    address = make_token(RotaToken.Kind.SWITCHBOARD, partner=lincoln)
    assert client.post(f"/rota/addresses/{address.pk}/withdraw/").status_code == 404
    assert RotaToken.objects.get().revoked_at is None


def test_who_is_on_at_a_handover_is_the_next(staff, rota, ann, boston):
    make_duty(rota, ann)
    ben = make_person(boston, "Ben Bold")
    make_duty(rota, ben, "2026-11-24 09:00", "2026-11-24 17:00")
    handover = utc("2026-11-24 09:00")
    with time_machine.travel(handover - timedelta(seconds=1), tick=False):
        assert "<strong>Ann Able" in text_of(staff.get(PAGE))
    with time_machine.travel(handover, tick=False):
        assert "<strong>Ben Bold" in text_of(staff.get(PAGE))
