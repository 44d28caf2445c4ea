"""Making, copying once and withdrawing the calendars that programs read."""

import re

import pytest

from partners.models import Appointment
from rota.forms.feeds import MOST
from rota.models import RotaToken
from tests.factories import appoint, make_partner, make_person, make_user
from tests.rota_makers import make_rota, make_token
from tests.support.reading import text_of

PAGE = "/rota/my-calendar/"
Kind = RotaToken.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client, boston):
    user = make_user(person=make_person(boston, "Ann Able"))
    client.force_login(user)
    return user


@pytest.fixture
def keeper(client, boston):
    user = make_user(person=make_person(boston, "Olive Ours"))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    client.force_login(user)
    return user


def words_in(page):
    return re.search(r"/rota/feeds/([\w-]{20,})/duties\.ics", page)[1]


@pytest.mark.usefixtures("ann")
def test_one_s_own_is_made_copied_once_and_withdrawn(client):
    assert "There are none yet" in text_of(client.get(PAGE))
    words = words_in(text_of(client.post(PAGE, {"kind": "own", "label": "My phone"})))
    assert client.get(f"/rota/feeds/{words}/duties.ics").status_code == 200
    page = text_of(client.get(PAGE))
    assert words not in page
    assert "My phone" in page
    address = RotaToken.objects.get()
    client.post(f"{PAGE}{address.pk}/withdraw/")
    assert client.get(f"/rota/feeds/{words}/duties.ics").status_code == 404
    assert "Withdrawn" in text_of(client.get(PAGE))


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("kind", ["rota", "partner", "switchboard", "x", ""])
def test_a_member_of_staff_makes_their_own_only(client, boston, kind):
    rota = make_rota(partners=[boston])
    posted = {"kind": kind, "rota": rota.pk, "partner": boston.pk}
    page = text_of(client.post(PAGE, posted))
    assert "Choose what it shows" in page
    assert not RotaToken.objects.exists()


@pytest.mark.usefixtures("keeper")
def test_a_coordinator_makes_those_of_rotas_and_of_their_partner(client, boston):
    rota = make_rota("Servers", partners=[boston])
    posted = {"kind": "rota", "rota": rota.pk, "partner": boston.pk}
    words_in(text_of(client.post(PAGE, posted)))
    words_in(text_of(client.post(PAGE, {"kind": "partner", "partner": boston.pk})))
    made = RotaToken.objects.order_by("pk")
    assert [(a.kind, a.rota, a.partner) for a in made] == [
        ("rota", rota, None),
        ("partner", None, boston),
    ]


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize("kind", ["rota", "partner"])
@pytest.mark.parametrize("pk", ["", "0", "x", "99999999999999999999"])
def test_what_is_not_on_the_list_is_asked_for_again(client, kind, pk):
    page = text_of(client.post(PAGE, {"kind": kind, kind: pk, "label": "Kept"}))
    assert f"Choose the {kind}" in page
    assert 'value="Kept"' in page
    assert not RotaToken.objects.exists()


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize("field", ["kind", "rota", "partner", "label"])
def test_characters_nobody_sees_are_refused(client, field):
    page = text_of(client.post(PAGE, {"kind": "rota", field: "\x00"}))
    assert "<title>Error: " in page
    assert not RotaToken.objects.exists()


@pytest.mark.usefixtures("keeper")
def test_the_calendar_of_another_partner_is_not_theirs(client):
    lincoln = make_partner("Lincoln")
    posted = {"kind": "partner", "partner": lincoln.pk}
    assert "Choose the partner" in text_of(client.post(PAGE, posted))
    address = make_token(Kind.PARTNER, partner=lincoln)
    assert client.post(f"{PAGE}{address.pk}/withdraw/").status_code == 404


@pytest.mark.usefixtures("ann")
def test_those_of_others_are_neither_seen_nor_withdrawn(client, boston):
    ben = make_person(boston, "Ben Bold")
    address = make_token(Kind.OWN, staff=ben, label="Phone of Ben")
    assert "Phone of Ben" not in text_of(client.get(PAGE))
    assert client.post(f"{PAGE}{address.pk}/withdraw/").status_code == 404
    address.refresh_from_db()
    assert address.revoked_at is None


def test_there_is_an_end_to_how_many(client, ann):
    for _ in range(MOST):
        make_token(Kind.OWN, staff=ann.person, made_by=ann)
    page = text_of(client.post(PAGE, {"kind": "own"}))
    assert "withdraw one you no longer need" in page
    RotaToken.objects.filter(pk=RotaToken.objects.first().pk).update(
        revoked_at=RotaToken.objects.first().made_at
    )
    words_in(text_of(client.post(PAGE, {"kind": "own"})))


def test_a_login_without_a_person_is_told_so(client, boston):
    user = make_user()
    appoint(user, Appointment.Role.READER)
    client.force_login(user)
    assert "no staff record" in text_of(client.get(PAGE))
    assert client.post(PAGE, {"kind": "own"}).status_code == 200
    assert not RotaToken.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client, keeper, boston, number, django_assert_num_queries
):
    for _ in range(number):
        make_token(Kind.PARTNER, partner=boston, made_by=keeper)
    client.get(PAGE)
    with django_assert_num_queries(7):
        client.get(PAGE)
