"""Three texts made one, line by line as diff3 does, long paragraphs by sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disaster_recovery.content.text import normalised as normalise
from disaster_recovery.merging.diff import Change, changes

LONG_PARAGRAPH = 120
# A single blank after a full stop: what is joined again by a single blank.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?] )(?=\S)")
_LINE_ENDS = "\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines start to end of a normalised text, counted from 0, half-open."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextConflict:
    """A place where both changed what stood there, each otherwise."""

    base: Passage
    ours: Passage
    theirs: Passage


@dataclass(frozen=True, slots=True)
class TextMerge:
    """The merged text; with conflicts there is none, and never a marker in it."""

    text: str | None
    conflicts: tuple[TextConflict, ...] = ()


class _Side(NamedTuple):
    start: int
    end: int


class _Region(NamedTuple):
    """Where the three differ; `changed` says whether ours and theirs did."""

    base: _Side
    sides: tuple[_Side, _Side]
    changed: tuple[bool, bool]


def merge_text(base: str, ours: str, theirs: str) -> TextMerge:
    """What both made of the base, normalised; `text` is None if they conflict.

    Changes conflict when they overlap or touch and are not the same, as they do for
    `git merge-file --diff3`. Swapping ours and theirs swaps them in the conflicts,
    and changes nothing else.
    """
    base, ours, theirs = map(normalise, (base, ours, theirs))
    if base in (ours, theirs) or ours == theirs:
        return TextMerge(theirs if base == ours else ours)
    lines, conflicts = _merge_lines(*map(_lines, (base, ours, theirs)))
    if conflicts:
        return TextMerge(None, tuple(conflicts))
    return TextMerge(normalise("\n".join(lines)))


def _lines(text):
    return text.split("\n") if text else []


def _merge_lines(base, ours, theirs):
    merged, conflicts, done = [], [], 0
    for region in _regions(base, ours, theirs):
        merged += base[done : region.base.start]
        done = region.base.end
        texts = _texts(region, base, ours, theirs)
        taken = _taken(region, texts)
        if taken is None:
            taken = _by_sentence(*texts)
        if taken is None:
            spans = (region.base, *region.sides)
            conflicts.append(TextConflict(*map(_passage, spans, texts)))
        merged += taken or []
    return merged + base[done:], conflicts


def _texts(region, base, *sides):
    """The lines of a region as each of the three has them."""
    parts = ((base, region.base), *zip(sides, region.sides, strict=True))
    return [lines[part.start : part.end] for lines, part in parts]


def _taken(region, texts):
    _, ours, theirs = texts
    if not region.changed[1] or ours == theirs:
        return ours
    return None if region.changed[0] else theirs


def _passage(side, lines):
    return Passage(side.start, side.end, "\n".join(lines))


def _by_sentence(*texts: Sequence[str]) -> list[str] | None:
    """The merged lines if there is a long paragraph and no sentence in conflict."""
    if not any(len(line) > LONG_PARAGRAPH for line in texts[0]):
        return None
    base, ours, theirs = ([*_sentences(lines)] for lines in texts)
    merged, done = [], 0
    for region in _regions(base, ours, theirs):
        taken = _taken(region, _texts(region, base, ours, theirs))
        if taken is None:
            return None
        merged += [*base[done : region.base.start], *taken]
        done = region.base.end
    return _paragraphs(merged + base[done:])


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        *first, last = _SENTENCE_ENDS.split(line)
        yield from (sentence[:-1] for sentence in first)
        yield from filter(None, [last])
        yield _LINE_ENDS


def _paragraphs(sentences: Iterable[str]) -> list[str]:
    lines: list[list[str]] = [[]]
    for sentence in sentences:
        if sentence == _LINE_ENDS:
            lines.append([])
        else:
            lines[-1].append(sentence)
    return [" ".join(line) for line in (lines if lines[-1] else lines[:-1])]


def _regions(base, ours, theirs) -> Iterator[_Region]:
    """Changes of both, those that touch taken together, in the order of the base."""
    sides = [changes(base, ours), changes(base, theirs)]
    tagged = [(one, n) for n, found in enumerate(sides) for one in found]
    tagged.sort(key=lambda pair: (pair[0].start, pair[0].end))
    group: list[tuple[Change, int]] = []
    end, offsets = 0, (0, 0)
    for one, side in tagged:
        if group and one.start > end:
            region, offsets = _region(group, end, offsets)
            yield region
            group = []
        end = max(end, one.end) if group else one.end
        group.append((one, side))
    if group:
        yield _region(group, end, offsets)[0]


def _region(group, end, offsets):
    """The region of changes that touch, and how far each side is shifted after it."""
    start = group[0][0].start
    spans, after = [], []
    for side, offset in enumerate(offsets):
        own = [one for one, n in group if n == side]
        grown = sum((c.new_end - c.new_start) - (c.end - c.start) for c in own)
        after.append(offset + grown)
        spans.append(_Side(start + offset, end + offset + grown))
    changed = tuple(any(n == side for _, n in group) for side in (0, 1))
    return _Region(_Side(start, end), tuple(spans), changed), tuple(after)
