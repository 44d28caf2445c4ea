"""Merges three texts, line by line as diff3 does, long paragraphs by sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disaster_recovery.content.text import normalised
from disaster_recovery.merging.diff import Change, changes

LONG_PARAGRAPH = 120
# A single space after a full stop: what is joined again by a single space.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?] )(?=\S)")
_LINE_ENDS = "\n"
_Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines start to end of a normalised text, counted from 0, half-open."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TextConflict:
    """A place that both changed in different ways."""

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
    base, ours, theirs = map(normalised, (base, ours, theirs))
    if base in (ours, theirs) or ours == theirs:
        return TextMerge(theirs if base == ours else ours)
    lines, conflicts = _merge_lines(_lines(base), _lines(ours), _lines(theirs))
    if conflicts:
        return TextMerge(None, tuple(conflicts))
    return TextMerge(normalised("\n".join(lines)))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _merge_lines(
    base: _Lines, ours: _Lines, theirs: _Lines
) -> tuple[list[str], list[TextConflict]]:
    merged: list[str] = []
    conflicts = []
    done = 0
    for region in _regions(base, ours, theirs):
        merged += base[done : region.base.start]
        done = region.base.end
        texts = _texts(region, base, ours, theirs)
        lines = _clean_lines(region, texts)
        if lines is None:
            lines = _merge_sentences(*texts)
        if lines is None:
            spans = (region.base, *region.sides)
            passages = [
                Passage(span.start, span.end, "\n".join(text))
                for span, text in zip(spans, texts, strict=True)
            ]
            conflicts.append(TextConflict(*passages))
        merged += lines or []
    return [*merged, *base[done:]], conflicts


def _texts(region: _Region, base: _Lines, *sides: _Lines) -> list[_Lines]:
    """The lines of a region in the base, in ours and in theirs."""
    spans = (region.base, *region.sides)
    pairs = zip((base, *sides), spans, strict=True)
    return [lines[span.start : span.end] for lines, span in pairs]


def _clean_lines(region: _Region, texts: Sequence[_Lines]) -> _Lines | None:
    """The lines of the one side that changed, or of both alike; None in conflict."""
    _, ours, theirs = texts
    if not region.changed[1] or ours == theirs:
        return ours
    return None if region.changed[0] else theirs


def _merge_sentences(*texts: _Lines) -> _Lines | None:
    """The merged lines if there is a long paragraph and no sentence in conflict."""
    if not any(len(line) > LONG_PARAGRAPH for line in texts[0]):
        return None
    base, ours, theirs = ([*_sentences(lines)] for lines in texts)
    merged: list[str] = []
    done = 0
    for region in _regions(base, ours, theirs):
        sentences = _clean_lines(region, _texts(region, base, ours, theirs))
        if sentences is None:
            return None
        merged += [*base[done : region.base.start], *sentences]
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


def _regions(base: _Lines, ours: _Lines, theirs: _Lines) -> Iterator[_Region]:
    """Changes of both, those that touch together, in the order of the base."""
    sides = [changes(base, ours), changes(base, theirs)]
    tagged = [(change, n) for n, side in enumerate(sides) for change in side]
    tagged.sort(key=lambda pair: (pair[0].start, pair[0].end))
    group: list[tuple[Change, int]] = []
    end, offsets = 0, (0, 0)
    for change, side in tagged:
        if group and change.start > end:
            region, offsets = _region(group, end, offsets)
            yield region
            group = []
        end = max(end, change.end) if group else change.end
        group.append((change, side))
    if group:
        yield _region(group, end, offsets)[0]


def _region(
    group: Sequence[tuple[Change, int]], end: int, offsets: tuple[int, int]
) -> tuple[_Region, tuple[int, int]]:
    """The region of changes that touch, and how far each side is shifted after it."""
    start = group[0][0].start
    grown, changed = [0, 0], [False, False]
    for change, side in group:
        grown[side] += change.new_end - change.new_start - change.end + change.start
        changed[side] = True
    after = offsets[0] + grown[0], offsets[1] + grown[1]
    spans = (
        _Side(start + offsets[0], end + after[0]),
        _Side(start + offsets[1], end + after[1]),
    )
    region = _Region(_Side(start, end), spans, (changed[0], changed[1]))
    return region, after
