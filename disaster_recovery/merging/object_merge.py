"""One object of a plan against its base and the new version: which outcome it has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from disaster_recovery.content.objects import NOT_APPLICABLE, Generic, Local, Name
from disaster_recovery.content.schema import FIXED, PARAMETER, POSITION, SECTION
from disaster_recovery.merging.field_merge import (
    FieldMerge,
    Verdict,
    fingerprint,
    merge_fields,
)
from disaster_recovery.merging.outcomes import MergeItem, Outcome

_SIMILAR = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Context:
    """What an object's outcome depends on beside the object itself.

    `moved` are those with another place among their siblings upstream, `own` our own
    objects, `used` the parameters named in our own words, `older` the sections that a
    new one replaces, `newer` those that replace an old one.
    """

    declined: frozenset[str]
    moved: frozenset[Name]
    own: tuple[Local, ...]
    used: frozenset[str]
    left_out: frozenset[Name]
    older: Mapping[str, tuple[str, ...]]
    newer: Mapping[str, tuple[str, ...]]


def merge_object(
    name: Name,
    base: Generic | None,
    ours: Local | None,
    theirs: Generic | None,
    context: Context,
) -> MergeItem:
    """The outcome for one object, with what we propose."""
    item = MergeItem(*name, Outcome.OWN, base, ours, theirs)
    if theirs is None:
        if base is None:
            return replace(item, result=ours)
        item = replace(item, change=fingerprint(name, "removed"))
        return _removed_upstream(item, base, context)
    changed = base is None or _without_position(base) != _without_position(theirs)
    change = fingerprint(name, _without_position(theirs)) if changed else ""
    item = replace(item, outcome=Outcome.NOTHING, change=change)
    if base is None:
        return _new_upstream(item, theirs, context)
    if ours and ours.left_out:
        return _left_out_here(item, base, ours, theirs, context)
    return _in_both(item, base, theirs, context)


def _without_position(thing: Generic | Local) -> dict[str, Any]:
    return {name: v for name, v in thing.fields.items() if name != POSITION}


def _new_upstream(item: MergeItem, theirs: Generic, context: Context) -> MergeItem:
    if item.change in context.declined:
        return replace(item, outcome=Outcome.DECLINED, result=item.ours)
    older = context.older.get(item.key, ()) if item.kind == SECTION else ()
    item = replace(item, superseded=older)
    gone = older and all((item.kind, old) in context.left_out for old in older)
    if gone or (item.ours and item.ours.left_out):
        return replace(item, outcome=Outcome.REMOVED_CHANGED)
    if item.kind == PARAMETER:
        local = item.linked(item.ours) if item.ours else Local(*item.name)
        return replace(item, outcome=Outcome.ADD, result=local)
    if similar := [own.key for own in context.own if _are_similar(own, theirs)]:
        return replace(item, outcome=Outcome.SIMILAR, similar=tuple(similar))
    return replace(item, outcome=Outcome.ADD, result=Local(*item.name))


def _are_similar(own: Local, theirs: Generic) -> bool:
    if own.kind != theirs.kind:
        return False
    our_words, their_words = (
        _WORD.findall(str(thing.fields.get("title") or "").casefold())
        for thing in (own, theirs)
    )
    if own.key == theirs.key or (our_words and set(our_words) == set(their_words)):
        return True
    texts = " ".join(our_words), " ".join(their_words)
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


def _removed_upstream(item: MergeItem, base: Generic, context: Context) -> MergeItem:
    successors = context.newer.get(item.key, ()) if item.kind == SECTION else ()
    item = replace(item, successors=successors)
    if item.ours and item.ours.left_out:
        return replace(item, outcome=Outcome.GONE)
    if item.change in context.declined:
        return replace(item, outcome=Outcome.DECLINED, result=item.ours)
    if item.kind == PARAMETER and item.key in context.used:
        return replace(item, outcome=Outcome.KEEP_OURS, result=item.kept())
    if item.kind != PARAMETER and item.ours:
        own = _without_position(item.ours)
        differs = any(value != base.fields.get(name) for name, value in own.items())
        if item.ours.addendum or differs:
            return replace(item, outcome=Outcome.ADAPTED_BUT_REMOVED)
    return replace(item, outcome=Outcome.REPLACED if successors else Outcome.REMOVE)


def _left_out_here(
    item: MergeItem, base: Generic, ours: Local, theirs: Generic, context: Context
) -> MergeItem:
    """Not in our plan; upstream still has it."""
    if not item.change:
        same = replace(ours, key=item.key)
        return replace(item, outcome=Outcome.STAYS_REMOVED, result=same)
    became_mandatory = theirs.is_mandatory and not base.is_mandatory
    if became_mandatory and ours.left_out != NOT_APPLICABLE:
        return replace(item, outcome=Outcome.MADE_MANDATORY)
    if item.change in context.declined:
        return replace(item, outcome=Outcome.DECLINED, result=ours)
    return replace(item, outcome=Outcome.REMOVED_CHANGED)


def _in_both(
    item: MergeItem, generic: Generic, theirs: Generic, context: Context
) -> MergeItem:
    base, ours = _base_and_ours(item, generic, theirs, context)
    if base == theirs.fields and not item.ours:
        return replace(item, result=Local(*item.name))
    fields = merge_fields(item.name, base, ours, theirs.fields, context.declined)
    item = replace(item, fields=fields, outcome=_outcome(item, fields))
    if item.outcome is Outcome.CONFLICT:
        return item
    if item.outcome is Outcome.DECLINED:
        return replace(item, result=item.ours)
    return replace(item, result=item.settled({}))


def _base_and_ours(
    item: MergeItem, generic: Generic, theirs: Generic, context: Context
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All fields of both; a place that only made room for others is as it was."""
    base = dict(generic.fields)
    own = dict(item.ours.fields) if item.ours else {}
    if POSITION in own and own[POSITION] == base.get(POSITION):
        del own[POSITION]
    if item.name not in context.moved and POSITION in theirs.fields:
        base[POSITION] = theirs.fields[POSITION]
    fixed = {name: base.get(name) for name in FIXED}
    return base, base | own | fixed


def _outcome(item: MergeItem, fields: tuple[FieldMerge, ...]) -> Outcome:
    verdicts = {field.verdict for field in fields if field.is_changed_upstream}
    if not verdicts:
        has_addendum = bool(item.ours and item.ours.addendum)
        return Outcome.KEEP_OURS if fields or has_addendum else Outcome.NOTHING
    if Verdict.CONFLICT in verdicts:
        return Outcome.CONFLICT
    if verdicts == {Verdict.DECLINED}:
        return Outcome.DECLINED
    if verdicts == {Verdict.OURS}:
        return Outcome.KEEP_OURS
    return _outcome_of_both(item, fields)


def _outcome_of_both(item: MergeItem, fields: tuple[FieldMerge, ...]) -> Outcome:
    """Upstream changed something, and nothing is in conflict."""
    content = [field for field in fields if field.name != POSITION]
    changed = any(field.is_changed_upstream for field in content)
    untouched = not any(field.is_changed_here for field in content)
    if not changed or untouched or item.kind == PARAMETER:
        declined = any(field.verdict is Verdict.DECLINED for field in fields)
        return Outcome.MERGED if declined else Outcome.FAST_FORWARD
    if all(field.verdict is Verdict.CONVERGED for field in content):
        return Outcome.CONVERGED
    return Outcome.MERGED
