"""A partner's plan brought up to a new version of the generic plan, object by object.

    merge = merge_plan(
        GenericPlan([Generic(kind, key, fields), …]),  # each as at the object's base
        LocalPlan([Local(kind, key, own_fields, addendum, …), …], declined),
        GenericPlan([…], supersedes),                  # the new version
    )

`merge.items` has one item for each object. Where `item.moves_base`, write
`item.result` (None: delete the row) and move the object's base to the new version.
`merge.open` is what somebody decides: `item.result` is what we propose,
`item.accepted()` theirs, `item.kept()` ours, `item.settled(values)` ours or theirs
with what was edited, `item.linked(own)` our own made an adaptation; write it and move
that base. To decline, remember `item.declines` and leave the base. A section under a
new key has its old one in `superseded`; `waits_for` names what to add before. Merging
again then finds nothing new. Changes that go well together may make a circle when only
one of them is taken: check the order before writing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from disaster_recovery.content.effective import parameters_in
from disaster_recovery.content.objects import Generic, Local, Name
from disaster_recovery.content.schema import KEYS, KINDS, SECTION, circular_fields
from disaster_recovery.merging.diff import matches
from disaster_recovery.merging.field_merge import FieldMerge, Verdict
from disaster_recovery.merging.layers import GenericPlan, LocalPlan, chained
from disaster_recovery.merging.object_merge import Context, merge_object
from disaster_recovery.merging.outcomes import MergeItem, Outcome, PlanMerge
from disaster_recovery.merging.references import find_cycle, needed_by
from disaster_recovery.merging.renames import (
    base_renamed,
    ours_renamed,
    predecessors,
    renamed,
)

__all__ = [
    "FieldMerge",
    "Generic",
    "GenericPlan",
    "Local",
    "LocalPlan",
    "MergeItem",
    "Outcome",
    "PlanMerge",
    "Verdict",
    "chained",
    "merge_plan",
]

_REMOVALS = (Outcome.REMOVE, Outcome.REPLACED)
_ADDITIONS = (Outcome.ADD, Outcome.SIMILAR)
_Items = dict[Name, MergeItem]


def merge_plan(base: GenericPlan, ours: LocalPlan, theirs: GenericPlan) -> PlanMerge:
    """What the new version makes of each object, in the order of the new version.

    `base` holds every object that the plan took from the generic plan, each as it was
    in the version it was last brought up to; `ours` what the partner made of them, and
    its own objects. Nothing is changed. Pure: the same three give the same answer.
    """
    keys = renamed(base, theirs)
    older = predecessors(base, theirs)
    base, ours = base_renamed(base, keys), ours_renamed(ours, keys)
    context = _context(base, ours, theirs, older)
    items = {
        name: merge_object(
            name,
            base.by_name.get(name),
            ours.by_name.get(name),
            theirs.by_name.get(name),
            context,
        )
        for name in _in_order(theirs, base, ours)
    }
    for old, new in keys.items():
        item = replace(items[SECTION, new], superseded=(old,))
        if item.outcome in (Outcome.NOTHING, Outcome.KEEP_OURS):
            # A section that continues under another key is always a change.
            item = replace(item, outcome=Outcome.FAST_FORWARD)
        items[item.name] = item
    _resolve_cycles(items)
    _keep_what_is_needed(items)
    _place_additions(items, theirs)
    _wait_for_additions(items)
    return PlanMerge(tuple(items.values()))


def _context(
    base: GenericPlan,
    ours: LocalPlan,
    theirs: GenericPlan,
    older: Mapping[str, tuple[str, ...]],
) -> Context:
    present = [local for local in ours.objects if not local.left_out]
    own_texts = [
        v for local in present for v in (*local.fields.values(), local.addendum)
    ]
    return Context(
        declined=ours.declined,
        moved=frozenset(_moved(base, theirs)),
        own=tuple(local for local in present if local.name not in base.by_name),
        used=frozenset(parameters_in(own_texts)),
        left_out=frozenset(local.name for local in ours.objects if local.left_out),
        older=older,
        newer=theirs.successors,
    )


def _in_order(theirs: GenericPlan, base: GenericPlan, ours: LocalPlan) -> list[Name]:
    """New version first, then what only we still have, kind by kind."""
    names = [thing.name for plan in (theirs, base) for thing in plan.in_order]
    names += [local.name for local in ours.objects]
    kinds = [*KINDS]
    return sorted(dict.fromkeys(names), key=lambda name: kinds.index(name[0]))


def _moved(base: GenericPlan, theirs: GenericPlan) -> set[Name]:
    """Those with another place, not those that only made room for a new one."""
    moved: set[Name] = set()
    for kind in KINDS:
        before, after = _keys(base, theirs, kind), _keys(theirs, base, kind)
        if before != after:
            stayed = {before[i] for i, _ in matches(before, after)}
            moved |= {(kind, key) for key in before if key not in stayed}
    return moved


def _keys(plan: GenericPlan, other: GenericPlan, kind: str) -> list[str]:
    """Of the objects that both have, in the order of the first."""
    both = (generic for generic in plan.in_order if generic.name in other.by_name)
    return [generic.key for generic in both if generic.kind == kind]


def _resolve_cycles(items: _Items) -> None:
    """Merged dependencies that lead in a circle become conflicts."""
    for kind, field in circular_fields():
        if field.type != KEYS:
            continue
        of_kind = [item for item in items.values() if item.kind == kind]
        graph = {
            item.key: fields.get(field.name) or ()
            for item in of_kind
            if (fields := item.proposed_fields)
        }
        for item in of_kind:
            added = _added_keys(item.fields, field.name)
            if added and (cycle := find_cycle(graph, item.key, added)):
                items[item.name] = _with_cycle(item, field.name, cycle)


def _added_keys(fields: Iterable[FieldMerge], name: str) -> list[str]:
    """The keys that the merge adds to ours."""
    for field in fields:
        if field.name == name and isinstance(field.merged, tuple):
            ours = field.ours if isinstance(field.ours, tuple) else ()
            return sorted({*field.merged} - {*ours})
    return []


def _with_cycle(item: MergeItem, name: str, cycle: tuple[str, ...]) -> MergeItem:
    fields = tuple(
        replace(
            field,
            verdict=Verdict.CONFLICT,
            merged=None,
            suggestion=field.ours,
            cycle=cycle,
        )
        if field.name == name
        else field
        for field in item.fields
    )
    return replace(item, outcome=Outcome.CONFLICT, fields=fields, result=None)


def _keep_what_is_needed(items: _Items) -> None:
    """Nothing is removed that ours depends on, nor what that depends on in turn."""
    removals = [item for item in items.values() if item.outcome in _REMOVALS]
    while removals:
        needed = needed_by({name: _our_fields(item) for name, item in items.items()})
        kept = [item for item in removals if item.name in needed]
        if not kept:
            return
        for item in kept:
            items[item.name] = replace(
                item, outcome=Outcome.NEEDED, needed_by=needed[item.name]
            )
        removals = [item for item in removals if item.name not in needed]


def _our_fields(item: MergeItem) -> Mapping[str, object]:
    """Fields of which the partner, not the new version, says what they hold."""
    fields = item.proposed_fields
    if fields is None:
        return {}
    if item.theirs is None or item.outcome is Outcome.DECLINED:
        return fields
    local = item.result or item.ours
    return local.fields if local else {}


def _place_additions(items: _Items, theirs: GenericPlan) -> None:
    """Note which of its siblings in the plan a new object follows."""
    last: dict[tuple[str, object], str] = {}
    for generic in theirs.in_order:
        item = items[generic.name]
        siblings = generic.kind, generic.fields.get("parent")
        if item.base is None:
            items[item.name] = replace(item, after=last.get(siblings))
        if item.proposed_fields is not None:
            last[siblings] = generic.key


def _wait_for_additions(items: _Items) -> None:
    """Note which changes refer to an object that is to be added first."""
    additions = {name for name, item in items.items() if item.outcome in _ADDITIONS}
    if not additions:
        return
    waiting = [item for item in items.values() if not item.is_settled]
    needed = needed_by({item.name: item.proposed_fields or {} for item in waiting})
    for addition, names in needed.items():
        for name in names if addition in additions else ():
            waits = (*items[name].waits_for, addition)
            items[name] = replace(items[name], waits_for=waits)
