"""Who keeps people's skills, and whose are not theirs to keep."""

import pytest

from tests.administration import make_canary


@pytest.fixture
def canary(lincoln):
    """Somebody whose record is not Boston's coordinator's to read."""
    return make_canary(lincoln)


@pytest.fixture
def keeping(client_of, coordinator):
    """Boston's coordinator at work."""
    return client_of(coordinator)


@pytest.fixture
def chief(client_of, partnership_coordinator):
    """The partnership coordinator at work."""
    return client_of(partnership_coordinator)
