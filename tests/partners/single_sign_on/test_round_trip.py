"""There and back with a provider of somebody else's making."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from partners.models import Invitation
from partners.single_sign_on.adapter import UNKNOWN, named
from tests.factories import make_invitation, make_person, make_provider
from tests.provider import begin, real_provider


@pytest.fixture(scope="module")
def address():
    with real_provider() as running:
        yield running


@pytest.fixture
def provider(boston, address):
    return make_provider(boston, issuer=address)


@pytest.fixture
def go(client, provider):
    """Goes there, says who one is, and comes back."""

    def gone(subject="sandy-there"):
        there = begin(client, provider).url
        back = requests.post(
            there, data={"sub": subject}, allow_redirects=False, timeout=5
        )
        return client.get(back.headers["Location"].replace("http://testserver", ""))

    return gone


def test_who_is_connected_signs_in_out_and_in_again(client, go, provider, staff_user):
    uid = named(provider.issuer, provider.client_id, "sandy-there")
    SocialAccount.objects.create(user=staff_user, provider=provider.key, uid=uid)
    for _ in range(2):
        assert go().url == "/"
        assert client.session["_auth_user_id"] == str(staff_user.pk)
        client.post("/accounts/logout/")
        assert "_auth_user_id" not in client.session


def test_who_is_not_connected_is_told_what_to_do(client, go, staff_user):
    page = go(staff_user.email)
    assert page.status_code == 403
    assert UNKNOWN in page.content.decode()


@pytest.fixture
def invited(boston, client, coordinator):
    """Ann, whose link is opened in this browser."""
    ann = make_person(boston, "Ann Able")
    make_invitation(ann, "the words", invited_by=coordinator)
    client.get("/invitations/accept/the words/")
    return ann


def test_an_invitation_connects_and_then_the_account_is_enough(
    client, go, provider, invited
):
    page = client.get("/invitations/accept/")
    assert "Use your Boston account" in page.content.decode()
    assert provider.origin in page.headers["Content-Security-Policy"]
    for _ in range(2):
        assert go("ann-there").url == "/"
        invited.refresh_from_db()
        assert client.session["_auth_user_id"] == str(invited.user_id)
        client.post("/accounts/logout/")
    assert not invited.user.has_usable_password()


def test_an_invitation_is_good_for_one_account(client, go, invited):
    assert go("ann-there").url == "/"
    client.post("/accounts/logout/")
    client.get("/invitations/accept/the words/")
    assert go("somebody-else").status_code == 403
    assert SocialAccount.objects.count() == 1


def test_an_invitation_of_another_partner_connects_nothing(client, go, lincoln):
    make_invitation(make_person(lincoln, "Theo Theirs"), "their words")
    client.get("/invitations/accept/their words/")
    assert go("theo-there").status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_invitation_withdrawn_on_the_way_connects_nothing(client, go, invited):
    Invitation.objects.update(withdrawn_at=timezone.now())
    assert go("ann-there").status_code == 403
    assert not SocialAccount.objects.exists()
