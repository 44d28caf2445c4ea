"""Dependencies in a recovery: services, tasks, their order and their waves.

A task waits for the tasks before it and for the services which those it restores
depend on; a service is back when its tasks are done and what it depends on is back.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from disaster_recovery.content.objects import Name
from disaster_recovery.content.schema import SERVICE, TASK

Graph = Mapping[Name, Sequence[Name]]
# What orders those that are free to begin: services first, then position and key.
Place = tuple[int, int, str]
# Hours; exact where they are whole or Fraction(minutes, 60).
Hours = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Service:
    """A service to restore; its RTO in hours, None where unknown."""

    key: str
    title: str = ""
    rto: Hours | None = None
    tier: int | None = None
    depends_on: Sequence[str] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the recovery; durations in hours, None where unknown.

    Without a pessimistic duration, or with one shorter than expected, the expected one
    counts.
    """

    key: str
    title: str = ""
    expected: Hours | None = None
    pessimistic: Hours | None = None
    predecessors: Sequence[str] = ()
    restores: Sequence[str] = ()
    people: int = 1
    phase: str = ""
    position: int = 0


class OrderError(ValueError):
    """There is no recovery order; the sentence says why, `names` are the keys."""

    def __init__(self, sentence: str, names: Iterable[str]) -> None:
        super().__init__(sentence)
        self.names = tuple(names)


class DuplicateKey(OrderError):
    """Two services, or two tasks, have the same key."""


class InvalidNumber(OrderError):
    """A duration, an RTO or a number of people is negative or not a number."""


class SelfDependency(OrderError):
    """Something depends on itself."""


class UnknownDependency(OrderError):
    """Something depends on what does not exist."""


class DependencyCycle(OrderError):
    """Several depend on one another; `names` begins and ends with the same key."""


def hours(length: Hours) -> Fraction:
    """The hours to the nearest minute, exact from then on."""
    return Fraction(round(length * 60), 60)


def check(services: Sequence[Service], tasks: Sequence[Task]) -> None:
    """Raises DuplicateKey, or InvalidNumber where a number is below 0 or none."""
    for things in (services, tasks):
        counted = Counter(thing.key for thing in things)
        repeated = [key for key, number in counted.items() if number > 1]
        if repeated:
            keys = ", ".join(f"“{key}”" for key in repeated)
            raise DuplicateKey(f"Give each its own key: {keys}", repeated)
    invalid: list[Service | Task] = [s for s in services if not _is_valid(s.rto)]
    invalid += [
        task
        for task in tasks
        if not all(map(_is_valid, (task.expected, task.pessimistic, task.people)))
    ]
    if invalid:
        titles = ", ".join(f"“{thing.title or thing.key}”" for thing in invalid)
        raise InvalidNumber(
            f"Enter times and numbers of people as 0 or more: {titles}",
            (thing.key for thing in invalid),
        )


def _is_valid(number: Hours | None) -> bool:
    return number is None or 0 <= number < math.inf


def graph(services: Sequence[Service], tasks: Sequence[Task]) -> Graph:
    """Each service and task with what it waits for, in the given order.

    Raises SelfDependency, UnknownDependency or DependencyCycle. Their sentences name
    the titles.
    """
    of_services = {(SERVICE, s.key): _names(SERVICE, s.depends_on) for s in services}
    of_tasks = {(TASK, t.key): _names(TASK, t.predecessors) for t in tasks}
    restored = {(TASK, t.key): _names(SERVICE, t.restores) for t in tasks}
    titles = {(SERVICE, s.key): s.title or s.key for s in services}
    titles |= {(TASK, t.key): t.title or t.key for t in tasks}
    for edges in (of_services, of_tasks, restored):
        _check_named(edges, titles)
    for edges in (of_services, of_tasks):
        _check_cycle(edges, titles)
    whole = {**of_tasks, **of_services}
    for task, services_back in restored.items():
        for service in services_back:
            whole[service] = _joined(whole[service], [task])
            needed = [d for d in of_services[service] if d not in services_back]
            whole[task] = _joined(whole[task], needed)
    _check_cycle(whole, titles)
    return whole


def _names(kind: str, keys: Iterable[str]) -> tuple[Name, ...]:
    return tuple((kind, key) for key in dict.fromkeys(keys))


def _joined(names: Iterable[Name], more: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys([*names, *more]))


def _check_named(edges: Graph, titles: Mapping[Name, str]) -> None:
    themselves = [name for name, waits in edges.items() if name in waits]
    if themselves:
        labels = "; ".join(_label(name, titles) for name in themselves)
        raise SelfDependency(
            f"Remove what depends on itself: {labels}", (key for _, key in themselves)
        )
    missing = [(n, w) for n, waits in edges.items() for w in waits if w not in titles]
    if missing:
        labels = "; ".join(
            f"{_label(name, titles)} refers to “{key}”" for name, (_, key) in missing
        )
        raise UnknownDependency(
            f"Add what does not exist, or remove the reference: {labels}",
            dict.fromkeys(waited[1] for _, waited in missing),
        )


def _check_cycle(edges: Graph, titles: Mapping[Name, str]) -> None:
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        # Each is before the next: say it from who waits to what is waited for.
        cycle = [*reversed(error.args[1])]
        labels = ", which waits for ".join(_label(name, titles) for name in cycle)
        raise DependencyCycle(
            f"These wait for one another, so none can begin: {labels}. "
            "Remove one of these dependencies",
            (key for _, key in cycle),
        ) from error


def _label(name: Name, titles: Mapping[Name, str]) -> str:
    return f"{name[0]} “{titles[name]}”"


def in_order(
    edges: Graph, places: Mapping[Name, tuple[int, int, str]]
) -> Iterator[Name]:
    """Everything after what it waits for; of those free to begin, the first place."""
    sorter = TopologicalSorter(edges)
    sorter.prepare()
    free: list[tuple[Place, Name]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heapq.heappush(free, (places[name], name))
        _, name = heapq.heappop(free)
        sorter.done(name)
        yield name


def waves(edges: Graph, ordered: Iterable[Name], kind: str) -> list[tuple[str, ...]]:
    """The keys of one kind that can begin together, wave after wave.

    Each is one wave after the last of its kind that it waits for, through whatever is
    between them.
    """
    depths: dict[Name, int] = {}
    keys: dict[int, list[str]] = {}
    for name in ordered:
        depth = max((depths[before] for before in edges[name]), default=0)
        depths[name] = depth + (name[0] == kind)
        if name[0] == kind:
            keys.setdefault(depth, []).append(name[1])
    return [tuple(keys[depth]) for depth in sorted(keys)]
