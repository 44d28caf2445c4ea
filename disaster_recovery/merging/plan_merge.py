"""A partner's plan brought up to a new version of the generic plan, object by object.

    merge = merge_plan(
        GenericPlan([Generic(kind, key, fields), …]),  # each as at the object's base
        LocalPlan([Local(kind, key, own_fields, addendum, …), …], declined),
        GenericPlan([…], supersedes),                  # the new version
    )

`merge.items` has one item for each object. Where `item.moves_base`, write
`item.result` (None: the row goes) and move the object's base to the new version.
`merge.open` is what somebody decides: `item.result` is what we propose,
`item.accepted()` theirs, `item.kept()` ours, `item.settled(values)` ours or theirs
with what was edited, `item.linked(own)` our own made an adaptation; write it and move
that base. To decline, remember `item.declines` and leave the base. A section under a
new key has its old one in `superseded`; `waits_for` names what to add before. Doing
it again finds nothing new. Changes that go well together may make a circle when only
one of them is taken: check the order before writing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from disaster_recovery.content.text import normalised as normalise
from disaster_recovery.merging.diff import matches
from disaster_recovery.merging.field_merge import FieldMerge, Verdict
from disaster_recovery.merging.layers import (
    GRAPHS,
    REFERENCES,
    Generic,
    GenericPlan,
    Kind,
    LeftOut,
    Local,
    LocalPlan,
    Name,
    Value,
    canonical,
    chained,
    effective,
)
from disaster_recovery.merging.object_merge import Surroundings, merge_object, own_words
from disaster_recovery.merging.outcomes import MergeItem, Outcome, PlanMerge
from disaster_recovery.merging.references import circle, needed_by
from disaster_recovery.merging.renames import (
    base_renamed,
    ours_renamed,
    predecessors,
    renamed,
)
from disaster_recovery.merging.text_merge import (
    Passage,
    TextConflict,
    TextMerge,
    merge_text,
)

__all__ = [
    "FieldMerge",
    "Generic",
    "GenericPlan",
    "Kind",
    "LeftOut",
    "Local",
    "LocalPlan",
    "MergeItem",
    "Outcome",
    "Passage",
    "PlanMerge",
    "TextConflict",
    "TextMerge",
    "Value",
    "Verdict",
    "canonical",
    "chained",
    "effective",
    "merge_plan",
    "merge_text",
    "normalise",
]

_KINDS = tuple(Kind)
_PARAMETER = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_GOING = (Outcome.REMOVE, Outcome.REPLACED)
_COMING = (Outcome.ADD, Outcome.SIMILAR)


def merge_plan(base: GenericPlan, ours: LocalPlan, theirs: GenericPlan) -> PlanMerge:
    """What the new version makes of each object, in the order of the new version.

    `base` holds every object that the plan took from the generic plan, each as it was
    in the version it was last brought up to; `ours` what the partner made of them, and
    its own objects. Nothing is changed. Pure: the same three give the same answer.
    """
    keys = renamed(base, theirs)
    older = predecessors(base, theirs)
    base, ours = base_renamed(base, keys), ours_renamed(ours, keys)
    around = _surroundings(base, ours, theirs, older)
    plans = base.by_name, ours.by_name, theirs.by_name
    items = {
        name: merge_object(name, *(plan.get(name) for plan in plans), around)
        for name in _in_order(theirs, base, ours)
    }
    for old, new in keys.items():
        name = Kind.SECTION, new
        items[name] = _under_new_key(items[name], old)
    _untie(items)
    _keep_what_is_needed(items)
    _place(items, theirs)
    _wait_for_what_is_new(items)
    return PlanMerge(tuple(items.values()))


def _surroundings(base, ours, theirs, older):
    words = "\n".join(map(own_words, ours.objects))
    own = (
        one for one in ours.objects if one.name not in base.by_name and not one.left_out
    )
    return Surroundings(
        declined=ours.declined,
        moved=frozenset(_moved(base, theirs)),
        own=tuple(own),
        used=frozenset(_PARAMETER.findall(words)),
        left_out=frozenset(one.name for one in ours.objects if one.left_out),
        older=older,
        newer=theirs.successors,
    )


def _in_order(theirs, base, ours) -> list[Name]:
    """New version first, then what only we still have, kind by kind."""
    found = []
    for plan in (theirs.in_order, base.in_order):
        found += [one.name for one in plan]
    found += [one.name for one in ours.objects]
    return sorted(dict.fromkeys(found), key=lambda name: _KINDS.index(name[0]))


def _moved(base: GenericPlan, theirs: GenericPlan) -> set[Name]:
    """Those that changed places, not those that only made room for a new one."""
    found: set[Name] = set()
    for kind in _KINDS:
        before, after = _keys(base, theirs, kind), _keys(theirs, base, kind)
        if before != after:
            stayed = {before[i] for i, _ in matches(before, after)}
            found |= {(kind, key) for key in before if key not in stayed}
    return found


def _keys(plan, other, kind) -> Sequence[str]:
    """Of the objects that both have, in the order of the first."""
    both = (one for one in plan.in_order if one.name in other.by_name)
    return [one.key for one in both if one.kind == kind]


def _under_new_key(item, old):
    """A section that goes on under another key is never nothing."""
    item = replace(item, superseded=(old,))
    if item.outcome in (Outcome.NOTHING, Outcome.KEEP_OURS):
        return replace(item, outcome=Outcome.FAST_FORWARD)
    return item


def _untie(items):
    """Merged dependencies that lead in a circle become conflicts."""
    for field in GRAPHS:
        grown = [(i, new) for i in items.values() if (new := _added(i, field))]
        graphs = {i.kind: _graph(items, i.kind, field) for i, _ in grown}
        for item, added in grown:
            if way := circle(graphs[item.kind], item.key, added):
                items[item.name] = _tied(item, field, way)


def _graph(items, kind, field):
    ours = (item for item in items.values() if item.kind == kind)
    told = {item.key: item.standing for item in ours}
    return {key: fields.get(field) or () for key, fields in told.items() if fields}


def _added(item, field):
    """Keys that the merge adds to ours."""
    merged = (one for one in item.fields if one.name == field)
    found = next(merged, None)
    return sorted(set(found.merged or ()) - set(found.ours or ())) if found else ()


def _tied(item, field, way):
    conflict = {"verdict": Verdict.CONFLICT, "merged": None, "cycle": way}
    fields = tuple(
        replace(one, suggestion=one.ours, **conflict) if one.name == field else one
        for one in item.fields
    )
    return replace(item, outcome=Outcome.CONFLICT, fields=fields, result=None)


def _keep_what_is_needed(items):
    """Nothing goes that ours depends on, nor what that one depends on in its turn."""
    found = any(item.outcome in _GOING for item in items.values())
    while found:
        needed = needed_by({n: _own_fields(i) for n, i in items.items()}, REFERENCES)
        found = [
            replace(item, outcome=Outcome.NEEDED, needed_by=needed[name])
            for name, item in items.items()
            if item.outcome in _GOING and name in needed
        ]
        items |= {item.name: item for item in found}


def _own_fields(item: MergeItem):
    """Fields of which the partner, not the new version, says what they hold."""
    told = item.standing
    if told is None:
        return {}
    if item.theirs is None or item.outcome is Outcome.DECLINED:
        return told
    local = item.result or item.ours
    return local.fields if local else {}


def _place(items, theirs):
    """Behind which of its siblings in the plan a new object comes."""
    last: dict[tuple, str] = {}
    for generic in theirs.in_order:
        item = items[generic.name]
        among = generic.kind, generic.fields.get("parent")
        if item.base is None:
            items[item.name] = replace(item, after=last.get(among))
        if item.standing is not None:
            last[among] = generic.key


def _wait_for_what_is_new(items):
    """Changes that lead to an object which is not in the plan before it is added."""
    new = {item.name for item in items.values() if item.outcome in _COMING}
    waiting = [item for item in items.values() if new and not item.is_settled]
    told = {item.name: item.standing or {} for item in waiting}
    for name, who in needed_by(told, REFERENCES).items():
        for one in who if name in new else ():
            item = items[one]
            items[one] = replace(item, waits_for=(*item.waits_for, name))
