"""Spelling: which known words a mistyped word may have been."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_VOWELS = "aeiouy"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = {"ph": "f", "th": "f", "ck": "k", "sch": "sk", "x": "ks", "c": "k"}
_SWAPPED = 0.8
_REORDERED = 1.2
_CANDIDATES = 17
_LONGEST = 40
_SOUNDS_ALIKE = 0.74
_SURE = 0.78
_SURE_SHORT = 0.8
_SURE_OTHERWISE = 0.86


def _slips() -> dict[tuple[str, str], float]:
    """Letters easily typed for one another: vowels, and neighbouring keys."""
    pairs = [pair for row in _ROWS for pair in zip(row, row[1:], strict=False)]
    for upper, lower in zip(_ROWS, _ROWS[1:], strict=False):
        for place, letter in enumerate(lower):
            pairs += [(near, letter) for near in upper[place : place + 2]]
    slips = dict.fromkeys([*pairs, *((b, a) for a, b in pairs)], 0.9)
    slips |= {(one, other): 0.8 for one in _VOWELS for other in _VOWELS}
    return slips | {(letter, letter): 0.0 for letter in _VOWELS}


_SLIPS = _slips()


def allowance(length: int) -> float:
    """How many mistakes a word of `length` letters may hold."""
    if length <= 3:
        return 0
    if length <= 5:
        return 1
    return 2 if length <= 9 else 3


def distance(typed: str, known: str, most: float = 3) -> float:
    """Damerau–Levenshtein distance (optimal string alignment), weighted.

    A slip of the finger costs less than a whole mistake: two letters swapped, a
    letter doubled, a vowel for a vowel, a neighbouring key. Distances over `most`
    are given as `most` + 1.
    """
    typed, known = _differing(typed, known)
    gaps = _gaps(known)
    earlier: list[float] = []
    before = [0.0]
    for gap in gaps:
        before.append(before[-1] + gap)
    for row, gap in enumerate(_gaps(typed)):
        line = _line(typed, known, row, [gap, *gaps], before, earlier)
        if min(line) > most:
            return most + 1
        earlier, before = before, line
    return before[-1] if before[-1] <= most else most + 1


def _differing(typed: str, known: str) -> tuple[str, str]:
    """Both words without what they share at either end, save one letter."""
    shorter = min(len(typed), len(known))
    start = 0
    while start < shorter and typed[start] == known[start]:
        start += 1
    start = max(0, start - 1)
    end = 0
    while end < shorter - start - 1 and typed[-1 - end] == known[-1 - end]:
        end += 1
    end = max(0, end - 1)
    return typed[start : len(typed) - end], known[start : len(known) - end]


def _gaps(word: str) -> list[float]:
    """What each letter costs as one too many: least when it doubles another."""
    return [
        0.6
        if place and letter == word[place - 1]
        else 0.8
        if letter in _VOWELS
        else 0.9
        for place, letter in enumerate(word)
    ]


def _line(
    typed: str,
    known: str,
    row: int,
    gaps: Sequence[float],
    before: Sequence[float],
    earlier: Sequence[float],
) -> list[float]:
    letter = typed[row]
    line = [before[0] + gaps[0]]
    for column, other in enumerate(known):
        swap = 0 if letter == other else _SLIPS.get((letter, other), 1)
        least = before[column] + swap
        least = min(
            least, before[column + 1] + gaps[0], line[column] + gaps[column + 1]
        )
        if (
            column
            and earlier
            and letter == known[column - 1]
            and typed[row - 1] == other
        ):
            least = min(least, earlier[column - 1] + _SWAPPED)
        line.append(least)
    return line


def likeness(typed: str, known: str) -> float:
    """How like a known word a typed one is: 1 the same, 0 beyond its allowance."""
    longer = max(len(typed), len(known))
    if not known:
        return 0.0
    most = allowance(min(len(typed), len(known)))
    if typed[0] != known[0]:
        most = min(most, 1) if longer < 7 else most
    mistakes = distance(typed, known, most)
    if mistakes > 1 and _is_reordered(typed, known):
        mistakes = min(mistakes, _REORDERED)
    if mistakes > most and longer > 4 and sound(typed) == sound(known):
        return _SOUNDS_ALIKE
    if mistakes > most:
        return 0.0
    first = 0 if typed[0] == known[0] else 0.04
    return max(0.0, 1 - mistakes / longer - first)


def is_sure(typed: str, known: str, likeness: float) -> bool:
    """Is one word alone, so like a known one, surely that word mistyped?"""
    if typed[0] != known[0]:
        return likeness >= _SURE_OTHERWISE
    return likeness >= (_SURE_SHORT if len(typed) < 6 else _SURE)


def _is_reordered(typed: str, known: str) -> bool:
    """The same letters in another order are one slip, however far they moved."""
    if len(typed) != len(known) or len(typed) < 6 or typed[0] != known[0]:
        return False
    return sorted(typed) == sorted(known)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A rough key of how a word sounds: one letter for each consonant sound."""
    for written, parsed in _SOUNDS.items():
        word = word.replace(written, parsed)
    kept = [word[0]]
    for letter in word[1:]:
        if letter not in _VOWELS and letter not in (kept[-1], "h"):
            kept.append(letter)
    return "".join(kept)


def _pairs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


class Speller:
    """Known words, found by the pairs of letters they share with a mistyped one."""

    def __init__(self, words: Iterable[str]):
        self._with_pair: dict[int, dict[str, list[str]]] = {}
        for word in dict.fromkeys(words):
            if 3 < len(word) <= _LONGEST:
                pairs = self._with_pair.setdefault(len(word), {})
                for pair in _pairs(word):
                    pairs.setdefault(pair, []).append(word)

    def like(self, typed: str, limit: int = 8) -> list[tuple[str, float]]:
        """Known words like `typed` with their likeness, best first."""
        if not 3 < len(typed) <= _LONGEST:
            return []
        found = [(word, likeness(typed, word)) for word in self._candidates(typed)]
        found = [(word, value) for word, value in found if value > 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _candidates(self, typed: str) -> list[str]:
        near = []
        for size in range(len(typed) - 3, len(typed) + 4):
            apart = abs(size - len(typed))
            known = self._with_pair.get(size, {})
            shared: Counter[str] = Counter()
            for pair in _pairs(typed):
                shared.update(known.get(pair, ()))
            fewest = max(1, len(typed) + 1 - 3 * allowance(size))
            near += [
                (apart - 2 * count, word)
                for word, count in shared.items()
                if count >= fewest
            ]
        return [word for _, word in sorted(near)[:_CANDIDATES]]
