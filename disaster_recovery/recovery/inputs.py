"""The services and tasks of a plan, for the order to recover in: minutes to hours."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from disaster_recovery.content.schema import SERVICE, TASK
from disaster_recovery.content.validation import Thing
from disaster_recovery.recovery.dependencies import Service, Task


class Placed(Thing, Protocol):
    """An object of a plan with its place among the others."""

    position: int


def read(things: Iterable[Placed]) -> tuple[list[Service], list[Task]]:
    """The services and tasks among the objects of a plan, whose times are in minutes.

    What is left out is passed over: who waited for it waits for what it waited for.
    """
    things = [*things]
    services = _standing(things, SERVICE, "depends_on")
    tasks = _standing(things, TASK, "predecessors")
    back = {key for key, _, _ in services}
    return (
        [_service(key, one, waits) for key, one, waits in services],
        [_task(key, one, waits, back) for key, one, waits in tasks],
    )


def _standing(
    things: Sequence[Placed], kind: str, named: str
) -> list[tuple[str, Placed, tuple[str, ...]]]:
    told = {one.key: one for one in things if one.kind == kind}
    out = {key for key, one in told.items() if getattr(one, "is_left_out", False)}
    waits = {key: tuple(one.fields.get(named) or ()) for key, one in told.items()}
    return [
        (key, one, _past(out, waits, key))
        for key, one in told.items()
        if key not in out
    ]


def _past(out: set[str], waits: Mapping[str, Sequence[str]], key: str):
    found: dict[str, None] = {}
    waiting, seen = [*waits[key]], set()
    while waiting:
        one = waiting.pop(0)
        if one in out and one not in seen:
            waiting += waits[one]
        elif one not in out:
            found[one] = None
        seen.add(one)
    return tuple(found)


def _service(key: str, one: Placed, waits: tuple[str, ...]) -> Service:
    return Service(
        key=key,
        title=one.fields.get("title", ""),
        rto=_of_minutes(one.fields.get("rto")),
        tier=one.fields.get("tier"),
        depends_on=waits,
        position=one.position,
    )


def _task(key: str, one: Placed, waits: tuple[str, ...], back: set[str]) -> Task:
    return Task(
        key=key,
        title=one.fields.get("title", ""),
        expected=_of_minutes(one.fields.get("expected")),
        pessimistic=_of_minutes(one.fields.get("pessimistic")),
        predecessors=waits,
        restores=tuple(k for k in one.fields.get("restores") or () if k in back),
        people=one.fields.get("people") or 1,
        phase=one.fields.get("phase", ""),
        position=one.position,
    )


def _of_minutes(length: int | None) -> Fraction | None:
    return None if length is None else Fraction(length, 60)
