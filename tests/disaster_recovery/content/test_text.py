"""One way to write a text, whatever it was written with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.text import normalised


@given(st.text(st.sampled_from("a \t\r\né\u0301e\u2028\xa0")))
def test_normalising_twice_changes_nothing(text):
    once = normalised(text)
    assert normalised(once) == once
    assert "\r" not in once
    assert not once.endswith("\n")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("a \t\nb  ", "a\nb"),
        ("\n\na\n\n b\n\n", "a\n\n b"),
        ("e\u0301", "é"),
        ("", ""),
        (" \n\t\n", ""),
    ],
)
def test_text_is_normalised(text, kept):
    assert normalised(text) == kept


def test_a_long_run_of_blanks_takes_no_longer_than_a_text():
    assert normalised("a" + " " * 300_000 + "b").endswith(" b")
