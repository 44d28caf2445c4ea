"""Initialisms people make of the names themselves: IAM, SSIS, QoS."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from skills.matching.exact import Name
from skills.matching.text import STOP, VENDORS, folded, is_version

_SHORTEST = 2
_SHORTEST_OF_ALIAS = 4
_LONGEST = 8


def initialisms(words: Sequence[str]) -> set[str]:
    """Initials of all words, without little words, and without the maker's name."""
    words = [word.lstrip(".") for word in words if not is_version(word)]
    found = set()
    for kept in (words, [w for w in words if folded(w) not in VENDORS]):
        telling = [word for word in kept if word not in STOP]
        found |= {_initials(kept), _initials(telling)}
        # Short words stay whole: SD-WAN is of "software-defined WAN".
        if len(telling) > 2 and len(telling[-1]) <= 3:
            found.add(_initials(telling[:-1]) + telling[-1])
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
        if not _SHORTEST <= len(key) <= _LONGEST or key in STOP:
            return []
        return list(self._names.get(key, {}).values())
