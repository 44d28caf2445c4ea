"""The pages of swaps: asking, the list and its CSV, answering."""

from datetime import UTC, datetime

import pytest
import time_machine

from rota.models import Swap
from tests.factories import make_partner, make_person, make_user
from tests.rota_makers import make_duty, make_rota, make_swap
from tests.support.reading import text_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
HOURS = {
    "from_on": "23 November 2026",
    "from_time": "17:00",
    "until_on": "24 November 2026",
    "until_time": "09:00",
    "why": "Parents’ evening",
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
    return make_user(person=make_person(boston, "Ann Able"))


@pytest.fixture
def ben(boston):
    return make_user(person=make_person(boston, "Ben Bold"))


@pytest.fixture
def duty(rota, ann):
    return make_duty(rota, ann.person)


def test_a_request_is_made_shown_and_answered(client, rota, duty, ann, ben):
    client.force_login(ann)
    typed = HOURS | {"kind": "named", "people": [ben.person.pk]}
    page = client.post(f"/rota/duties/{duty.pk}/swap/", typed, follow=True)
    assert "Your request has been sent" in text_of(page)
    client.force_login(ben)
    swap = Swap.objects.get()
    assert "Ann Able" in text_of(client.get("/rota/swaps/"))
    page = client.post(
        f"/rota/swaps/{swap.pk}/", {"person": ben.person.pk, "why": ""}, follow=True
    )
    assert "Accepted by Ben Bold" in text_of(page)
    assert rota.duties.current().get().staff == ben.person


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": ""}, "Choose who to ask"),
        ({"kind": "named"}, "Choose at least one person to ask"),
        ({"kind": "named", "people": ["0"]}, "from the list"),
        ({"kind": "exchange"}, "Choose the duty to exchange with"),
        ({"kind": "open", "until_on": "x"}, "Enter until the day"),
        ({"kind": "open", "from_time": "16:00"}, "outside this duty"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(client, duty, ann, ben, typed, sentence):
    client.force_login(ann)
    page = text_of(client.post(f"/rota/duties/{duty.pk}/swap/", HOURS | typed))
    assert sentence in page
    assert "Parents’ evening" in page
    assert Swap.objects.count() == 0


def test_somebody_says_no(client, duty, ann, ben):
    swap = make_swap(duty, ben.person, asked_by=ann)
    client.force_login(ben)
    answer = {"person": ben.person.pk, "why": "Exam", "decline": "1"}
    page = text_of(client.post(f"/rota/swaps/{swap.pk}/", answer, follow=True))
    assert "Declined" in page
    assert "Exam" in page


def test_a_request_is_withdrawn_once(client, duty, ann):
    swap = make_swap(duty, asked_by=ann)
    client.force_login(ann)
    address = f"/rota/swaps/{swap.pk}/withdraw/"
    assert "has been withdrawn" in text_of(client.post(address, follow=True))
    assert "has since been answered, withdrawn or changed" in text_of(
        client.post(address, follow=True)
    )


def test_there_may_be_none(client, ann):
    client.force_login(ann)
    assert "There are none." in text_of(client.get("/rota/swaps/"))


def test_the_csv_asks_the_same_question(client, duty, ann):
    make_swap(duty, asked_by=ann)
    client.force_login(ann)
    lines = said_csv(client.get("/rota/swaps/export.csv"))
    assert lines[1].startswith("Servers,Primary,2026-11-23 17:00,2026-11-24 09:00,Ann")
    assert len(said_csv(client.get("/rota/swaps/export.csv?state=declined"))) == 1


def said_csv(response):
    return response.getvalue().decode().splitlines()


def test_a_longer_list_asks_no_more(client, rota, ann, django_assert_num_queries):
    client.force_login(ann)
    client.get("/rota/swaps/")
    for number in range(1, 21):
        day = f"2026-12-{number:02}"
        make_swap(make_duty(rota, ann.person, f"{day} 17:00", f"{day} 20:00"))
        if number in (1, 20):
            with django_assert_num_queries(5):
                client.get("/rota/swaps/")
