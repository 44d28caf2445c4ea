"""The services and tasks of a plan as inputs of the recovery order, in hours."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from disaster_recovery.content.schema import SERVICE, TASK
from disaster_recovery.content.validation import Thing
from disaster_recovery.recovery.dependencies import Service, Task


class Placed(Thing, Protocol):
    """An object of a plan with its place among the others."""

    @property
    def position(self) -> int: ...


def read(things: Iterable[Placed]) -> tuple[list[Service], list[Task]]:
    """The services and tasks among the objects of a plan, whose times are in minutes.

    What is left out is skipped: what depended on it depends on its dependencies.
    """
    things = [*things]
    services = _present(things, SERVICE, "depends_on")
    tasks = _present(things, TASK, "predecessors")
    keys = {key for key, _, _ in services}
    return (
        [
            Service(
                key=key,
                title=thing.fields.get("title", ""),
                rto=_of_minutes(thing.fields.get("rto")),
                tier=thing.fields.get("tier"),
                depends_on=waits,
                position=thing.position,
            )
            for key, thing, waits in services
        ],
        [
            Task(
                key=key,
                title=thing.fields.get("title", ""),
                expected=_of_minutes(thing.fields.get("expected")),
                pessimistic=_of_minutes(thing.fields.get("pessimistic")),
                predecessors=waits,
                restores=tuple(
                    k for k in thing.fields.get("restores") or () if k in keys
                ),
                people=thing.fields.get("people") or 1,
                phase=thing.fields.get("phase", ""),
                position=thing.position,
            )
            for key, thing, waits in tasks
        ],
    )


def _present(
    things: Iterable[Placed], kind: str, field: str
) -> list[tuple[str, Placed, tuple[str, ...]]]:
    """Key, object and dependencies of those that are not left out."""
    of_kind = {thing.key: thing for thing in things if thing.kind == kind}
    waits = {k: tuple(thing.fields.get(field) or ()) for k, thing in of_kind.items()}
    left_out = {k for k, t in of_kind.items() if getattr(t, "is_left_out", False)}
    return [
        (key, thing, _dependencies_past(left_out, waits, key))
        for key, thing in of_kind.items()
        if key not in left_out
    ]


def _dependencies_past(
    left_out: set[str], waits: Mapping[str, Sequence[str]], key: str
) -> tuple[str, ...]:
    dependencies: dict[str, None] = {}
    waiting, seen = [*waits[key]], set()
    while waiting:
        other = waiting.pop(0)
        if other in left_out and other not in seen:
            waiting += waits[other]
        elif other not in left_out:
            dependencies[other] = None
        seen.add(other)
    return tuple(dependencies)


def _of_minutes(length: int | None) -> Fraction | None:
    return None if length is None else Fraction(length, 60)
