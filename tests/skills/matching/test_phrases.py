"""Phrases: which names hold the words typed."""

import pytest

from skills.matching.exact import Name
from skills.matching.phrases import PhraseIndex
from skills.matching.text import tokens

NAMES = [
    "Antivirus and anti-malware",
    "Identity and access management",
    "Microsoft Access",
    "Network monitoring",
    "Network routing",
    "Patch management",
    "PostgreSQL",
    "JavaScript",
    "Java",
    "Windows batch scripting",
    "Cisco Meraki",
]


@pytest.fixture(scope="module")
def index():
    return PhraseIndex(
        [Name(n, text, "name", 1.0, (*tokens(text),)) for n, text in enumerate(NAMES)]
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("remove viruses and malware", "Antivirus and anti-malware"),
        ("manage identities", "Identity and access management"),
        ("monitoring of networks", "Network monitoring"),
        ("patching", "Patch management"),
        ("postgre", "PostgreSQL"),
        ("microsft acess", "Microsoft Access"),
    ],
)
def test_a_name_is_seen_in_the_words_of_a_phrase(index, words, name):
    assert index.look(tokens(words))[0].name.text == name


def test_rare_words_weigh_more_than_common_and_little_ones(index):
    assert index.weight("meraki") > index.weight("network") > index.weight("and") == 0


def test_generic_words_and_versions_weigh_little(index):
    assert index.weight("management") < index.weight("network")
    assert index.weight("2016") < index.weight("network")


def test_a_known_word_is_not_the_beginning_of_another_until_it_is_typed(index):
    read = [seen.name.text for seen in index.look(["java"])]
    typing = [seen.name.text for seen in index.look(["java"], is_typing=True)]
    assert read == ["Java"]
    assert typing == ["Java", "JavaScript"]


def test_words_run_together_are_cut_in_known_parts(index):
    assert index.parts("networkrouting") == ["network", "routing"]
    assert index.parts("batchfile") == ["batch", "file"]


@pytest.mark.parametrize("word", ["network", "skegness", "netwrok", "c++"])
def test_other_words_are_left_whole(index, word):
    assert index.parts(word) == [word]


def test_what_was_typed_and_what_was_filled_are_both_told(index):
    seen = index.look(["network", "skegness"])[0]
    assert 0 < seen.covered < 0.5
    assert 0 < seen.filled < 0.5
    assert not seen.is_close


def test_a_corrected_word_is_told(index):
    seen = index.look(["netwrok", "monitoring"])[0]
    assert seen.is_close
    assert seen.alike < seen.covered == 1


def test_nothing_is_seen_in_little_words(index):
    assert index.look(["and", "the"]) == []
