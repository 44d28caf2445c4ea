"""Phrases: which names hold the words that were typed, and how fully."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from math import log

from skills.matching.common_words import is_everyday
from skills.matching.exact import Name
from skills.matching.phrase_match import PhraseMatch, WordMatch
from skills.matching.spelling import Speller, is_sure
from skills.matching.text import (
    GENERIC,
    STOPWORDS,
    VENDORS,
    canonical_spelling,
    is_version,
    stem,
)

_MOST_BEGINNINGS = 40
_RARE_MAKER = 0.5
_ENOUGH = 20
_MOST_RATED = 80
_MOST_KEPT = 5_000
_USUAL_SIZE = 400
_SLIP = 0.82
_SHARE = 0.6
_STEM_SHARE = 0.7


class PhraseIndex:
    """Names by the stems of their words, rarer words weighing more."""

    def __init__(self, names: Sequence[Name]):
        self._names = names
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._stems = [dict.fromkeys(map(stem, name.words)) for name in names]
        words: dict[str, None] = {}
        for number, name in enumerate(names):
            for word in name.words:
                words[word] = words[canonical_spelling(word)] = None
            for part in self._stems[number]:
                self._holding[part].append(number)
        self._weights = self._weigh()
        self._filling = [self._fill(number) for number in range(len(names))]
        self._full = [sum(filling.values()) for filling in self._filling]
        self._heads = [_head(name) for name in names]
        self._known = frozenset(words)
        self._vocabulary = sorted(words)
        self._endings = sorted(word[::-1] for word in words)
        self._speller = Speller(words)
        self._reached: dict[str, list[WordMatch]] = {}

    def _weigh(self) -> dict[str, float]:
        skills = {name.skill_id for name in self._names}
        scale = log(max(_USUAL_SIZE, len(skills)) + 2)
        weights = {}
        for part, numbers in self._holding.items():
            holders = len({self._names[number].skill_id for number in numbers})
            weights[part] = max(0.15, 1 - log(holders) / scale)
        return weights

    def has(self, word: str) -> bool:
        return canonical_spelling(word) in self._known

    def knows(self, word: str) -> bool:
        return stem(word) in self._holding

    def weight(self, word: str) -> float:
        """How much a word tells: rare names most, little words nothing (0 to 1)."""
        if word in STOPWORDS:
            return 0.0
        if is_version(word):
            return 0.12
        base = self._weights.get(stem(word), 1.0)
        if canonical_spelling(word) in _GENERIC or word in GENERIC:
            return 0.3 * base
        return base

    def _fill(self, number: int) -> dict[str, float]:
        """The weight of each stem in a name, vendors' names counting little."""
        weights: dict[str, float] = {}
        for word in self._names[number].words:
            weight = self.weight(word) * (
                0.3 if canonical_spelling(word) in VENDORS else 1
            )
            weights[stem(word)] = max(weight, 0.01)
        return weights

    def reach(self, word: str) -> list[WordMatch]:
        """Known words meant by a typed word: itself, longer ones, or alike ones."""
        reached = self._reached.get(word)
        if reached is None:
            if len(self._reached) > _MOST_KEPT:
                self._reached.clear()
            reached = self._reached[word] = self._reach(word)
        return reached

    def _reach(self, word: str) -> list[WordMatch]:
        if len(word) < 3 or is_version(word) or word in GENERIC:
            return [WordMatch(stem(word), 1.0)] if self.knows(word) else []
        reached = self._ending_with(canonical_spelling(word))
        if self.knows(word):
            reached.append(self._same_stem(word))
        else:
            reached += self._beginning_with(canonical_spelling(word)) + self._alike(
                word
            )
        best: dict[str, WordMatch] = {}
        for reach in sorted(reached, key=lambda r: (-r.likeness, r.word)):
            best.setdefault(reach.word, reach)
        return list(best.values())

    def _same_stem(self, word: str) -> WordMatch:
        part = stem(word)
        if self.has(word):
            return WordMatch(part, 1.0)
        share = len(part) / len(word)
        return WordMatch(
            part, 0.6 + 0.4 * share, len(part) > 4 and share >= _STEM_SHARE
        )

    def _beginning_with(self, start: str) -> list[WordMatch]:
        words = [(w, len(start) / len(w)) for w in _starting(self._vocabulary, start)]
        return [
            WordMatch(stem(w), 0.7 + 0.28 * share, len(start) > 3 and share >= _SHARE)
            for w, share in words
        ]

    def _ending_with(self, end: str) -> list[WordMatch]:
        if len(end) < 5:
            return []
        words = _starting(self._endings, end[::-1])
        return [
            WordMatch(stem(w[::-1]), 0.5 + 0.4 * len(end) / len(w), stands_alone=False)
            for w in words
        ]

    def _alike(self, word: str) -> list[WordMatch]:
        return [
            WordMatch(
                stem(known),
                likeness,
                stands_alone=is_sure(word, known, likeness),
                is_close=True,
                is_doubtful=is_everyday(word),
            )
            for known, likeness in self._speller.like(word)
        ]

    def parts(self, word: str) -> list[str]:
        """An unknown word cut in two known ones (batchfile), or left whole."""
        if self.knows(word) or not word.isalpha():
            return [word]
        cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
        known = [cut for cut in cuts if all(map(self._is_part, cut))]
        if not known or self._is_slip(word):
            return [word]
        return list(max(known, key=lambda cut: sum(map(self.weight, cut))))

    def _is_slip(self, word: str) -> bool:
        return any(likeness > _SLIP for _, likeness in self._speller.like(word, 1))

    def _is_part(self, word: str) -> bool:
        is_known = canonical_spelling(word) in self._known and word not in STOPWORDS
        return is_known or word in GENERIC

    def typed_weight(self, word: str) -> float:
        """The weight of a typed word: a slip weighs what the word meant does."""
        if canonical_spelling(word) in VENDORS:
            return 0.3 * self.weight(word)
        if self.knows(word) or word in STOPWORDS or word in GENERIC or is_version(word):
            return self.weight(word)
        meant = [reach for reach in self.reach(word) if reach.likeness >= 0.8]
        return self.weight(meant[0].word) if meant else 1.0

    def look(self, words: Sequence[str], is_typing: bool = False) -> list[PhraseMatch]:
        """The best sighting of each skill, best first.

        While somebody `is_typing`, the last word may be the beginning of a longer one.
        """
        weights = [self.typed_weight(word) for word in words]
        whole = sum(weights)
        if not whole:
            return []
        seen = self._see(words, weights, is_typing)
        rated = [(self._rate(n, found, weights, whole), n) for n, found in seen.items()]
        best: dict[int, PhraseMatch] = {}
        for score, number in nsmallest(_MOST_RATED, rated):
            skill_id = self._names[number].skill_id
            if skill_id not in best:
                found = seen[number]
                best[skill_id] = self._phrase_match(
                    number, found, weights, whole, -score
                )
        return list(best.values())

    def _see(
        self, words: Sequence[str], weights: Sequence[float], is_typing: bool
    ) -> dict[int, dict[int, WordMatch]]:
        """For each name the places of typed words, with what they reached there."""
        seen: dict[int, dict[int, WordMatch]] = {}
        heaviest_first = sorted(range(len(words)), key=lambda at: -weights[at])
        for at in heaviest_first:
            if not weights[at]:
                continue
            is_extra = weights[at] < 0.2 and len(seen) > _ENOUGH
            reaches = self.reach(words[at])
            if is_typing and at == len(words) - 1:
                reaches = [
                    *reaches,
                    *self._beginning_with(canonical_spelling(words[at])),
                ]
            for reach in reaches:
                for number in self._holding[reach.word]:
                    if is_extra and number not in seen:
                        continue
                    found = seen.setdefault(number, {})
                    if at not in found:
                        found[at] = reach
        return seen

    def _rate(
        self,
        number: int,
        found: Mapping[int, WordMatch],
        weights: Sequence[float],
        whole: float,
    ) -> float:
        """Minus the score of a name, so that the best comes first."""
        filling, head = self._filling[number], self._heads[number]
        alike = filled = 0.0
        is_head = False
        for at, reach in found.items():
            alike += weights[at] * reach.likeness
            filled += filling[reach.word] * reach.likeness
            is_head = is_head or reach.word == head
        part = min(1, filled / self._full[number])
        is_own = self._names[number].kind == "name"
        return -(0.57 * alike / whole + 0.3 * part + 0.05 * is_head + 0.08 * is_own)

    def _phrase_match(
        self,
        number: int,
        found: Mapping[int, WordMatch],
        weights: Sequence[float],
        whole: float,
        score: float,
    ) -> PhraseMatch:
        reaches = found.values()
        alike = sum(weights[at] * reach.likeness for at, reach in found.items())
        reached = {reach.word: reach.likeness for reach in reaches}
        filled = sum(self._filling[number][w] * value for w, value in reached.items())
        return PhraseMatch(
            name=self._names[number],
            covered=sum(weights[at] for at in found) / whole,
            alike=alike / whole,
            filled=filled / self._full[number],
            is_head=self._heads[number] in reached,
            is_makers=self._is_makers(self._names[number], reached),
            is_close=any(reach.is_close for reach in reaches),
            is_doubtful=any(reach.is_doubtful for reach in reaches),
            stands_alone=all(reach.stands_alone for reach in reaches),
            found=frozenset(found),
            score=score,
        )

    def _is_makers(self, name: Name, reached: Collection[str]) -> bool:
        first = stem(name.words[0])
        return first in reached and self._weights[first] >= _RARE_MAKER


def _head(name: Name) -> str:
    for word in name.words:
        if canonical_spelling(word) not in VENDORS and word not in STOPWORDS:
            return stem(word)
    return stem(name.words[0])


_GENERIC = frozenset(map(canonical_spelling, GENERIC))


def _starting(words: list[str], start: str) -> Iterable[str]:
    at = bisect_left(words, start)
    for word in words[at : at + _MOST_BEGINNINGS]:
        if not word.startswith(start):
            return
        if word != start:
            yield word
