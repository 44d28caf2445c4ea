"""The page on which a coordinator resets a colleague's second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from partners.models import SecondFactorReset
from tests.factories import LONG_AGO, make_person, make_reset, make_user

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def armed(staff_user):
    TOTP.activate(staff_user, SECRET)
    return staff_user.person


def page_of(person):
    return reverse("skills:second_factor_reset", args=[person.pk])


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_coordinator_resets_it_with_a_reason(client_of, coordinator, armed):
    fields = {"reason": "Lost the telephone"}
    page = client_of(coordinator).post(page_of(armed), fields, follow=True)
    assert "reset. Sandy Staff has been told by e-mail" in text_of(page)
    assert "Lost the telephone<br>Olive Ours" in text_of(page)
    assert "nothing to reset" in text_of(page)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Enter a reason"),
        (" ", "Enter a reason"),
        ("x" * 501, "Shorten a reason to 500 characters"),
        ("x\x00", "Remove the invisible characters from a reason"),
    ],
)
def test_without_a_good_reason_nothing_happens(
    client_of, coordinator, armed, reason, said
):
    page = text_of(client_of(coordinator).post(page_of(armed), {"reason": reason}))
    assert f'href="#id_reason">{said}' in page
    assert "<title>Error:" in page
    assert Authenticator.objects.exists()


def test_who_has_none_set_up_has_nothing_to_reset(client_of, coordinator, staff_user):
    address = page_of(staff_user.person)
    client = client_of(coordinator)
    assert "nothing to reset" in text_of(client.get(address))
    page = text_of(client.post(address, {"reason": "Lost"}))
    assert "There is a problem" in page
    assert not SecondFactorReset.objects.exists()


def test_a_person_without_login_has_nothing_to_reset(client_of, coordinator, boston):
    page = client_of(coordinator).get(page_of(make_person(boston)))
    assert "nothing to reset" in text_of(page)
    assert "There were none" in text_of(page)


def test_one_s_own_is_for_somebody_else(client_of, coordinator):
    TOTP.activate(coordinator, SECRET)
    client, address = client_of(coordinator), page_of(coordinator.person)
    assert "You cannot reset your own" in text_of(client.get(address))
    client.post(address, {"reason": "Lost"})
    assert Authenticator.objects.exists()


def test_the_person_s_page_leads_there_for_who_keeps_the_record(
    client_of, coordinator, their_coordinator, armed
):
    person = reverse("skills:person", args=[armed.pk])
    assert page_of(armed) in text_of(client_of(coordinator).get(person))
    assert page_of(armed) not in text_of(client_of(their_coordinator).get(person))


def test_who_reset_it_and_left_is_not_named(client_of, coordinator, armed, lincoln):
    gone = make_person(lincoln, "Zenobia Gonequick", left_on=LONG_AGO)
    make_reset(armed, by=make_user(person=gone))
    page = text_of(client_of(coordinator).get(page_of(armed)))
    assert "Zenobia" not in page
    assert "Somebody who has left" in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_asks_the_database_no_more_when_long(
    client_of, coordinator, armed, lincoln, number, django_assert_max_num_queries
):
    for _ in range(number):
        make_reset(armed, by=make_user(person=make_person(lincoln)))
    client = client_of(coordinator)
    with django_assert_max_num_queries(14):
        client.get(page_of(armed))


def test_what_somebody_typed_is_shown_as_text(client_of, coordinator, armed):
    make_reset(armed, reason="<b>Lost</b>")
    page = text_of(client_of(coordinator).get(page_of(armed)))
    assert "&lt;b&gt;Lost&lt;/b&gt;" in page
