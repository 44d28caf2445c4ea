"""Which lines two texts have in common, and what was changed between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

# Steps that SequenceMatcher may take at worst; with more, many lines are the same.
_EASY = 2_000_000
# Bits that the exact search keeps; with more, all in between counts as changed.
_MOST_BITS = 400_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """Lines start to end are replaced by others; half-open, either may be none."""

    start: int
    end: int
    new_start: int
    new_end: int


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What turns one sequence into the other, in order; two never touch."""
    changes, old, new = [], 0, 0
    for i, j in (*matches(before, after), (len(before), len(after))):
        if i > old or j > new:
            changes.append(Change(old, i, new, j))
        old, new = i + 1, j + 1
    return changes


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
    """How many pairs at the beginning are equal."""
    number = 0
    for old, new in pairs:
        if old != new:
            break
        number += 1
    return number


def _matches_between(
    before: Sequence[str], after: Sequence[str]
) -> Iterable[tuple[int, int]]:
    """By blocks, as a reader would; where that takes too long, as many as possible."""
    counts = Counter(after)
    equal = sum(counts[line] for line in before)
    most_blocks = min(equal, len(before), len(after))
    if most_blocks * (len(before) + equal) <= _EASY:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        return _pairs((b.a, b.b, b.size) for b in matcher.get_matching_blocks())
    # Lines that only one side has are left aside: they match nothing.
    both = set(before) & set(after)
    olds = [n for n, line in enumerate(before) if line in both]
    news = [n for n, line in enumerate(after) if line in both]
    pairs = _longest_common([before[n] for n in olds], [after[n] for n in news])
    return ((olds[i], news[j]) for i, j in pairs)


def _longest_common(before: list[str], after: list[str]) -> Iterable[tuple[int, int]]:
    """A longest common subsequence."""
    if before == after:
        return ((n, n) for n in range(len(before)))
    if len(before) * len(after) > _MOST_BITS:
        return ()
    opcodes = LCSseq.opcodes(before, after)
    return _pairs((b.a, b.b, b.size) for b in opcodes.as_matching_blocks())


def _pairs(blocks: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    for old, new, size in blocks:
        yield from ((old + n, new + n) for n in range(size))
