"""Who waits for whom in a recovery: services, tasks, their order and their waves.

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

from disaster_recovery.content.schema import SERVICE, TASK

# A service or a task among both.
Name = tuple[str, str]
Graph = Mapping[Name, Sequence[Name]]
# Hours; exact where they are whole or Fraction(minutes, 60).
Hours = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Service:
    """What is to come back; its RTO in hours, None where nobody said."""

    key: str
    title: str = ""
    rto: Hours | None = None
    tier: int | None = None
    depends_on: Sequence[str] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody does; durations in hours, None where nobody said.

    With no pessimistic duration, or one shorter than expected, it is the expected.
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
    """There is no order to recover in; the sentence says why, `names` are the keys."""

    def __init__(self, sentence: str, names: Iterable[str]):
        super().__init__(sentence)
        self.names = tuple(names)


class DuplicateKey(OrderError):
    """Two services, or two tasks, have one key."""


class InvalidNumber(OrderError):
    """A duration, an RTO or a number of people is below nothing or no number."""


class SelfDependency(OrderError):
    """Something waits for itself."""


class UnknownDependency(OrderError):
    """Something waits for what is not there."""


class DependencyCycle(OrderError):
    """Several wait for one another; `names` begins and ends with the same key."""


def hours(length: Hours) -> Fraction:
    """The hours to the nearest minute, exact ever after."""
    return Fraction(round(length * 60), 60)


def check(services: Sequence[Service], tasks: Sequence[Task]) -> None:
    """Raises DuplicateKey, or InvalidNumber where a number is below 0 or none."""
    for things in (services, tasks):
        counted = Counter(one.key for one in things)
        twice = [key for key, number in counted.items() if number > 1]
        if twice:
            said = ", ".join(f"“{key}”" for key in twice)
            raise DuplicateKey(f"Give each a key of its own: {said}", twice)
    unfit = [s for s in services if not _fits(s.rto)]
    unfit += [t for t in tasks if not all(map(_fits, _numbers(t)))]
    if unfit:
        said = ", ".join(f"“{one.title or one.key}”" for one in unfit)
        raise InvalidNumber(
            f"Enter times and people as numbers from 0 upwards: {said}",
            (one.key for one in unfit),
        )


def _numbers(task: Task) -> tuple[Hours | None, ...]:
    return task.expected, task.pessimistic, task.people


def _fits(number: Hours | None) -> bool:
    return number is None or 0 <= number < math.inf


def graph(services: Sequence[Service], tasks: Sequence[Task]) -> Graph:
    """Each service and task with what it waits for, in the given order.

    Raises SelfDependency, UnknownDependency or DependencyCycle. Their sentences
    name the titles.
    """
    of_services = {(SERVICE, s.key): _names(SERVICE, s.depends_on) for s in services}
    of_tasks = {(TASK, t.key): _names(TASK, t.predecessors) for t in tasks}
    restored = {(TASK, t.key): _names(SERVICE, t.restores) for t in tasks}
    titles = {(SERVICE, s.key): s.title or s.key for s in services}
    titles |= {(TASK, t.key): t.title or t.key for t in tasks}
    for told in (of_services, of_tasks, restored):
        _check_named(told, titles)
    for told in (of_services, of_tasks):
        _check_circle(told, titles)
    whole = {**of_tasks, **of_services}
    for task, back in restored.items():
        for service in back:
            whole[service] = _once(whole[service], [task])
            waits = [d for d in of_services[service] if d not in back]
            whole[task] = _once(whole[task], waits)
    _check_circle(whole, titles)
    return whole


def _names(kind: str, keys: Iterable[str]) -> tuple[Name, ...]:
    return tuple((kind, key) for key in dict.fromkeys(keys))


def _once(names: Iterable[Name], more: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys([*names, *more]))


def _check_named(told: Graph, titles: Mapping[Name, str]) -> None:
    themselves = [name for name, waits in told.items() if name in waits]
    if themselves:
        said = _listed(_called(name, titles) for name in themselves)
        raise SelfDependency(
            f"Take out what waits for itself: {said}", (key for _, key in themselves)
        )
    missing = [(n, w) for n, waits in told.items() for w in waits if w not in titles]
    if missing:
        said = _listed(f"{_called(n, titles)} names “{w[1]}”" for n, w in missing)
        raise UnknownDependency(
            f"Add what is not there, or take its name out: {said}",
            dict.fromkeys(w[1] for _, w in missing),
        )


def _check_circle(told: Graph, titles: Mapping[Name, str]) -> None:
    try:
        TopologicalSorter(told).prepare()
    except CycleError as error:
        # Each stands before the next: told from who waits to whom it waits for.
        way = [*reversed(error.args[1])]
        said = ", which waits for ".join(_called(name, titles) for name in way)
        raise DependencyCycle(
            f"These wait for one another, so none can begin: {said}. "
            "Take one of these out",
            (key for _, key in way),
        ) from error


def _called(name: Name, titles: Mapping[Name, str]) -> str:
    return f"{name[0]} “{titles[name]}”"


def _listed(said: Iterable[str]) -> str:
    return "; ".join(said)


def in_order(told: Graph, places: Mapping[Name, tuple]) -> Iterator[Name]:
    """Everything after what it waits for; of those free to go, the first place."""
    sorter = TopologicalSorter(told)
    sorter.prepare()
    free: list[tuple[tuple, Name]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heapq.heappush(free, (places[name], name))
        _, name = heapq.heappop(free)
        sorter.done(name)
        yield name


def waves(told: Graph, ordered: Iterable[Name], kind: str) -> list[tuple[str, ...]]:
    """The keys of one kind that can be taken up together, wave after wave.

    Each stands one wave after the last of its kind that it waits for, through
    whatever stands between them.
    """
    depths: dict[Name, int] = {}
    found: dict[int, list[str]] = {}
    for name in ordered:
        depth = max((depths[before] for before in told[name]), default=0)
        depths[name] = depth + (name[0] == kind)
        if name[0] == kind:
            found.setdefault(depth, []).append(name[1])
    return [tuple(found[depth]) for depth in sorted(found)]
