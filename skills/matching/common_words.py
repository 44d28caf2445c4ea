"""Words of everyday English, given names and places, which are seldom skills."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from skills.matching.text import GENERIC, STOPWORDS, canonical_spelling, is_version

_ENDING = re.compile(r"(?<=...)(?:ing|ed|ly)$")
_LISTS = Path(__file__).parents[1] / "data"


@cache
def ordinary_words() -> frozenset[str]:
    """Common English words: seen alone they are not misspelt skills."""
    return _read("ordinary_words.txt")


@cache
def proper_names() -> frozenset[str]:
    """Given names, surnames and places of the county."""
    return _read("proper_names.txt")


def _read(name: str) -> frozenset[str]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    kept = (line for line in lines if not line.startswith("#"))
    return frozenset(word for line in kept for word in line.split())


def is_ordinary(word: str) -> bool:
    """Is this a word people use without thinking of computers?"""
    if len(word) == 1 or word in ordinary_words():
        return True
    plain = _ENDING.sub("", word)
    return not ordinary_words().isdisjoint(
        (canonical_spelling(word), plain, plain + "e")
    )


def is_everyday(word: str) -> bool:
    return is_ordinary(word) or word in proper_names()


def is_stopword(word: str) -> bool:
    """Does this word say nothing about which skill is meant?"""
    return word in STOPWORDS or word in GENERIC or is_version(word)


def content(words: Sequence[str]) -> list[str]:
    """The words that say which skill is meant; all, when none does."""
    distinctive = [word for word in words if not is_stopword(word)]
    return (
        distinctive or [word for word in words if word not in STOPWORDS] or list(words)
    )
