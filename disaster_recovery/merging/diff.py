"""Which lines of one text stand in another, and what was changed between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Steps SequenceMatcher may take at worst; beyond it, many lines are alike.
_EASY = 2_000_000
# Bits kept by the exact search; beyond it all between is taken for changed.
_MOST_BITS = 400_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """Lines start to end give way to other lines; half-open, either may be none."""

    start: int
    end: int
    new_start: int
    new_end: int


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What turns one sequence into the other, in order; two never touch."""
    found, old, new = [], 0, 0
    for i, j in (*matches(before, after), (len(before), len(after))):
        if i > old or j > new:
            found.append(Change(old, i, new, j))
        old, new = i + 1, j + 1
    return found


def matches(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal lines, both indices rising."""
    head = _common(zip(before, after, strict=False))
    most = min(len(before), len(after)) - head
    tail = min(most, _common(zip(reversed(before), reversed(after), strict=False)))
    ends = len(before) - tail, len(after) - tail
    middle = _matches_between(before[head : ends[0]], after[head : ends[1]])
    return [
        *((n, n) for n in range(head)),
        *((i + head, j + head) for i, j in middle),
        *((ends[0] + n, ends[1] + n) for n in range(tail)),
    ]


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    number = 0
    for one, other in pairs:
        if one != other:
            break
        number += 1
    return number


def _matches_between(before, after):
    """By blocks, as a reader would; where that takes too long, as many as can be."""
    counts = Counter(after)
    equal = sum(counts[line] for line in before)
    most_blocks = min(equal, len(before), len(after))
    if most_blocks * (len(before) + equal) <= _EASY:
        return _by_blocks(before, after)
    # Lines that only one side has are left aside: they match nothing.
    both = set(before) & set(after)
    olds = [n for n, line in enumerate(before) if line in both]
    news = [n for n, line in enumerate(after) if line in both]
    pairs = _pairs([before[n] for n in olds], [after[n] for n in news])
    return ((olds[i], news[j]) for i, j in pairs)


def _pairs(before: list[str], after: list[str]) -> Iterable[tuple[int, int]]:
    if before == after:
        return ((n, n) for n in range(len(before)))
    if len(before) * len(after) <= _MOST_BITS:
        return reversed([*_longest_common(before, after)])
    return ()


def _by_blocks(before, after) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        yield from ((i + n, j + n) for n in range(size))


def _longest_common(before, after) -> Iterator[tuple[int, int]]:
    """A longest common subsequence from its end: Hyyrö's bit-vectors, 2004.

    A bit of a row is clear where one more line of `after` lengthens what is common
    with the lines of `before` so far. One addition a line stands for a whole row.
    """
    rows = _rows(before, after)
    i, j = len(before), len(after)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif not rows[i - 1] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j


def _rows(before, after):
    places: dict[str, int] = {}
    for n, line in enumerate(after):
        places[line] = places.get(line, 0) | 1 << n
    every = (1 << len(after)) - 1
    rows = [every]
    for line in before:
        row, at = rows[-1], places[line]
        rows.append(((row + (row & at)) | (row & ~at)) & every)
    return rows
