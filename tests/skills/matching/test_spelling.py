"""Spelling: distances between words, and finding the word that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.matching.spelling import (
    Speller,
    allowance,
    distance,
    is_sure,
    likeness,
    sound,
)

WORDS = ["exchange", "excel", "python", "kubernetes", "java", "javascript", "ubuntu"]
LETTERS = st.text("abcdefghij", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "known", "most"),
    [
        ("exchnge", "exchange", 0.8),  # a vowel forgotten
        ("excell", "excel", 0.6),  # a letter doubled
        ("ubutnu", "ubuntu", 0.8),  # two letters swapped
        ("javs", "java", 0.9),  # the key beside it
        ("jaxx", "java", 2),
    ],
)
def test_slips_cost_no_more_than_they_should(typed, known, most):
    assert 0 < distance(typed, known) <= most


def test_a_slip_costs_less_than_a_wrong_letter():
    assert distance("ubutnu", "ubuntu") < distance("ubpntu", "ubuntu")
    assert distance("excell", "excel") < distance("excelq", "excel")


@given(LETTERS)
def test_a_word_is_no_distance_from_itself(word):
    assert distance(word, word) == 0


@given(LETTERS, LETTERS)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == pytest.approx(distance(other, one))


@given(LETTERS, LETTERS)
def test_likeness_is_a_part_of_one(one, other):
    assert 0 <= likeness(one, other) <= 1


def test_longer_words_may_hold_more_mistakes_and_short_ones_none():
    assert [allowance(size) for size in (2, 3, 4, 6, 12)] == [0, 0, 1, 2, 3]


def test_letters_in_another_order_are_one_slip():
    assert likeness("phyton", "python") == pytest.approx(0.8)


def test_words_that_sound_alike_are_alike_but_not_surely():
    assert sound("fotoshop") == sound("photoshop")
    assert not is_sure("decayer", "docker", likeness("decayer", "docker"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exchnge", "exchange"),
        ("excell", "excel"),
        ("phyton", "python"),
        ("kubenretes", "kubernetes"),
        ("javasrript", "javascript"),
        ("jvaa", "java"),
    ],
)
def test_a_speller_finds_the_word_that_was_meant(typed, meant):
    found = Speller(WORDS).like(typed)
    assert found[0][0] == meant
    assert is_sure(typed, *found[0])


@pytest.mark.parametrize("typed", ["jav", "margaret", "skegness", "", "x" * 500])
def test_a_speller_leaves_other_words_alone(typed):
    assert Speller(WORDS).like(typed) == []


def test_the_first_letter_has_to_be_right_in_a_short_word():
    assert not is_sure("mava", "java", likeness("mava", "java"))
