"""Sections that replace older ones: split, joined, or under another key."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from disaster_recovery.content.objects import Generic, Local
from disaster_recovery.content.schema import SECTION, references
from disaster_recovery.merging.layers import GenericPlan, LocalPlan

_Object = TypeVar("_Object", Generic, Local)


def predecessors(base: GenericPlan, theirs: GenericPlan) -> dict[str, tuple[str, ...]]:
    """Old keys by new key, where the old one has gone and the new one has come."""
    olds: dict[str, list[str]] = {}
    for old, news in theirs.successors.items():
        if _is_only_in(base, old, theirs):
            for new in news:
                if _is_only_in(theirs, new, base):
                    olds.setdefault(new, []).append(old)
    return {new: tuple(keys) for new, keys in olds.items()}


def _is_only_in(plan: GenericPlan, key: str, other: GenericPlan) -> bool:
    name = SECTION, key
    return name in plan.by_name and name not in other.by_name


def renamed(base: GenericPlan, theirs: GenericPlan) -> dict[str, str]:
    """New key by old key, where one section replaces exactly one other."""
    return {
        olds[0]: new
        for new, olds in predecessors(base, theirs).items()
        if len(olds) == 1 and theirs.successors[olds[0]] == (new,)
    }


def base_renamed(base: GenericPlan, keys: Mapping[str, str]) -> GenericPlan:
    if not keys:
        return base
    return GenericPlan([_renamed(generic, keys) for generic in base.objects])


def ours_renamed(ours: LocalPlan, keys: Mapping[str, str]) -> LocalPlan:
    if not keys:
        return ours
    return replace(ours, objects=[_renamed(local, keys) for local in ours.objects])


def _renamed(thing: _Object, keys: Mapping[str, str]) -> _Object:
    """The object under its new key, with new keys in the fields that name sections."""
    key = keys.get(thing.key, thing.key) if thing.kind == SECTION else thing.key
    named = references(thing.kind)
    fields = {
        name: keys.get(value, value)
        if named.get(name) == SECTION and isinstance(value, str)
        else value
        for name, value in thing.fields.items()
    }
    return replace(thing, key=key, fields=fields)
