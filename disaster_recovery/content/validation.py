"""Whether the objects of a plan fit together: what they name is there, in no circle."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

from disaster_recovery.content.effective import parameters_in
from disaster_recovery.content.schema import (
    FIELDS,
    KEY,
    KEYS,
    KINDS,
    PARAMETER,
    SECTION,
    SERVICE,
    TASK,
    faults,
)

CIRCLES = ((SECTION, "parent"), (SERVICE, "depends_on"), (TASK, "predecessors"))


class Thing(Protocol):
    """An object of a plan, generic or a partner's."""

    kind: str
    key: str
    fields: Mapping[str, Any]


def validation_errors(
    things: Iterable[Thing], parameters: Iterable[str] = ()
) -> list[str]:
    """Sentences about what does not fit, in the order of the objects.

    `parameters` are keys known besides those of the objects of that kind. What is
    left out may be named, for it may come back, but is not looked into.
    """
    things = [*things]
    known = {kind: {t.key for t in things if t.kind == kind} for kind in KINDS}
    known[PARAMETER] |= {*parameters}
    things = [t for t in things if not getattr(t, "is_left_out", False)]
    said = [sentence for t in things for sentence in _of(t, known)]
    return said + [s for kind, name in CIRCLES for s in _circle(things, kind, name)]


def _of(thing, known):
    called = f"{KINDS[thing.kind]} “{thing.fields.get('title') or thing.key}”"
    for sentence in faults(thing.kind, thing.fields).values():
        yield f"{called}: {sentence}"
    for one in FIELDS[thing.kind]:
        named = keys_named(thing.fields, one)
        for key in named:
            if key == thing.key and one.of == thing.kind:
                yield f"{called}: {one.label} names itself"
            elif key not in known[one.of]:
                yield f"{called}: {one.label} names “{key}”, which is not there"
    for key in sorted(parameters_in(thing.fields.values()) - known[PARAMETER]):
        yield f"{called}: there is no parameter “{key}”"


def keys_named(fields: Mapping[str, Any], one) -> Sequence[str]:
    """The keys of other objects that a field names."""
    value = fields.get(one.name)
    named = {KEY: [value], KEYS: value}.get(one.type)
    is_list = isinstance(named, list)
    return [key for key in named if key and isinstance(key, str)] if is_list else []


def _circle(things, kind, name):
    one = next(f for f in FIELDS[kind] if f.name == name)
    of_kind = {t.key: t for t in things if t.kind == kind}
    graph = {
        key: [k for k in keys_named(t.fields, one) if k in of_kind and k != key]
        for key, t in of_kind.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        titles = [of_kind[key].fields.get("title", key) for key in error.args[1]]
        yield f"{one.label} goes in a circle: {' → '.join(reversed(titles))}"
