"""Exact keys: every way of writing a name that still is that name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag

from skills.matching.text import (
    GENERIC,
    STOPWORDS,
    VENDORS,
    canonical_spelling,
    is_version,
    stem,
    without_version,
)


class Relaxation(IntFlag):
    """What was let go to make two ways of writing the same."""

    NOTHING = 0
    DOT = 1
    SPELLING = 2
    ENDING = 4
    VENDOR = 8
    ORDER = 16
    VERSION = 32
    GENERIC = 64


_COST = {
    Relaxation.DOT: 0.005,
    Relaxation.SPELLING: 0.01,
    Relaxation.VENDOR: 0.02,
    Relaxation.ENDING: 0.03,
    Relaxation.ORDER: 0.03,
    Relaxation.VERSION: 0.06,
    Relaxation.GENERIC: 0.25,
}


def cost(loss: Relaxation) -> float:
    """How much less a key is worth that had to let go of `loss` (0 to 1)."""
    return sum(price for part, price in _COST.items() if part & loss)


def forms(words: Sequence[str], is_asked: bool = False) -> dict[str, Relaxation]:
    """All keys of a name, each with what it lets go of; the strictest first.

    What `is_asked` may begin with words that say nothing; a name only ends in them.
    """
    found = {"".join(words): Relaxation.NOTHING}
    found.setdefault("".join(map(_dotless, words)), Relaxation.DOT)
    same = [canonical_spelling(word) for word in words]
    found.setdefault("".join(_without_vendor(words)), Relaxation.VENDOR)
    found.setdefault("".join(same), Relaxation.SPELLING)
    found.setdefault("".join(map(stem, words)), Relaxation.SPELLING | Relaxation.ENDING)
    spelling = Relaxation.NOTHING if same == list(words) else Relaxation.SPELLING
    for key, loss in _looser(same, is_asked):
        found.setdefault(key, loss | spelling)
    if is_asked and words[-1].endswith("s") and len(words[-1]) > 2:
        found.setdefault("".join(words)[:-1], Relaxation.SPELLING)
    found.pop("", None)
    return found


def _dotless(word: str) -> str:
    """node.js → nodejs; but .NET is not "net"."""
    return word[0] + word[1:].replace(".", "") if word else word


def _looser(words: list[str], is_asked: bool) -> Iterable[tuple[str, Relaxation]]:
    loss = Relaxation.NOTHING
    steps = (
        (Relaxation.VENDOR, _without_vendor),
        (Relaxation.VERSION, _without_versions),
        (Relaxation.GENERIC, _without_generic if is_asked else _without_generic_end),
    )
    yield in_any_order(words), loss | Relaxation.ORDER
    for part, step in steps:
        fewer = step(words)
        if fewer != words:
            words, loss = fewer, loss | part
            yield "".join(words), loss
            yield in_any_order(words), loss | Relaxation.ORDER
    yield in_any_order(map(stem, words)), loss | Relaxation.ORDER | Relaxation.ENDING


def in_any_order(words: Iterable[str]) -> str:
    """A key that neither word order nor little words change."""
    words = list(words)
    content = [word for word in words if word not in STOPWORDS]
    if len(content) < 2 < len(words):
        content = words
    return " ".join(sorted(content or words))


def _without_vendor(words: Sequence[str]) -> list[str]:
    """Words without a maker's name at either end."""
    fewer = list(words)
    if canonical_spelling(fewer[0]) in VENDORS and STOPWORDS.isdisjoint(fewer[1:2]):
        fewer = fewer[1:]
    elif (
        len(fewer) > 1
        and canonical_spelling(fewer[-1]) in VENDORS
        and fewer[-2] not in STOPWORDS
    ):
        fewer = fewer[:-1]
    return fewer if len(fewer) > 1 or _tells_apart(fewer) else list(words)


def _without_versions(words: list[str]) -> list[str]:
    fewer = [without_version(word) for word in words if not is_version(word)]
    is_makers = all(canonical_spelling(word) in VENDORS for word in fewer)
    return fewer if _tells_apart(fewer) and not is_makers else words


def _without_generic(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end - 1 and _is_empty(words[start]):
        start += 1
    while end > start + 1 and _is_empty(words[end - 1]):
        end -= 1
    fewer = words[start:end]
    return words if all(map(_is_empty, fewer)) else fewer


def _without_generic_end(words: list[str]) -> list[str]:
    """A name without one last word that many names end in."""
    fewer = words[:-1]
    is_empty = all(map(_is_empty, fewer)) or words[-1] not in GENERIC
    return words if is_empty else fewer


def _is_empty(word: str) -> bool:
    return word in GENERIC or word in STOPWORDS


def _tells_apart(words: list[str]) -> bool:
    return any(
        w not in GENERIC and w not in STOPWORDS and not is_version(w) for w in words
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One written name of a skill: its own, or an alias."""

    skill_id: int
    text: str
    kind: str
    worth: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExactMatch:
    """A name found by key, and what had to be let go on either side."""

    name: Name
    loss: Relaxation
    score: float


class KeyIndex:
    """Names by every key they may be written under."""

    def __init__(self, names: Iterable[Name]):
        self._names: dict[str, list[tuple[Name, Relaxation]]] = {}
        self._makers: dict[int, set[str]] = defaultdict(set)
        for name in names:
            self._makers[name.skill_id] |= VENDORS.intersection(
                map(canonical_spelling, name.words)
            )
            for key, loss in forms(name.words).items():
                self._names.setdefault(key, []).append((name, loss))

    def find(self, words: Sequence[str]) -> list[ExactMatch]:
        """Every name found under any key of `words`, best first."""
        found = []
        makers = VENDORS.intersection(map(canonical_spelling, words))
        for key, lost in forms(words, is_asked=True).items():
            for name, loss in self._names.get(key, ()):
                others = makers - self._makers[name.skill_id]
                is_other = bool(
                    lost & Relaxation.VENDOR and others & self._names.keys()
                )
                found.append(_hit(name, lost, loss, is_other))
        return sorted(found, key=lambda hit: (-hit.score, hit.name.skill_id))


def _hit(
    name: Name, asked: Relaxation, held: Relaxation, is_other_maker: bool
) -> ExactMatch:
    loss = asked | held
    score = name.worth - cost(loss)
    # A name without its version is more than that name.
    is_loose = loss & Relaxation.ORDER and loss & Relaxation.ENDING
    if is_other_maker or is_loose or held & Relaxation.VERSION:
        loss |= Relaxation.GENERIC
        score -= 0.12
    return ExactMatch(name, loss, score)
