"""There and back with a provider of somebody else's making."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from partners.single_sign_on.adapter import UNKNOWN, named
from tests.factories import make_provider
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
