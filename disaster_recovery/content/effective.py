"""The plan as it reads: parameters, then the addendum, then own text over the generic.

Own fields hold only what differs; None there says that the generic value is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PARAMETER = re.compile(r"\{\{\s*([a-z][a-z0-9_-]{0,59})\s*\}\}")
LEFT_OUT = frozenset({"removed", "not applicable"})


@dataclass(frozen=True, slots=True)
class Held:
    """An object of an edition as it is kept; `base` names the generic version.

    `row` is what finds it again, where it came from a table.
    """

    kind: str
    key: str
    position: int = 0
    state: str = "inherited"
    base: int | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    addendum: str = ""
    reason: str = ""
    is_settled: bool = False
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """An object of an edition as it reads, with what the generic plan says of it."""

    kind: str
    key: str
    position: int
    state: str
    base: int | None
    fields: Mapping[str, Any]
    addendum: str
    reason: str
    generic: Mapping[str, Any]
    changed: frozenset[str]
    is_settled: bool = False
    row: int | None = None

    @property
    def title(self) -> str:
        return self.fields.get("title") or self.key

    @property
    def is_left_out(self) -> bool:
        return self.state in LEFT_OUT

    @property
    def is_mandatory(self) -> bool:
        return bool(self.generic.get("is_mandatory"))


def overlaid(generic: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The generic fields with own ones in their place."""
    both = {**generic, **own}
    return {name: value for name, value in both.items() if value is not None}


def differences(
    generic: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """The own fields that turn the generic ones into those wanted."""
    changed = {n: v for n, v in wanted.items() if generic.get(n) != v}
    return changed | {n: None for n in generic if n not in wanted}


def resolve(
    held: Iterable[Held],
    generic: Mapping[tuple[int | None, str, str], Mapping[str, Any]],
    values: Mapping[str, str],
) -> list[Effective]:
    """Every object as it reads, by kind and position, left-out ones too.

    `generic` gives the fields of (base, kind, key), `values` those of parameters; a
    parameter without a value stays as it is written.
    """
    found = [_resolved(one, generic, values) for one in held]
    return sorted(found, key=lambda one: (one.kind, one.position, one.key))


def _resolved(one, generic, values):
    base = generic.get((one.base, one.kind, one.key), {})
    fields = overlaid(base, one.own)
    put = filler(values)
    return Effective(
        kind=one.kind,
        key=one.key,
        position=one.position,
        state=one.state,
        base=one.base,
        fields={name: filled(value, put) for name, value in fields.items()},
        addendum=put(one.addendum),
        reason=one.reason,
        generic=base,
        changed=frozenset(one.own),
        is_settled=one.is_settled,
        row=one.row,
    )


def filler(values: Mapping[str, str]) -> Callable[[str], str]:
    """What puts the values of parameters into a text."""
    return lambda text: PARAMETER.sub(lambda m: values.get(m[1], m[0]), text)


def filled(value: Any, put: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return put(value)
    return [filled(one, put) for one in value] if isinstance(value, list) else value


def parameters_in(values: Iterable[Any]) -> set[str]:
    """The keys of the parameters that texts, and lists of texts, name."""
    found = set()
    for value in values:
        if isinstance(value, str):
            found.update(PARAMETER.findall(value))
        elif isinstance(value, list):
            found |= parameters_in(value)
    return found


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section at its place: its number like 2.1, and how deep it stands."""

    number: str
    depth: int
    section: Any


def outline(sections: Sequence[Any]) -> list[Numbered]:
    """The sections in reading order; one whose parent is not there stands on top.

    Each has `key`, `position` and `fields`; those that are part of each other in a
    circle stand on top too.
    """
    by_key = {one.key: one for one in sections}
    below: dict[str, list] = {}
    for one in sorted(sections, key=lambda s: (s.position, s.key)):
        parent = one.fields.get("parent", "")
        is_apart = parent not in by_key or _goes_round(one.key, by_key)
        below.setdefault("" if is_apart else parent, []).append(one)
    return [*_numbered(below, "", "", 0)]


def _goes_round(key, by_key):
    seen = set()
    at = key
    while at in by_key and at not in seen:
        seen.add(at)
        at = by_key[at].fields.get("parent", "")
    return at == key


def _numbered(below, parent, before, depth) -> Iterator[Numbered]:
    for place, one in enumerate(below.get(parent, ()), start=1):
        number = f"{before}{place}"
        yield Numbered(number, depth, one)
        yield from _numbered(below, one.key, f"{number}.", depth + 1)
