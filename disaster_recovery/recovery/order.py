"""In which order services come back, how long it takes, and whether that is in time.

    order = recovery_order([Service(…), …], [Task(…), …])

All times are hours since the recovery began, exact to the minute. The method is the
critical path method (Kelley and Walker, 1959): everything begins as soon as what it
waits for is done, as if there were people enough (`people_at_once` says how many).
Against it stands one person who takes the tasks one after another, each at its
pessimistic duration; a task for several people counts once, for the others are lent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from disaster_recovery.recovery.critical_path import NOTHING, CriticalPath, of_kind
from disaster_recovery.recovery.dependencies import (
    SERVICE,
    TASK,
    DependencyCycle,
    DuplicateKey,
    InvalidNumber,
    Name,
    OrderError,
    SelfDependency,
    Service,
    Task,
    UnknownDependency,
    check,
    graph,
    hours,
    waves,
)
from disaster_recovery.recovery.rto_gaps import Gap, Verdict, rto_gaps

__all__ = [
    "DependencyCycle",
    "Gap",
    "OrderError",
    "RecoveryOrder",
    "DuplicateKey",
    "SelfDependency",
    "Service",
    "ServiceTimes",
    "Task",
    "TaskTimes",
    "InvalidNumber",
    "UnknownDependency",
    "Verdict",
    "recovery_order",
    "rto_gaps",
]


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """When a task begins and ends, in hours.

    `latest_…` delay nothing: the whole recovery still ends as soon as it can.
    `alone_…` are those of one person doing everything. `missing` are the titles of
    what it waits for that nobody knows the time of: it begins “at least” so late.
    """

    task: Task
    wave: int
    start: Fraction
    finish: Fraction
    latest_start: Fraction
    latest_finish: Fraction
    worst_finish: Fraction
    alone_start: Fraction
    alone_finish: Fraction
    missing: tuple[str, ...]

    @property
    def slack(self) -> Fraction:
        return self.latest_start - self.start

    @property
    def is_critical(self) -> bool:
        return not self.slack


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """When a service is back, in hours, and the chain that makes it so late.

    `chain` are the keys of tasks, first to last, whose lengths make the finish.

    `missing` are the titles of tasks without a duration, and of services which no
    task restores, that it waits for: the times are then “at least”.
    """

    service: Service
    wave: int
    start: Fraction
    finish: Fraction
    worst_finish: Fraction
    alone_finish: Fraction
    chain: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Red: later than the RTO. Amber: no time left, or too late at worst."""
        if self.service.rto is None:
            return Verdict.UNKNOWN
        rto = hours(self.service.rto)
        if self.finish > rto:
            return Verdict.RED
        if self.missing:
            return Verdict.UNKNOWN
        in_time = self.finish < rto and self.worst_finish <= rto
        return Verdict.GREEN if in_time else Verdict.AMBER


@dataclass(frozen=True, slots=True)
class RecoveryOrder:
    """The tasks and the services in the order to take them up, with their times.

    `finish` is the parallel best case, `alone` one person's worst, both in hours;
    `people_at_once` is how many the parallel case needs.
    """

    tasks: tuple[TaskTimes, ...]
    services: tuple[ServiceTimes, ...]
    task_waves: tuple[tuple[str, ...], ...]
    service_waves: tuple[tuple[str, ...], ...]
    chain: tuple[str, ...]
    gaps: tuple[Gap, ...]
    finish: Fraction
    worst_finish: Fraction
    alone: Fraction
    people_at_once: int
    missing: tuple[str, ...]


