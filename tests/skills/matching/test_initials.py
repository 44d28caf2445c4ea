"""Initialisms made of names."""

import pytest

from skills.matching.exact import Name
from skills.matching.initials import InitialsIndex, initialisms
from skills.matching.text import tokens


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Identity and access management", "iam"),
        ("SQL Server Integration Services", "ssis"),
        ("Software as a service", "saas"),
        ("Microsoft System Center Operations Manager", "scom"),
        ("Software-defined WAN", "sdwan"),
        ("Freedom of information", "foi"),
        ("Multi-factor authentication", "mfa"),
    ],
)
def test_people_make_initials_of_names_in_several_ways(text, key):
    assert key in initialisms(tokens(text))


def index(*texts, kind="name"):
    names = enumerate(texts, 1)
    return InitialsIndex(Name(n, t, kind, 1.0, tuple(tokens(t))) for n, t in names)


def test_two_names_may_share_initials():
    found = index("Project management", "Problem management").find("pm")
    assert [name.skill_id for name in found] == [1, 2]


def test_one_word_has_no_initials():
    assert index("Python").find("p") == []


def test_little_words_are_never_initials():
    assert index("Information technology").find("it") == []


def test_aliases_give_only_long_initials():
    made = index("lift and shift", "Simple Mail Transfer Protocol", kind="other")
    assert made.find("las") == []
    assert [name.skill_id for name in made.find("smtp")] == [2]
