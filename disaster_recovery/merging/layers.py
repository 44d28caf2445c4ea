"""The generic plan, and what a partner lays over it, as the merge reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from disaster_recovery.content.objects import Generic, Local, Name
from disaster_recovery.content.schema import SECTION

Supersedes = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class GenericPlan:
    """Objects of the generic plan, and which sections replace older ones."""

    objects: Sequence[Generic] = ()
    supersedes: Supersedes = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[Name, Generic]:
        return {generic.name: generic for generic in self.objects}

    @cached_property
    def in_order(self) -> list[Generic]:
        return sorted(self.objects, key=lambda generic: (generic.position, generic.key))

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """The new keys of each old one, as far as their sections are there."""
        return {
            old: tuple(key for key in news if (SECTION, key) in self.by_name)
            for old, news in _as_lists(self.supersedes).items()
        }


@dataclass(frozen=True)
class LocalPlan:
    """What a partner made of its plan; `declined` are the hashes of changes."""

    objects: Sequence[Local] = ()
    declined: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        objects = tuple(local.comparable() for local in self.objects)
        object.__setattr__(self, "objects", objects)

    @cached_property
    def by_name(self) -> dict[Name, Local]:
        return {local.name: local for local in self.objects}


def chained(steps: Iterable[Supersedes]) -> dict[str, list[str]]:
    """What supersedes what across several versions, oldest first, as one map."""
    whole: dict[str, list[str]] = {}
    for step in map(_as_lists, steps):
        for old, news in whole.items():
            newer = (key for new in news for key in step.get(new, [new]))
            whole[old] = [*dict.fromkeys(newer)]
        whole = step | whole
    return whole


def _as_lists(supersedes: Supersedes) -> dict[str, list[str]]:
    """A single new key may be given as a word."""
    return {
        old: [new] if isinstance(new, str) else [*new]
        for old, new in supersedes.items()
    }
