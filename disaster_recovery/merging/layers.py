"""The generic plan and what a partner lays over it, object by object, as compared.

A field holds a text, a number, a choice, yes or no, or keys; nothing, "", an empty
list and "no" are one and the same, told as None.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from disaster_recovery.content.text import normalised

Value = str | int | float | bool | tuple[str, ...] | None
# The key of one object among all of a plan: its kind and its own key.
Name = tuple["Kind", str]

MANDATORY = "is_mandatory"
TITLE = "title"
# Where an object stands among its siblings.
ORDER = ("position", "order")
# A partner has no say in these of what it took from the generic plan.
FIXED = frozenset({MANDATORY})


class Kind(StrEnum):
    """What an object of a plan is."""

    SECTION = "section"
    SERVICE = "service"
    TASK = "task"
    PARAMETER = "parameter"


# Fields that hold keys of other objects; those in GRAPHS must not lead in a circle.
REFERENCES = {
    "parent": Kind.SECTION,
    "depends_on": Kind.SERVICE,
    "dependencies": Kind.SERVICE,
    "restores": Kind.SERVICE,
    "predecessors": Kind.TASK,
}
GRAPHS = ("depends_on", "dependencies", "predecessors")


class LeftOut(StrEnum):
    """How a partner leaves an object out of its plan."""

    REMOVED = "removed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Generic:
    """An object as a version of the generic plan has it."""

    kind: Kind
    key: str
    fields: Mapping[str, Value]

    def __post_init__(self):
        told = {name: canonical(value) for name, value in self.fields.items()}
        kept = {name: value for name, value in told.items() if value is not None}
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "fields", kept)

    @property
    def name(self) -> Name:
        return self.kind, self.key

    @property
    def place(self) -> int:
        """Where it stands among its siblings, the smallest first."""
        told = (self.fields.get(name) for name in ORDER)
        return next((value for value in told if value is not None), 0)

    @property
    def is_mandatory(self) -> bool:
        return bool(self.fields.get(MANDATORY))


@dataclass(frozen=True)
class Local:
    """What a partner has of an object: its own fields alone, by name.

    A field that is missing is inherited; one that is there and empty was emptied. An
    object without a base is the partner's own and holds all its fields.
    """

    kind: Kind
    key: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    addendum: str = ""
    left_out: LeftOut | None = None
    reason: str = ""

    def __post_init__(self):
        told = {name: canonical(value) for name, value in self.fields.items()}
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "fields", told)
        object.__setattr__(self, "addendum", normalised(self.addendum))

    @property
    def name(self) -> Name:
        return self.kind, self.key


@dataclass(frozen=True)
class GenericPlan:
    """Objects of the generic plan, and which sections stand for older ones."""

    objects: Sequence[Generic] = ()
    supersedes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[Name, Generic]:
        return {one.name: one for one in self.objects}

    @cached_property
    def in_order(self) -> list[Generic]:
        return sorted(self.objects, key=lambda one: (one.place, one.key))

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """New keys by old key, those that are there; one may be told as a word."""
        told = {
            old: (new,) if isinstance(new, str) else tuple(new)
            for old, new in self.supersedes.items()
        }
        return {
            old: tuple(key for key in new if (Kind.SECTION, key) in self.by_name)
            for old, new in told.items()
        }


@dataclass(frozen=True)
class LocalPlan:
    """What a partner made of its plan; `declined` remembers changes by their hash."""

    objects: Sequence[Local] = ()
    declined: frozenset[str] = frozenset()

    @cached_property
    def by_name(self) -> dict[Name, Local]:
        return {one.name: one for one in self.objects}


def canonical(value: object) -> Value:
    """A value as it is compared: normalised text, keys sorted, nothing as None."""
    if isinstance(value, str):
        return normalised(value) or None
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(sorted(set(value), key=str)) or None
    return None if value is False else value


def effective(generic: Generic | None, local: Local | None) -> dict[str, Value] | None:
    """The fields as they stand in the partner's plan; None when it has no such."""
    if local and local.left_out or not (local or generic):
        return None
    told = {**(generic.fields if generic else {}), **(local.fields if local else {})}
    if generic:
        told |= {name: generic.fields.get(name) for name in FIXED}
    return {name: value for name, value in told.items() if value is not None}


def chained(supersedes: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """The maps of the versions on the way, oldest first, as one map."""
    all_the_way: dict[str, list[str]] = {}
    for one in supersedes:
        step = {old: [n] if isinstance(n, str) else [*n] for old, n in one.items()}
        for old, news in all_the_way.items():
            further = (key for new in news for key in step.get(new, [new]))
            all_the_way[old] = [*dict.fromkeys(further)]
        all_the_way |= {old: n for old, n in step.items() if old not in all_the_way}
    return all_the_way
