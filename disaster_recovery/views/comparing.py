"""What stands side by side on the page of a change: before, ours, and now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disaster_recovery.content import schema
from disaster_recovery.forms.objects import in_words
from disaster_recovery.merging.field_merge import Verdict
from disaster_recovery.merging.layers import effective
from disaster_recovery.merging.plan_merge import MergeItem, Outcome
from disaster_recovery.merging.word_diff import Piece, marked, shortened
from disaster_recovery.models import GenericObject, Offer
from disaster_recovery.updates.comparison import Comparison
from disaster_recovery.updates.workflow import title_of

SAYINGS = {
    Outcome.FAST_FORWARD: "Changed in the generic plan, and not touched here",
    Outcome.MERGED: "Changed in both, and joined: please read it",
    Outcome.CONFLICT: "Changed in both at the same place: choose",
    Outcome.REMOVED_CHANGED: "Left out here, and changed in the generic plan",
    Outcome.MADE_MANDATORY: "Left out here, and now every partner needs it",
    Outcome.REMOVE: "Taken out of the generic plan, and not touched here",
    Outcome.REPLACED: "Taken out of the generic plan: others stand for it",
    Outcome.NEEDED: "Taken out of the generic plan, but something of yours needs it",
    Outcome.ADAPTED_BUT_REMOVED: "Taken out of the generic plan, but adapted here",
    Outcome.ADD: "New in the generic plan",
    Outcome.SIMILAR: "New in the generic plan, and like one of your own",
}
VERDICTS = {
    Verdict.OURS: "Changed here only",
    Verdict.THEIRS: "Changed in the generic plan only",
    Verdict.CONVERGED: "Changed alike in both",
    Verdict.MERGED: "Changed in both, and joined",
    Verdict.DECLINED: "Declined before",
    Verdict.CONFLICT: "Changed in both: choose",
}
TAKE, KEEP, JOIN = "accepted", "kept", "merged"
BUTTONS: Mapping[Outcome, tuple[tuple[str, str], ...]] = {
    Outcome.FAST_FORWARD: ((TAKE, "Take the change"), (KEEP, "Keep it as it is here")),
    Outcome.MERGED: (
        (JOIN, "Take both, joined"),
        (TAKE, "Take the generic text instead of ours"),
        (KEEP, "Keep ours"),
    ),
    Outcome.CONFLICT: (
        (TAKE, "Take the generic text instead of ours"),
        (KEEP, "Keep ours"),
    ),
    Outcome.REMOVED_CHANGED: ((KEEP, "Leave it out still"), (TAKE, "Bring it back")),
    Outcome.MADE_MANDATORY: ((TAKE, "Bring it back"),),
    Outcome.REMOVE: ((TAKE, "Take it out here too"), (KEEP, "Keep it as our own")),
    Outcome.REPLACED: ((TAKE, "Take it out here too"), (KEEP, "Keep it as our own")),
    Outcome.NEEDED: ((KEEP, "Keep it as our own"),),
    Outcome.ADAPTED_BUT_REMOVED: (
        (KEEP, "Keep it as our own"),
        (TAKE, "Take it out here too"),
    ),
    Outcome.ADD: ((TAKE, "Add it to our plan"),),
    Outcome.SIMILAR: ((TAKE, "Keep both"),),
}
# Where a text of both, or of one, may be written anew.
WRITABLE = {Outcome.FAST_FORWARD, Outcome.MERGED, Outcome.CONFLICT, Outcome.ADD}
WRITABLE |= {Outcome.ADAPTED_BUT_REMOVED}
NOT_DECLINED = {Outcome.MADE_MANDATORY, Outcome.NEEDED, Outcome.ADAPTED_BUT_REMOVED}


@dataclass(frozen=True, slots=True)
class Compared:
    """One field side by side; ours and now are marked against the one before."""

    label: str
    before: list[Piece]
    ours: list[Piece]
    now: list[Piece]
    verdict: str = ""
    is_conflict: bool = False
    joined: list[Piece] | None = None
    suggestion: str = ""


def compared(found: Comparison, item: MergeItem) -> Iterator[Compared]:
    """The fields that differ, in the order in which they stand in the plan."""
    merged = {one.name: one for one in item.fields}
    before = dict(item.base.fields) if item.base else {}
    ours = effective(item.base, item.ours) or _own(found, item)
    now = dict(item.theirs.fields) if item.theirs else {}
    for field in schema.FIELDS[item.kind]:
        three = [(told or {}).get(field.name) for told in (before, ours, now)]
        said = [_said(found, field, value) for value in three]
        if said[0] == said[1] == said[2]:
            continue
        one = merged.get(field.name)
        yield Compared(
            field.label,
            shortened(marked(said[0], said[0])),
            shortened(marked(said[0], said[1])) if ours else [],
            shortened(marked(said[0], said[2])),
            VERDICTS.get(one.verdict, "") if one else "",
            bool(one and one.verdict is Verdict.CONFLICT),
            *_proposed(found, field, one, said[1]),
        )


def _own(found, item):
    """Our own that is like a new one, for want of ours under its key."""
    like = found.merge.by_name.get((item.kind, next(iter(item.similar), "")))
    return dict(like.ours.fields) if like and like.ours else None


def _said(found, field, value):
    if field.of and value:
        keys = value if isinstance(value, tuple) else (value,)
        return ", ".join(_title(found, field.of, key) for key in keys)
    told = [*value] if isinstance(value, tuple) else value
    return "" if told in (None, []) else in_words(field, told)


def _title(found, kind, key):
    item = found.merge.by_name.get((kind, key))
    return title_of(item) if item else key


def _proposed(found, field, one, ours):
    """What both make together, and the stricter of two numbers."""
    if one is None:
        return None, ""
    joined = None
    if one.verdict is Verdict.MERGED:
        joined = shortened(marked(ours, _said(found, field, one.merged)))
    suggested = one.suggestion if field.type in _NUMBERS else None
    return joined, _said(found, field, suggested)


_NUMBERS = (schema.NUMBER, schema.DURATION)


def proposal(item: MergeItem) -> dict:
    """All fields as a form begins with them: joined, else the stricter, else ours."""
    ours = effective(item.base, item.ours) or {}
    now = dict(item.theirs.fields) if item.theirs else ours
    told = {**now, **ours} if item.ours or item.base else now
    for one in item.fields:
        is_open = one.verdict is Verdict.CONFLICT
        told[one.name] = one.merged if not is_open else one.suggestion or one.ours
    return {
        name: [*value] if isinstance(value, tuple) else value
        for name, value in told.items()
        if value is not None
    }


def offered(offer: Offer, now: GenericObject | None) -> Iterator[Compared]:
    """What an offer says beside the generic plan, where they differ."""
    generic = now.fields if now else {}
    for field in schema.FIELDS[offer.kind]:
        if field.name in schema.FIXED:
            continue  # partners have no say in it
        told = [in_words(field, one.get(field.name)) for one in (generic, offer.fields)]
        before, after = ("" if words == "nothing" else words for words in told)
        if before != after:
            marks = shortened(marked(before, after))
            yield Compared(field.label, shortened(marked(before, before)), marks, [])
