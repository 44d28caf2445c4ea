"""A provider of Boston's, which lies where a test asks it to."""

import pytest
from allauth.socialaccount.models import SocialAccount

from partners.single_sign_on.adapter import named
from tests.factories import make_provider
from tests.provider import lying_provider


@pytest.fixture
def server():
    with lying_provider() as running:
        yield running


@pytest.fixture
def provider(boston, server):
    """Boston's, as our table has it."""
    return make_provider(boston, issuer=server.issuer)


@pytest.fixture
def connect(provider):
    """Connects a login with Boston's provider, under a name there."""

    def connected(user, subject="somebody", to=None):
        to = to or provider
        uid = named(to.issuer, to.client_id, subject)
        return SocialAccount.objects.create(user=user, provider=to.key, uid=uid)

    return connected
