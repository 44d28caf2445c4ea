"""Secrets are stored so that a copy of the database alone opens nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.encryption import Unreadable, seal, unseal


@given(st.text())
def test_what_is_sealed_comes_back(text):
    assert unseal(seal(text)) == text


def test_a_sealed_secret_does_not_show_it():
    assert "JBSWY3DP" not in seal("JBSWY3DP")


def test_the_same_secret_looks_different_each_time():
    assert seal("JBSWY3DP") != seal("JBSWY3DP")


def test_an_older_key_still_opens(settings):
    stored = seal("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long and random enough"
    assert unseal(stored) == "JBSWY3DP"


def test_without_its_key_a_secret_stays_shut(settings):
    stored = seal("JBSWY3DP")
    settings.SECRET_KEY = "another key, long and random enough"
    with pytest.raises(Unreadable, match="SECRET_KEY_FALLBACKS"):
        unseal(stored)


def test_what_somebody_put_there_by_hand_stays_shut():
    with pytest.raises(Unreadable):
        unseal("not sealed at all")
