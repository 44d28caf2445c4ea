"""Initialisms people make of the names themselves: IAM, SSIS, QoS."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from skills.matching.exact import Name
from skills.matching.text import STOPWORDS, VENDORS, canonical_spelling, is_version

_SHORTEST = 2
_SHORTEST_OF_ALIAS = 4
_LONGEST = 8


def initialisms(words: Sequence[str]) -> set[str]:
    """Initials of all words, without little words, and without the maker's name."""
    words = [word.lstrip(".") for word in words if not is_version(word)]
    found = set()
    for kept in (words, [w for w in words if canonical_spelling(w) not in VENDORS]):
        distinctive = [word for word in kept if word not in STOPWORDS]
        found |= {_initials(kept), _initials(distinctive)}
        # Short words stay whole: SD-WAN is of "software-defined WAN".
        if len(distinctive) > 2 and len(distinctive[-1]) <= 3:
            found.add(_initials(distinctive[:-1]) + distinctive[-1])
    return {key for key in found if _SHORTEST <= len(key) <= _LONGEST}


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


class InitialsIndex:
    """Names of two words or more by their initials."""

    def __init__(self, names: Iterable[Name]):
        self._names: dict[str, dict[int, Name]] = defaultdict(dict)
        for name in names:
            shortest = _SHORTEST if name.kind == "name" else _SHORTEST_OF_ALIAS
            if len(name.words) > 1:
                for key in initialisms(name.words):
                    if len(key) >= shortest:
                        self._names[key].setdefault(name.skill_id, name)

    def find(self, key: str) -> list[Name]:
        """The first name of each skill with these initials, in catalogue order."""
        if not _SHORTEST <= len(key) <= _LONGEST or key in STOPWORDS:
            return []
        return list(self._names.get(key, {}).values())
