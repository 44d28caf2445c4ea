"""The recovery times in words, row by row, for tables, timelines and CSV files."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from disaster_recovery.content.durations import in_words
from disaster_recovery.recovery.dependencies import Hours, hours
from disaster_recovery.recovery.order import (
    Gap,
    RecoveryOrder,
    ServiceTimes,
    TaskTimes,
    Verdict,
)

UNKNOWN = "unknown"
LATE, IN_TIME, NO_TIME_LEFT, AT_WORST = (
    "Late",
    "In time",
    "No time left",
    "Late at worst",
)
WORDS = {Verdict.RED: LATE, Verdict.GREEN: IN_TIME, Verdict.UNKNOWN: "Unknown"}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with its times in words; `chain` and `missing` are titles.

    Each of `gaps` is a verdict and its sentence.
    """

    key: str
    title: str
    wave: int
    tier: int | None
    rto: str
    back: str
    at_worst: str
    alone: str
    verdict: Verdict
    word: str
    chain: tuple[str, ...]
    missing: tuple[str, ...]
    gaps: tuple[tuple[Verdict, str], ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its times in words, since the recovery began."""

    key: str
    title: str
    wave: int
    phase: str
    people: int
    start: str
    finish: str
    latest_start: str
    latest_finish: str
    slack: str
    alone_finish: str
    is_critical: bool
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class RecoveryTable:
    """All rows in recovery order, and the totals."""

    services: tuple[ServiceRow, ...]
    tasks: tuple[TaskRow, ...]
    finish: str
    at_worst: str
    alone: str
    people_at_once: int
    chain: tuple[str, ...]
    missing: tuple[str, ...]
    summary: str


def recovery_table(order: RecoveryOrder) -> RecoveryTable:
    """The order in words; a time that lacks something is “at least” that long."""
    titles = {t.task.key: t.task.title or t.task.key for t in order.tasks}
    services = tuple(_service(times, titles, order) for times in order.services)
    return RecoveryTable(
        services=services,
        tasks=tuple(_task(times, order) for times in order.tasks),
        finish=at_least(order.finish, order.missing),
        at_worst=at_least(order.worst_finish, order.missing),
        alone=at_least(order.alone, order.missing),
        people_at_once=order.people_at_once,
        chain=tuple(titles[key] for key in order.chain),
        missing=order.missing,
        summary=_counted(services),
    )


def length(time: Hours | None) -> str:
    """Hours in words, to the minute; “unknown” where there are none."""
    return UNKNOWN if time is None else in_words(round(time * 60))


def word(times: ServiceTimes) -> str:
    """The verdict in two or three words."""
    if times.verdict is Verdict.AMBER:
        is_exact = times.finish == hours(times.service.rto or 0)
        return NO_TIME_LEFT if is_exact else AT_WORST
    return WORDS[times.verdict]


def at_least(time: Hours, missing: Collection[str]) -> str:
    """The time in words, marked as a lower bound if something is missing."""
    if not missing:
        return length(time)
    return f"at least {length(time)}" if time else UNKNOWN


def _counted(rows: Iterable[ServiceRow]) -> str:
    """Like “3 services: 1 late, 2 in time”, the worst first."""
    counted = Counter(row.word for row in rows)
    total = counted.total()
    words = (LATE, WORDS[Verdict.UNKNOWN], NO_TIME_LEFT, AT_WORST, IN_TIME)
    parts = [f"{counted[w]} {w.lower()}" for w in words if counted[w]]
    return f"{total} service{'' if total == 1 else 's'}: {', '.join(parts) or 'none'}"


def _service(
    times: ServiceTimes, titles: dict[str, str], order: RecoveryOrder
) -> ServiceRow:
    service = times.service
    gaps = [gap for gap in order.gaps if gap.service.key == service.key]
    return ServiceRow(
        key=service.key,
        title=service.title or service.key,
        wave=times.wave,
        tier=service.tier,
        rto=length(service.rto),
        back=at_least(times.finish, times.missing),
        at_worst=at_least(times.worst_finish, times.missing),
        alone=at_least(times.alone_finish, order.missing),
        verdict=times.verdict,
        word=word(times),
        chain=tuple(titles[key] for key in times.chain),
        missing=times.missing,
        gaps=tuple((g.verdict, _gap(g)) for g in gaps),
    )


def _gap(gap: Gap) -> str:
    needed = f"“{gap.dependency.title or gap.dependency.key}”"
    theirs = length(gap.dependency.rto)
    if gap.verdict is Verdict.RED:
        return f"Late: its RTO is shorter than that of {needed}, {theirs}"
    if gap.verdict is Verdict.AMBER:
        return f"No time left: it has the same RTO as {needed}, {theirs}"
    if gap.dependency.rto is None:
        return f"Unknown: it depends on {needed}, which has no RTO"
    return f"Unknown: it has no RTO, and depends on {needed}, {theirs}"


def _task(times: TaskTimes, order: RecoveryOrder) -> TaskRow:
    is_unknown = times.task.expected is None
    return TaskRow(
        key=times.task.key,
        title=times.task.title or times.task.key,
        wave=times.wave,
        phase=times.task.phase,
        people=times.task.people,
        start=at_least(times.start, times.missing),
        finish=UNKNOWN if is_unknown else at_least(times.finish, times.missing),
        latest_start=length(times.latest_start),
        latest_finish=length(times.latest_finish),
        slack=length(times.slack),
        alone_finish=at_least(times.alone_finish, order.missing),
        is_critical=times.is_critical,
        is_unknown=is_unknown,
    )
