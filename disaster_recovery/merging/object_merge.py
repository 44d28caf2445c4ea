"""One object of a plan against its base and the new version: which row it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from disaster_recovery.merging.field_merge import Verdict, fingerprint, merge_fields
from disaster_recovery.merging.layers import (
    FIXED,
    ORDER,
    TITLE,
    Generic,
    Kind,
    LeftOut,
    Local,
    Name,
    Value,
)
from disaster_recovery.merging.outcomes import MergeItem, Outcome

_ALIKE = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Surroundings:
    """What an object's row depends on beside the object itself.

    `moved` are those that stand elsewhere among the others upstream, `own` our own
    objects, `used` the parameters named in our own words, `older` the sections that a
    new one stands for, `newer` those that stand for an old one.
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
    around: Surroundings,
) -> MergeItem:
    """The row of the table for one object, with what we propose."""
    if base is None and theirs is None:
        return MergeItem(*name, Outcome.OWN, ours=ours, result=ours)
    change = _change(name, base, theirs)
    item = MergeItem(*name, Outcome.NOTHING, base, ours, theirs, change=change)
    if base is None:
        return _new(item, around)
    if theirs is None:
        return _gone(item, around)
    if ours and ours.left_out:
        return _left_out(item, around)
    return _in_both(item, around)


def _change(name, base, theirs):
    if theirs is None:
        return fingerprint(name, "removed")
    if base and _without_order(base) == _without_order(theirs):
        return ""
    return fingerprint(name, _without_order(theirs))


def _without_order(generic):
    return {n: value for n, value in generic.fields.items() if n not in ORDER}


def _new(item, around):
    """Upstream has it and our bases do not."""
    if item.change in around.declined:
        return replace(item, outcome=Outcome.DECLINED, result=item.ours)
    older = around.older.get(item.key, ()) if item.kind == Kind.SECTION else ()
    item = replace(item, superseded=older)
    gone = older and all((item.kind, old) in around.left_out for old in older)
    if gone or (item.ours and item.ours.left_out):
        return replace(item, outcome=Outcome.REMOVED_CHANGED)
    if item.kind == Kind.PARAMETER:
        local = item.linked(item.ours) if item.ours else Local(*item.name)
        return replace(item, outcome=Outcome.ADD, result=local)
    if similar := [one.key for one in around.own if _are_similar(one, item.theirs)]:
        return replace(item, outcome=Outcome.SIMILAR, similar=tuple(similar))
    return replace(item, outcome=Outcome.ADD, result=Local(*item.name))


def _are_similar(own, theirs):
    if own.kind != theirs.kind:
        return False
    ours, others = (_words(one.fields.get(TITLE)) for one in (own, theirs))
    if own.key == theirs.key or (ours and set(ours) == set(others)):
        return True
    alike = SequenceMatcher(None, " ".join(ours), " ".join(others), autojunk=False)
    return alike.quick_ratio() >= _ALIKE and alike.ratio() >= _ALIKE


def _words(title):
    return _WORD.findall(str(title or "").casefold())


def _gone(item, around):
    """Upstream took it away."""
    successors = around.newer.get(item.key, ()) if item.kind == Kind.SECTION else ()
    item = replace(item, successors=successors)
    if item.ours and item.ours.left_out:
        return replace(item, outcome=Outcome.GONE)
    if item.change in around.declined:
        return replace(item, outcome=Outcome.DECLINED, result=item.ours)
    if item.kind == Kind.PARAMETER and item.key in around.used:
        return replace(item, outcome=Outcome.KEEP_OURS, result=item.kept())
    if item.kind != Kind.PARAMETER and _is_adapted(item.ours, item.base):
        return replace(item, outcome=Outcome.ADAPTED_BUT_REMOVED)
    return replace(item, outcome=Outcome.REPLACED if successors else Outcome.REMOVE)


def _is_adapted(ours, base):
    if ours is None:
        return False
    own = {n: value for n, value in ours.fields.items() if n not in ORDER}
    differs = any(value != base.fields.get(n) for n, value in own.items())
    return bool(ours.addendum) or differs


def _left_out(item, around):
    """Not in our plan; upstream still has it."""
    same = replace(item.ours, key=item.key)
    if not item.change:
        return replace(item, outcome=Outcome.STAYS_REMOVED, result=same)
    removed = item.ours.left_out == LeftOut.REMOVED
    if removed and item.theirs.is_mandatory and not item.base.is_mandatory:
        return replace(item, outcome=Outcome.MADE_MANDATORY)
    if item.change in around.declined:
        return replace(item, outcome=Outcome.DECLINED, result=item.ours)
    return replace(item, outcome=Outcome.REMOVED_CHANGED)


def _in_both(item, around):
    base, ours = _values(item, around)
    theirs = item.theirs.fields
    if base == theirs and not item.ours:
        return replace(item, result=Local(*item.name))
    fields = merge_fields(item.name, base, ours, theirs, around.declined)
    item = replace(item, fields=fields, outcome=_outcome(item, fields))
    if item.outcome is Outcome.CONFLICT:
        return item
    if item.outcome is Outcome.DECLINED:
        return replace(item, result=item.ours)
    return replace(item, result=item.settled({}))


def _values(item, around):
    """Fields before and ours; a place that only made room for others is as it was."""
    base = dict(item.base.fields)
    own = dict(item.ours.fields) if item.ours else {}
    for name in ORDER:
        if name in own and own[name] == base.get(name):
            del own[name]
        if item.name not in around.moved and name in item.theirs.fields:
            base[name] = item.theirs.fields[name]
    fixed: dict[str, Value] = {name: base.get(name) for name in FIXED}
    return base, base | own | fixed


def _outcome(item, fields):
    verdicts = [f.verdict for f in fields if f.is_changed_upstream]
    if not verdicts:
        return _of_ours_alone(item, fields)
    if Verdict.CONFLICT in verdicts:
        return Outcome.CONFLICT
    if set(verdicts) == {Verdict.DECLINED}:
        return Outcome.DECLINED
    if set(verdicts) == {Verdict.OURS}:
        return Outcome.KEEP_OURS
    return _of_both(item, fields)


def _of_ours_alone(item, fields):
    has_addendum = bool(item.ours and item.ours.addendum)
    return Outcome.KEEP_OURS if fields or has_addendum else Outcome.NOTHING


def _of_both(item, fields):
    """Upstream changed something, and nothing is in conflict."""
    told = [field for field in fields if field.name not in ORDER]
    changed = any(field.is_changed_upstream for field in told)
    untouched = not any(field.is_changed_here for field in told)
    if not changed or untouched or item.kind == Kind.PARAMETER:
        held = any(field.verdict is Verdict.DECLINED for field in fields)
        return Outcome.MERGED if held else Outcome.FAST_FORWARD
    if all(field.verdict is Verdict.CONVERGED for field in told):
        return Outcome.CONVERGED
    return Outcome.MERGED


def own_words(local: Local) -> str:
    """All that a partner wrote of an object, unless it is left out."""
    told = () if local.left_out else (*local.fields.values(), local.addendum)
    return "\n".join(value for value in told if isinstance(value, str))
