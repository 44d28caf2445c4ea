"""Sections that stand for older ones: split, joined, or under another key."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from disaster_recovery.merging.layers import (
    REFERENCES,
    Generic,
    GenericPlan,
    Kind,
    Local,
    LocalPlan,
)


def predecessors(base: GenericPlan, theirs: GenericPlan) -> dict[str, tuple[str, ...]]:
    """Old keys by new key, as far as the old went and the new came."""
    found: dict[str, list[str]] = {}
    for old, news in theirs.successors.items():
        if _went(old, base, theirs):
            for new in news:
                if _went(new, theirs, base):
                    found.setdefault(new, []).append(old)
    return {new: tuple(olds) for new, olds in found.items()}


def _went(key, there, elsewhere):
    name = Kind.SECTION, key
    return name in there.by_name and name not in elsewhere.by_name


def renamed(base: GenericPlan, theirs: GenericPlan) -> dict[str, str]:
    """New key by old key, where one section stands for exactly one other."""
    olds = predecessors(base, theirs)
    return {
        old[0]: new
        for new, old in olds.items()
        if len(old) == 1 and theirs.successors[old[0]] == (new,)
    }


def base_renamed(base: GenericPlan, keys: Mapping[str, str]) -> GenericPlan:
    return GenericPlan(_renamed(base.objects, keys)) if keys else base


def ours_renamed(ours: LocalPlan, keys: Mapping[str, str]) -> LocalPlan:
    return replace(ours, objects=_renamed(ours.objects, keys)) if keys else ours


def _renamed(
    objects: Iterable[Generic | Local], keys: Mapping[str, str]
) -> list[Generic | Local]:
    """The objects under their new keys, and so in what refers to them."""
    found = []
    for one in objects:
        key = keys.get(one.key, one.key) if one.kind == Kind.SECTION else one.key
        fields = {
            name: keys.get(value, value) if _leads_to_section(name, value) else value
            for name, value in one.fields.items()
        }
        found.append(replace(one, key=key, fields=fields))
    return found


def _leads_to_section(name, value):
    return REFERENCES.get(name) == Kind.SECTION and isinstance(value, str)
