"""The recovery as bars over time, in whole points of an SVG drawing.

All steps of the scale are equally wide, from an hour to weeks, so that both what takes
minutes and what takes days can be seen; within a step it is even.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from disaster_recovery.recovery.dependencies import Hours, hours
from disaster_recovery.recovery.order import (
    RecoveryOrder,
    ServiceTimes,
    TaskTimes,
    Verdict,
)
from disaster_recovery.recovery.table import at_least, length, recovery_table, word

WIDTH, SIDE = 760, 10
HEAD, ROW, FOOT = 32, 44, 8
# Beneath the top of a row: where its text stands, and its bar.
TEXT, BAR, THICK = 16, 22, 14
LEAST = 3
MOST_LETTERS = 46
DAY, WEEK = 24, 7 * 24
STEPS = (0, 1, 4, 12, DAY, 3 * DAY, WEEK, 2 * WEEK, 4 * WEEK, 12 * WEEK, 52 * WEEK)
CRITICAL, SPARE, UNSURE = "critical", "spare", Verdict.UNKNOWN.value
LOOKS = {
    Verdict.RED.value: "Crossed lines: late",
    Verdict.AMBER.value: "Slanting lines: no time left, or late at worst",
    UNSURE: "Dots: unknown, because something has no time yet",
    Verdict.GREEN.value: "Plain, light: in time",
    CRITICAL: "Plain, dark: critical, any delay delays the whole recovery",
    SPARE: "Upright lines: can wait",
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its label; `anchor` is the text-anchor of SVG."""

    x: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A service or a task: its bar, the line after it, and perhaps a mark.

    The line ends at the worst finish of a service, at the latest of a task; the mark
    is the RTO. `about` is the text alternative.
    """

    key: str
    label: str
    word: str
    about: str
    look: str
    x: int
    width: int
    tail: int
    mark: int | None
    text_y: int
    y: int
    middle: int
    height: int = THICK

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing, with a `name` that is unique on the page."""

    name: str
    title: str
    description: str
    tail: str
    mark: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int
    height: int

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The patterns in use, in words."""
        used = {bar.look for bar in self.bars}
        return [(look, words) for look, words in LOOKS.items() if look in used]


class Scale:
    """Turns hours into horizontal points, for times up to the last."""

    def __init__(self, last: Hours) -> None:
        steps = [STEPS[0], STEPS[1]]
        for step in STEPS[2:]:
            steps += [step] if steps[-1] < last else []
        while steps[-1] < last:
            steps.append(steps[-1] * 4)
        self.steps = tuple(steps)
        self.step = (WIDTH - 2 * SIDE) // (len(steps) - 1)

    def x(self, at: Hours) -> int:
        for number, (begin, end) in enumerate(pairwise(self.steps)):
            if at <= end:
                return SIDE + int(self.step * (number + (at - begin) / (end - begin)))
        return WIDTH - SIDE

    def ticks(self) -> tuple[Tick, ...]:
        last = self.steps[-1]
        anchors = {0: "start", last: "end"}
        return tuple(
            Tick(
                self.x(step),
                length(step) if step else "Start",
                anchors.get(step, "middle"),
            )
            for step in self.steps
        )


def service_timeline(order: RecoveryOrder) -> Timeline:
    """When each service is back, against its RTO."""
    services = order.services
    rtos = [hours(t.service.rto) for t in services if t.service.rto is not None]
    scale = Scale(max([t.worst_finish for t in services] + rtos, default=0))
    rows = recovery_table(order)
    whole = f"The whole recovery, at best: {rows.finish}"
    return _drawn(
        "services",
        "When each service is back",
        f"{rows.summary}. {whole}; one person alone, at worst: {rows.alone}.",
        "A line after the bar: when it is back at worst",
        "A diamond: the RTO",
        (_service(times, scale, row) for row, times in enumerate(services)),
        scale,
    )


def task_timeline(order: RecoveryOrder) -> Timeline:
    """When each task is finished, and how long it can wait."""
    scale = Scale(max((times.latest_finish for times in order.tasks), default=0))
    rows = recovery_table(order)
    critical = ", ".join(rows.chain) or "none"
    people = f"People at the same time: {rows.people_at_once}"
    return _drawn(
        "tasks",
        "When each task is finished",
        f"The whole recovery, at best: {rows.finish}. {people}. "
        f"Critical path: {critical}.",
        "A line after the bar: how long it can wait",
        "",
        (_task(times, scale, row) for row, times in enumerate(order.tasks)),
        scale,
    )


def _drawn(
    name: str,
    title: str,
    description: str,
    tail: str,
    mark: str,
    bars: Iterable[Bar],
    scale: Scale,
) -> Timeline:
    bars = tuple(bars)
    high = HEAD + ROW * len(bars) + FOOT
    return Timeline(
        *(name, title, description, tail, mark, bars, scale.ticks(), WIDTH, high)
    )


def _service(times: ServiceTimes, scale: Scale, row: int) -> Bar:
    service = times.service
    back = at_least(times.finish, times.missing)
    about = [f"time until it is back: {back}", f"RTO {length(service.rto)}"]
    return _bar(
        *(service.key, service.title or service.key, word(times), about),
        times.verdict.value,
        [scale.x(at) for at in (times.start, times.finish, times.worst_finish)],
        None if service.rto is None else scale.x(hours(service.rto)),
        row,
    )


def _task(times: TaskTimes, scale: Scale, row: int) -> Bar:
    task = times.task
    look, words = (CRITICAL, "Critical") if times.is_critical else (SPARE, "Can wait")
    if task.expected is None:
        look, words = UNSURE, "Unknown"
    start = f"time until it begins: {at_least(times.start, times.missing)}"
    about = [
        start,
        f"length: {length(task.expected)}",
        f"can wait {length(times.slack)}",
    ]
    return _bar(
        *(task.key, task.title or task.key, words, about, look),
        [scale.x(at) for at in (times.start, times.finish, times.latest_finish)],
        None,
        row,
    )


def _bar(
    key: str,
    title: str,
    words: str,
    about: Sequence[str],
    look: str,
    across: Sequence[int],
    mark: int | None,
    row: int,
) -> Bar:
    top = HEAD + ROW * row
    is_long = len(title) > MOST_LETTERS
    label = f"{title[: MOST_LETTERS - 1].rstrip()}…" if is_long else title
    begin, end, tail = across
    # The thinnest bar stays within the drawing.
    begin = min(begin, WIDTH - SIDE - LEAST)
    width = max(end - begin, LEAST)
    return Bar(
        key=key,
        label=label,
        word=words,
        about=f"{title}: {words.lower()}, {', '.join(about)}",
        look=look,
        x=begin,
        width=width,
        tail=max(tail, begin + width),
        mark=mark,
        text_y=top + TEXT,
        y=top + BAR,
        middle=top + BAR + THICK // 2,
    )