def recovery_order(services: Iterable[Service], tasks: Iterable[Task]) -> RecoveryOrder:
    """The order to recover in and its times, in hours.

    Ties go by position, then by key, whatever order they are given in. Raises an
    OrderError whose sentence says what to change.
    """
    services = sorted(services, key=lambda one: (one.position, one.key))
    tasks = sorted(tasks, key=lambda one: (one.position, one.key))
    check(services, tasks)
    of_services = {(SERVICE, one.key): one for one in services}
    of_tasks = {(TASK, one.key): one for one in tasks}
    path = CriticalPath(graph(services, tasks), of_services, of_tasks)
    missing = _missing(path, of_services, of_tasks)
    waited = path.waited_for(missing)
    lacks = {name: _titles(missing, found) for name, found in waited.items()}
    before = {name: _titles(missing, waited[name] - {name}) for name in of_tasks}
    task_waves, service_waves = _waves(path, of_services)
    waved, served = _numbers(task_waves), _numbers(service_waves)
    told = tuple(
        _task_times(path, of_tasks[name], waved[name[1]], before[name])
        for name in _ordered(path, of_tasks)
    )
    return RecoveryOrder(
        tasks=told,
        services=tuple(
            _service_times(path, of_services[name], served[name[1]], lacks[name])
            for name in _ordered(path, of_services)
        ),
        task_waves=tuple(task_waves),
        service_waves=tuple(service_waves),
        chain=path.chain(path.ordered),
        gaps=tuple(rto_gaps(services)),
        finish=max(path.finishes.values(), default=NOTHING),
        worst_finish=max(path.worst_finishes.values(), default=NOTHING),
        alone=sum(path.worst.values(), NOTHING),
        people_at_once=_people_at_once(told),
        missing=tuple(missing.values()),
    )


def _ordered(path: CriticalPath, things: Mapping[Name, object]) -> Iterator[Name]:
    return (name for name in path.ordered if name in things)


def _waves(path: CriticalPath, of_services: Mapping[Name, Service]):
    """The waves of the tasks, and those of the services by what they depend on."""
    depends = {name: of_kind(SERVICE, path.told[name]) for name in of_services}
    return (
        waves(path.told, path.ordered, TASK),
        waves(depends, _ordered(path, of_services), SERVICE),
    )


def _numbers(found: Sequence[Sequence[str]]) -> dict[str, int]:
    return {key: n for n, wave in enumerate(found, start=1) for key in wave}


def _titles(missing: Mapping[Name, str], found: set[Name]) -> tuple[str, ...]:
    return tuple(title for name, title in missing.items() if name in found)


def _task_times(
    path: CriticalPath, task: Task, wave: int, missing: tuple[str, ...]
) -> TaskTimes:
    name = (TASK, task.key)
    return TaskTimes(
        task=task,
        wave=wave,
        start=path.starts[name],
        finish=path.finishes[name],
        latest_start=path.latest[name] - path.best[name],
        latest_finish=path.latest[name],
        worst_finish=path.worst_finishes[name],
        alone_start=path.alone[name] - path.worst[name],
        alone_finish=path.alone[name],
        missing=missing,
    )


def _service_times(
    path: CriticalPath, service: Service, wave: int, missing: tuple[str, ...]
) -> ServiceTimes:
    name = (SERVICE, service.key)
    finish = path.finishes[name]
    own = of_kind(TASK, path.told[name])
    return ServiceTimes(
        service=service,
        wave=wave,
        start=min((path.starts[task] for task in own), default=finish),
        finish=finish,
        worst_finish=path.worst_finishes[name],
        alone_finish=path.alone[name],
        chain=path.chain([name]),
        missing=missing,
    )


def _missing(
    path: CriticalPath, services: Mapping[Name, Service], tasks: Mapping[Name, Task]
) -> dict[Name, str]:
    """What nobody knows the time of, by title: tasks without an expected duration
    and services which no task restores."""
    things = {n: t for n, t in tasks.items() if t.expected is None}
    things |= {n: s for n, s in services.items() if not of_kind(TASK, path.told[n])}
    return {n: things[n].title or n[1] for n in _ordered(path, things)}


def _people_at_once(tasks: Iterable[TaskTimes]) -> int:
    told = [*tasks]
    moves = [(one.start, one.task.people) for one in told]
    moves += [(one.finish, -one.task.people) for one in told]
    most = max((one.task.people for one in told), default=0)
    return max(most, *accumulate((change for _, change in sorted(moves)), initial=0))
