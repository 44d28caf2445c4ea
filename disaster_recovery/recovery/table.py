"""The recovery times in words, row by row, for a table, a drawing or a spreadsheet."""

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
    """All rows in the order to recover, and what they come to."""

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
    """The order in words; a length that lacks something is “at least” so long."""
    titles = {t.task.key: t.task.title or t.task.key for t in order.tasks}
    services = tuple(_service(one, titles, order) for one in order.services)
    return RecoveryTable(
        services=services,
        tasks=tuple(_task(one, order) for one in order.tasks),
        finish=at_least(order.finish, order.missing),
        at_worst=at_least(order.worst_finish, order.missing),
        alone=at_least(order.alone, order.missing),
        people_at_once=order.people_at_once,
        chain=tuple(titles[key] for key in order.chain),
        missing=order.missing,
        summary=_counted(services),
    )


def length(time: Hours | None) -> str:
    """Hours in words, to the minute; “unknown” for none."""
    return UNKNOWN if time is None else in_words(round(time * 60))


def word(one: ServiceTimes) -> str:
    """The verdict in two or three words."""
    if one.verdict is Verdict.AMBER:
        has_none = one.finish == hours(one.service.rto or 0)
        return NO_TIME_LEFT if has_none else AT_WORST
    return WORDS[one.verdict]


def at_least(time: Hours, missing: Collection[str]) -> str:
    """The length in words, which more is to be added to if something is missing."""
    if not missing:
        return length(time)
    return f"at least {length(time)}" if time else UNKNOWN


def _counted(rows: Iterable[ServiceRow]) -> str:
    """Like “3 services: 1 late, 2 in time”, the worst first."""
    counted = Counter(row.word for row in rows)
    number = counted.total()
    words = (LATE, WORDS[Verdict.UNKNOWN], NO_TIME_LEFT, AT_WORST, IN_TIME)
    parts = [f"{counted[w]} {w.lower()}" for w in words if counted[w]]
    return f"{number} service{'' if number == 1 else 's'}: {', '.join(parts) or 'none'}"


def _service(one: ServiceTimes, titles: dict[str, str], order: RecoveryOrder):
    service = one.service
    gaps = [gap for gap in order.gaps if gap.service.key == service.key]
    return ServiceRow(
        key=service.key,
        title=service.title or service.key,
        wave=one.wave,
        tier=service.tier,
        rto=length(service.rto),
        back=at_least(one.finish, one.missing),
        at_worst=at_least(one.worst_finish, one.missing),
        alone=at_least(one.alone_finish, order.missing),
        verdict=one.verdict,
        word=word(one),
        chain=tuple(titles[key] for key in one.chain),
        missing=one.missing,
        gaps=tuple((g.verdict, _gap(g)) for g in gaps),
    )


def _gap(gap: Gap) -> str:
    called = f"“{gap.dependency.title or gap.dependency.key}”"
    theirs = length(gap.dependency.rto)
    if gap.verdict is Verdict.RED:
        return f"Late: its RTO is shorter than that of {called}, {theirs}"
    if gap.verdict is Verdict.AMBER:
        return f"No time left: its RTO is that of {called}, {theirs}"
    if gap.dependency.rto is None:
        return f"Unknown: {called}, on which it depends, has no RTO"
    return f"Unknown: it has no RTO, and depends on {called}, {theirs}"


def _task(one: TaskTimes, order: RecoveryOrder) -> TaskRow:
    is_unknown = one.task.expected is None
    return TaskRow(
        key=one.task.key,
        title=one.task.title or one.task.key,
        wave=one.wave,
        phase=one.task.phase,
        people=one.task.people,
        start=at_least(one.start, one.missing),
        finish=UNKNOWN if is_unknown else at_least(one.finish, one.missing),
        latest_start=length(one.latest_start),
        latest_finish=length(one.latest_finish),
        slack=length(one.slack),
        alone_finish=at_least(one.alone_finish, order.missing),
        is_critical=one.is_critical,
        is_unknown=is_unknown,
    )
