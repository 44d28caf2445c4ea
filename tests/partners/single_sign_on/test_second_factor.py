"""An organisation's account does not stand in for the second factor."""

import pytest
from allauth.mfa.base.views import authenticate
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import include, path

from tests.provider import sign_in

ASKED = "/accounts/second-factor/authenticate/"
urlpatterns = [
    path(ASKED[1:], authenticate, name="mfa_authenticate"),
    path("", include("lincs_ict.urls")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def guarded(connect, coordinator):
    """A coordinator with a connected account and an app that tells numbers."""
    TOTP.activate(coordinator, generate_totp_secret())
    connect(coordinator)
    return coordinator


def test_who_has_a_second_factor_is_asked_for_it(client, provider, server, guarded):
    assert Authenticator.objects.filter(user=guarded).exists()
    assert sign_in(client, provider, server).url == ASKED
    assert "_auth_user_id" not in client.session
