"""Durations typed in words, kept in minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.durations import in_words, minutes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4 hours", 240),
        ("4h", 240),
        ("1 h 30 min", 90),
        ("1h30m", 90),
        ("1.5 hours", 90),
        ("2 days", 2880),
        ("1 week and 1 day", 11520),
        ("30 mins, 1 hour", 90),
        (" 45 Minutes ", 45),
        ("0 minutes", 0),
    ],
)
def test_what_is_understood(typed, kept):
    assert minutes(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "4", "soon", "4 moons", "-1 hour", "1 hour or so", "9" * 50 + "h", "\0"],
)
def test_what_is_not_clear(typed):
    assert minutes(typed) is None


@given(st.integers(0, 10**6))
def test_a_duration_in_words_is_read_back(length):
    assert minutes(in_words(length)) == length


def test_a_duration_in_words():
    assert in_words(2 * 1440 + 61) == "2 days 1 hour 1 minute"
