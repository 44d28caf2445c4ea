"""The plan as it reads: own text over the generic, with parameters filled in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disaster_recovery.content.objects import LEFT_OUT, Local, overlaid
from disaster_recovery.content.schema import MANDATORY

PARAMETER = re.compile(r"\{\{\s*([a-z][a-z0-9_-]{0,59})\s*\}\}")


@dataclass(frozen=True, slots=True)
class Effective:
    """An object of an edition as it reads, beside what the generic plan says."""

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
        return bool(self.generic.get(MANDATORY))


def resolve(
    objects: Iterable[Local],
    generic: Mapping[tuple[int | None, str, str], Mapping[str, Any]],
    values: Mapping[str, str],
) -> list[Effective]:
    """Every object as it reads, by kind and position, left-out ones too.

    `generic` gives the fields of (base, kind, key), `values` those of parameters; a
    parameter without a value stays as it is written.
    """
    fill = filler(values)
    resolved = []
    for local in objects:
        base = generic.get((local.base, local.kind, local.key), {})
        fields = overlaid(base, local.fields)
        resolved.append(
            Effective(
                kind=local.kind,
                key=local.key,
                position=local.position,
                state=local.state,
                base=local.base,
                fields={name: filled(value, fill) for name, value in fields.items()},
                addendum=fill(local.addendum),
                reason=local.reason,
                generic=base,
                changed=frozenset(local.fields),
                is_settled=local.is_settled,
                row=local.row,
            )
        )
    return sorted(resolved, key=lambda thing: (thing.kind, thing.position, thing.key))


def filler(values: Mapping[str, str]) -> Callable[[str], str]:
    """A function that puts the values of parameters into a text."""
    return lambda text: PARAMETER.sub(lambda m: values.get(m[1], m[0]), text)


def filled(value: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return fill(value)
    if isinstance(value, list):
        return [filled(item, fill) for item in value]
    return value


def parameters_in(values: Iterable[Any]) -> set[str]:
    """The keys of the parameters that texts, and lists of texts, name."""
    keys: set[str] = set()
    for value in values:
        if isinstance(value, str):
            keys.update(PARAMETER.findall(value))
        elif isinstance(value, list | tuple):
            keys |= parameters_in(value)
    return keys


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section with its number, like 2.1, and its depth."""

    number: str
    depth: int
    section: Any


def outline(sections: Sequence[Any]) -> list[Numbered]:
    """The sections in reading order; one whose parent is not there is on top.

    Each has `key`, `position` and `fields`; those that are part of each other in a
    circle are on top too.
    """
    by_key = {section.key: section for section in sections}
    children: dict[str, list[Any]] = {}
    for section in sorted(sections, key=lambda s: (s.position, s.key)):
        parent = section.fields.get("parent", "")
        is_on_top = parent not in by_key or _is_in_circle(section.key, by_key)
        children.setdefault("" if is_on_top else parent, []).append(section)
    return [*_numbered(children, "", "", 0)]


def _is_in_circle(key: str, by_key: Mapping[str, Any]) -> bool:
    seen = set()
    at = key
    while at in by_key and at not in seen:
        seen.add(at)
        at = by_key[at].fields.get("parent", "")
    return at == key


def _numbered(
    children: Mapping[str, list[Any]], parent: str, prefix: str, depth: int
) -> Iterator[Numbered]:
    for place, section in enumerate(children.get(parent, ()), start=1):
        number = f"{prefix}{place}"
        yield Numbered(number, depth, section)
        yield from _numbered(children, section.key, f"{number}.", depth + 1)
