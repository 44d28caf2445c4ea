"""The fields of a change side by side: generic before, the partner's, generic now."""

from collections.abc import Iterator
from dataclasses import dataclass

from disaster_recovery.content import schema
from disaster_recovery.content.objects import effective_fields
from disaster_recovery.forms.objects import in_words
from disaster_recovery.merging.field_merge import Verdict
from disaster_recovery.merging.outcomes import MergeItem
from disaster_recovery.merging.word_diff import Piece, marked, shortened
from disaster_recovery.models import GenericObject, Offer
from disaster_recovery.updates.comparison import Comparison
from disaster_recovery.updates.labels import VERDICTS
from disaster_recovery.updates.locked_update import title_of

_NUMBERS = (schema.NUMBER, schema.DURATION)


@dataclass(frozen=True, slots=True)
class Compared:
    """One field side by side; ours and now are marked against the one before."""

    label: str
    before: list[Piece]
    ours: list[Piece]
    now: list[Piece]
    verdict: str = ""
    is_conflict: bool = False
    combined: list[Piece] | None = None
    suggestion: str = ""


def compared(comparison: Comparison, item: MergeItem) -> Iterator[Compared]:
    """The fields that differ, in the order in which the plan has them."""
    merges = {field.name: field for field in item.fields}
    before = item.base.fields if item.base else {}
    ours = effective_fields(item.base, item.ours)
    if not ours and item.similar:
        similar = comparison.merge.by_name[item.kind, item.similar[0]]
        ours = similar.ours and similar.ours.fields
    now = item.theirs.fields if item.theirs else {}
    for field in schema.FIELDS[item.kind]:
        old, own, new = (
            _in_words(comparison, field, (values or {}).get(field.name))
            for values in (before, ours, now)
        )
        if not old == own == new:
            marks = [shortened(marked(old, text)) for text in (old, own, new)]
            marks[1] = marks[1] if ours else []
            verdict = _verdict(comparison, field, merges.get(field.name), own)
            yield Compared(field.label, *marks, **verdict)


def _verdict(comparison, field, merge, own):
    """What the merge makes of a field, and what it proposes."""
    if merge is None:
        return {}
    combined, suggestion = None, ""
    if merge.verdict is Verdict.MERGED:
        result = _in_words(comparison, field, merge.merged)
        combined = shortened(marked(own, result))
    if field.type in _NUMBERS:
        suggestion = _in_words(comparison, field, merge.suggestion)
    return {
        "verdict": VERDICTS.get(merge.verdict, ""),
        "is_conflict": merge.verdict is Verdict.CONFLICT,
        "combined": combined,
        "suggestion": suggestion,
    }


def _in_words(comparison, field, value):
    if field.of and value:
        keys = value if isinstance(value, tuple) else (value,)
        items = comparison.merge.by_name
        named = [(key, items.get((field.of, key))) for key in keys]
        return ", ".join(title_of(item) if item else key for key, item in named)
    listed = [*value] if isinstance(value, tuple) else value
    return "" if listed in (None, []) else in_words(field, listed)


def proposal(item: MergeItem) -> dict:
    """All fields as a form begins: combined, else the cautious one, else ours."""
    ours = effective_fields(item.base, item.ours) or {}
    now = dict(item.theirs.fields) if item.theirs else ours
    values = {**now, **ours} if item.ours or item.base else now
    for field in item.fields:
        is_open = field.verdict is Verdict.CONFLICT
        values[field.name] = field.suggestion or field.ours if is_open else field.merged
    return {
        name: [*value] if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None
    }


def offered(offer: Offer, now: GenericObject | None) -> Iterator[Compared]:
    """What an offer says beside the generic plan, where they differ."""
    generic = now.fields if now else {}
    for field in schema.FIELDS[offer.kind]:
        if field.is_fixed:
            continue
        values = [fields.get(field.name) for fields in (generic, offer.fields)]
        before, after = (
            "" if value in (None, "", []) else in_words(field, value)
            for value in values
        )
        if before != after:
            marks = shortened(marked(before, after))
            yield Compared(field.label, shortened(marked(before, before)), marks, [])
