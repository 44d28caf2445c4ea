"""One object merged field by field: texts, numbers, lists of keys, and its place."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from disaster_recovery.content.objects import Name, Value
from disaster_recovery.content.schema import (
    FIELDS,
    FIXED,
    MANDATORY,
    PARAMETER,
    POSITION,
)
from disaster_recovery.merging.text_merge import TextConflict, merge_text


class Verdict(StrEnum):
    """What becomes of a field."""

    UNCHANGED = "unchanged"
    OURS = "ours"
    THEIRS = "theirs"
    CONVERGED = "converged"
    MERGED = "merged"
    DECLINED = "declined"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """A field in the base, in ours and in theirs, and what they make.

    In conflict `merged` is None and `suggestion` is what we propose, if anything:
    the more cautious number, or for a cycle our own keys. `conflicts` are the places
    in a text, `cycle` the keys that would depend on each other in a circle.
    """

    name: str
    base: Value
    ours: Value
    theirs: Value
    verdict: Verdict = Verdict.CONFLICT
    merged: Value = None
    suggestion: Value = None
    conflicts: tuple[TextConflict, ...] = ()
    cycle: tuple[str, ...] = ()
    change: str = ""

    @property
    def is_changed_upstream(self) -> bool:
        return self.base != self.theirs

    @property
    def is_changed_here(self) -> bool:
        return self.base != self.ours


def fingerprint(name: Name, *what: object) -> str:
    """SHA-256 of a change, the same whichever version it was made against."""
    text = json.dumps([*map(str, name), *what], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def merge_fields(
    name: Name,
    base: Mapping[str, Value],
    ours: Mapping[str, Value],
    theirs: Mapping[str, Value],
    declined: frozenset[str],
) -> tuple[FieldMerge, ...]:
    """Every field that either side changed, each merged by what it holds."""
    merges = []
    for field in dict.fromkeys((*base, *theirs, *ours)):
        merge = FieldMerge(field, base.get(field), ours.get(field), theirs.get(field))
        if not (merge.is_changed_here or merge.is_changed_upstream):
            continue
        if merge.is_changed_upstream:
            change = fingerprint(name, field, merge.theirs)
            merge = replace(merge, change=change)
        if merge.change in declined and field not in FIXED:
            merges.append(_settled(merge, Verdict.DECLINED, merge.ours))
        else:
            merges.append(_merged(name[0], merge))
    return tuple(merges)


def _settled(merge: FieldMerge, verdict: Verdict, value: Value) -> FieldMerge:
    return replace(merge, verdict=verdict, merged=value)


def _merged(kind: str, merge: FieldMerge) -> FieldMerge:
    if not merge.is_changed_here:
        return _settled(merge, Verdict.THEIRS, merge.theirs)
    if not merge.is_changed_upstream:
        return _settled(merge, Verdict.OURS, merge.ours)
    if merge.ours == merge.theirs:
        return _settled(merge, Verdict.CONVERGED, merge.ours)
    if merge.name == MANDATORY:
        return _settled(merge, Verdict.THEIRS, merge.theirs)
    if merge.name == POSITION or kind == PARAMETER:
        return _settled(merge, Verdict.OURS, merge.ours)
    return _merged_by_type(kind, merge)


def _merged_by_type(kind: str, merge: FieldMerge) -> FieldMerge:
    """Both sides changed it, each otherwise; no value at all goes with any type."""
    given = [v for v in (merge.base, merge.ours, merge.theirs) if v is not None]
    if all(isinstance(value, str) for value in given):
        texts = merge_text(
            *(str(v or "") for v in (merge.base, merge.ours, merge.theirs))
        )
        if texts.text is None:
            return replace(merge, conflicts=texts.conflicts)
        return _settled(merge, Verdict.MERGED, texts.text or None)
    if all(isinstance(value, tuple) for value in given):
        base, ours, theirs = (
            {*value} if isinstance(value, tuple) else set()
            for value in (merge.base, merge.ours, merge.theirs)
        )
        kept = (ours & theirs) | (ours - base) | (theirs - base)
        return _settled(merge, Verdict.MERGED, tuple(sorted(kept)) or None)
    if all(_is_number(value) for value in given):
        numbers = [v for v in (merge.ours, merge.theirs) if isinstance(v, int | float)]
        higher = {field.name for field in FIELDS[kind] if field.is_higher_cautious}
        cautious = max(numbers) if merge.name in higher else min(numbers)
        return replace(merge, suggestion=cautious)
    return merge


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
