"""The order in which services are restored, how long it takes, and whether in time.

    order = recovery_order([Service(…), …], [Task(…), …])

All times are hours since the recovery began, exact to the minute. The method is the
critical path method (Kelley and Walker, 1959): everything begins as soon as what it
waits for is finished, as if there were enough people (`people_at_once` says how many).
The other extreme is one person who does the tasks one after another, each at its
pessimistic duration; a task for several people counts once, for the others are lent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from disaster_recovery.content.objects import Name
from disaster_recovery.content.schema import SERVICE, TASK
from disaster_recovery.recovery.critical_path import NOTHING, CriticalPath, of_kind
from disaster_recovery.recovery.dependencies import (
    DependencyCycle,
    DuplicateKey,
    InvalidNumber,
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

    At `latest_…` the whole recovery still ends as soon as it can. `alone_…` are those
    of one person doing everything. `missing` are the titles of what it waits for
    without a known time: the task begins “at least” that late.
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
    """When a service is back, in hours, and its critical path.

    `chain` are the keys of tasks, first to last, whose lengths determine the finish.
    `missing` are the titles of tasks without a duration, and of services that no task
    restores, which it waits for: the times are then “at least”.
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
    """The tasks and the services in recovery order, with their times.

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
    OrderError, whose sentence says what to change.
    """
    services = sorted(services, key=lambda service: (service.position, service.key))
    tasks = sorted(tasks, key=lambda task: (task.position, task.key))
    check(services, tasks)
    of_services = {(SERVICE, service.key): service for service in services}
    of_tasks = {(TASK, task.key): task for task in tasks}
    path = CriticalPath(graph(services, tasks), of_services, of_tasks)
    missing = _missing(path, of_services, of_tasks)
    waited = path.waited_for(missing)
    task_waves, service_waves = _waves(path, of_services)
    task_numbers, service_numbers = _numbered(task_waves), _numbered(service_waves)
    task_times = []
    for name in (name for name in path.ordered if name in of_tasks):
        titles = _titles(missing, waited[name] - {name})
        wave = task_numbers[name[1]]
        task_times.append(_task_times(path, of_tasks[name], wave, titles))
    service_times = []
    for name in (name for name in path.ordered if name in of_services):
        titles = _titles(missing, waited[name])
        wave = service_numbers[name[1]]
        service_times.append(_service_times(path, of_services[name], wave, titles))
    return RecoveryOrder(
        tasks=tuple(task_times),
        services=tuple(service_times),
        task_waves=tuple(task_waves),
        service_waves=tuple(service_waves),
        chain=path.chain(path.ordered),
        gaps=tuple(rto_gaps(services)),
        finish=max(path.finishes.values(), default=NOTHING),
        worst_finish=max(path.worst_finishes.values(), default=NOTHING),
        alone=sum(path.worst.values(), NOTHING),
        people_at_once=_people_at_once(task_times),
        missing=tuple(missing.values()),
    )


def _waves(
    path: CriticalPath, services: Mapping[Name, Service]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The waves of the tasks, and those of the services by what they depend on."""
    ordered = [name for name in path.ordered if name in services]
    dependencies = {name: of_kind(SERVICE, path.graph[name]) for name in services}
    return (
        waves(path.graph, path.ordered, TASK),
        waves(dependencies, ordered, SERVICE),
    )


def _numbered(waves: Sequence[Sequence[str]]) -> dict[str, int]:
    return {key: number for number, wave in enumerate(waves, 1) for key in wave}


def _titles(missing: Mapping[Name, str], names: set[Name]) -> tuple[str, ...]:
    return tuple(title for name, title in missing.items() if name in names)


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
    own = of_kind(TASK, path.graph[name])
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
    """Titles of what has no known time: tasks without an expected duration and
    services that no task restores."""
    titles = {n: t.title for n, t in tasks.items() if t.expected is None}
    unrestored = (n for n in services if not of_kind(TASK, path.graph[n]))
    titles |= {name: services[name].title for name in unrestored}
    return {n: titles[n] or n[1] for n in path.ordered if n in titles}


def _people_at_once(tasks: Sequence[TaskTimes]) -> int:
    changes = [(times.start, times.task.people) for times in tasks]
    changes += [(times.finish, -times.task.people) for times in tasks]
    most = max((times.task.people for times in tasks), default=0)
    return max(most, *accumulate((number for _, number in sorted(changes)), initial=0))
