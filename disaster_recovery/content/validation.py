"""Checks that objects of a plan fit together: references exist, with no circles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

from disaster_recovery.content.effective import parameters_in
from disaster_recovery.content.schema import (
    FIELDS,
    KEY,
    KEYS,
    KINDS,
    PARAMETER,
    Field,
    circular_fields,
    faults,
)


class Thing(Protocol):
    """An object of a plan, generic or a partner's."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...


def validation_errors(
    things: Iterable[Thing], parameters: Iterable[str] = ()
) -> list[str]:
    """Sentences about what does not fit, in the order of the objects.

    `parameters` are keys known besides those of the objects of that kind. What is
    left out may be referred to, for it may come back, but is not checked.
    """
    things = [*things]
    known = {kind: {t.key for t in things if t.kind == kind} for kind in KINDS}
    known[PARAMETER] |= {*parameters}
    checked = [t for t in things if not getattr(t, "is_left_out", False)]
    errors = [sentence for t in checked for sentence in _errors_of(t, known)]
    return errors + [
        sentence
        for kind, field in circular_fields()
        for sentence in _circles(checked, kind, field)
    ]


def _errors_of(thing: Thing, known: Mapping[str, set[str]]) -> Iterator[str]:
    label = f"{KINDS[thing.kind]} “{thing.fields.get('title') or thing.key}”"
    for sentence in faults(thing.kind, thing.fields).values():
        yield f"{label}: {sentence}"
    for field in FIELDS[thing.kind]:
        for key in keys_named(thing.fields, field):
            if key == thing.key and field.of == thing.kind:
                yield f"{label}: {field.label} refers to itself"
            elif key not in known[field.of]:
                yield f"{label}: {field.label} refers to “{key}”, which does not exist"
    for key in sorted(parameters_in(thing.fields.values()) - known[PARAMETER]):
        yield f"{label}: there is no parameter “{key}”"


def keys_named(fields: Mapping[str, Any], field: Field) -> Sequence[str]:
    """The keys of other objects that a field refers to."""
    value = fields.get(field.name)
    keys = {KEY: [value], KEYS: value}.get(field.type)
    return (
        [k for k in keys if k and isinstance(k, str)] if isinstance(keys, list) else []
    )


def _circles(things: list[Thing], kind: str, field: Field) -> Iterator[str]:
    of_kind = {t.key: t for t in things if t.kind == kind}
    graph = {
        key: [k for k in keys_named(t.fields, field) if k in of_kind and k != key]
        for key, t in of_kind.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        titles = [of_kind[key].fields.get("title", key) for key in error.args[1]]
        yield f"{field.label} goes round in a circle: {' → '.join(reversed(titles))}"
