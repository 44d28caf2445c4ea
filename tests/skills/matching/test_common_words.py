"""Everyday words, names and places."""

import pytest

from skills.matching.common_words import (
    content,
    is_everyday,
    is_ordinary,
    is_stopword,
    proper_names,
)


@pytest.mark.parametrize("word", ["council", "chief", "visited", "walking", "x"])
def test_everyday_english_is_ordinary(word):
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["kubernetes", "excell", "printer", "phyton"])
def test_words_of_the_trade_and_their_slips_are_not(word):
    assert not is_everyday(word)


@pytest.mark.parametrize("word", ["jason", "skegness", "robinson"])
def test_names_and_places_are_everyday_but_not_ordinary(word):
    assert is_everyday(word)
    assert not is_ordinary(word)


def test_the_lists_hold_single_lower_case_words():
    assert all(word == word.lower() for word in proper_names())


def test_content_is_what_says_which_skill_is_meant():
    assert content(["help", "with", "excel", "2016"]) == ["excel"]
    assert content(["project", "management"]) == ["project"]
    assert content(["database", "administration"]) == ["database", "administration"]


def test_versions_and_tails_are_noise():
    assert all(map(is_stopword, ["2016", "v3", "server", "the"]))
    assert not is_stopword("vmware")
