"""Passkeys: what anybody may send in their name, and what they count for."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from partners.accounts import second_factor
from partners.forms.passkeys import NOT_RIGHT
from tests.skills.pages import text

PASSWORD = "three random words"
LOGIN = reverse("mfa_login_webauthn")
NONSENSE = [
    *("", "x", "null", "7", "[]", '"text"', "{}", '{"id": 7}', "\x00"),
    '{"response": {"userHandle": "MQ"}}',
    '{"response": {"userHandle": 7}, "id": "a", "rawId": "a", "type": "public-key"}',
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "YQ",
                "attestationObject": "YQ",
                "signature": "YQ",
                "userHandle": "MQ",
            },
        }
    ),
]


def passkey(user, name="Work laptop"):
    kind = Authenticator.Type.WEBAUTHN
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type=kind, data=data)


def app(user):
    data = {"secret": "sealed"}
    kind = Authenticator.Type.TOTP
    return Authenticator.objects.create(user=user, type=kind, data=data)


def entered(client, user):
    """A browser that has just been given the password once more."""
    user.set_password(PASSWORD)
    user.save()
    fields = {"login": user.email, "password": PASSWORD}
    client.post(reverse("account_login"), fields)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("said", NONSENSE)
def test_nonsense_signs_nobody_in(client, staff_user, said):
    client.get(LOGIN, headers={"accept": "application/json"})
    page = client.post(LOGIN, {"credential": said}, follow=True)
    assert NOT_RIGHT in text(page)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("said", NONSENSE)
def test_nonsense_is_no_passkey(client, staff_user, said):
    client = entered(client, staff_user)
    address = reverse("mfa_add_webauthn")
    assert "Make a passkey" in text(client.get(address))
    page = client.post(address, {"name": "Mine", "credential": said}, follow=True)
    assert NOT_RIGHT in text(page)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("said", NONSENSE)
def test_nonsense_shows_nothing_once_more(client, staff_user, said):
    client = entered(client, staff_user)
    address = reverse("mfa_reauthenticate_webauthn")
    client.get(address)
    assert client.post(address, {"credential": said}).status_code == 302


def test_a_passkey_is_a_second_factor(coordinator, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert second_factor.has_one(coordinator) is False
    passkey(coordinator)
    assert second_factor.has_one(coordinator) is True
    assert second_factor.has_app(coordinator) is False


def test_whoever_has_only_a_passkey_is_asked_for_it(client_of, coordinator, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    passkey(coordinator)
    response = client_of(coordinator).get(reverse("skills:search"))
    assert response.url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_the_last_second_factor_stays_while_it_is_needed(client, coordinator, settings):
    client = entered(client, coordinator)
    settings.SECOND_FACTOR_REQUIRED = True
    last = passkey(coordinator)
    removed = reverse("mfa_remove_webauthn", args=[last.pk])
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [*records, {**records[0], **SHOWN}]
    session.save()
    assert "stays on" in text(client.post(removed, follow=True))
    assert Authenticator.objects.filter(pk=last.pk).exists()
    app(coordinator)
    assert "The passkey is removed" in text(client.post(removed, follow=True))


SHOWN = {"method": "mfa", "type": "webauthn"}


def test_nobody_removes_somebody_else_s(client, staff_user, coordinator):
    theirs = passkey(coordinator)
    client = entered(client, staff_user)
    response = client.post(reverse("mfa_remove_webauthn", args=[theirs.pk]))
    assert response.status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_the_pages_list_what_is_made(client_of, staff_user):
    passkey(staff_user)
    browser = client_of(staff_user)
    assert "Passkeys 1" in text(browser.get(reverse("mfa_index")))
    assert "Work laptop" in text(browser.get(reverse("mfa_list_webauthn")))


def test_an_empty_list_says_so(client_of, staff_user):
    page = text(client_of(staff_user).get(reverse("mfa_list_webauthn")))
    assert "You have no passkey" in page
