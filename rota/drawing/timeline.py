"""Duties of one lane as bars and labels: where each lies and what fits into it.

Lengths are units of the picture; one unit is one CSS pixel where the picture is as
wide as it was drawn. Moments are local and without a zone: a day is as wide as any
other, also when the clocks change, because places follow the clock on the wall.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

# Widths of letters in Helvetica and Arial, in ems; any other is as wide as "n".
_NARROW, _WIDE, _USUAL = frozenset("iljtfrI.,'’| -"), frozenset("mwMWQO@"), 0.58
_PADDING = 5
_TEXT_SIZE = 12
_ICON = 16
# Duties of one person this close together are one run, named once.
_LONGEST_REST = timedelta(hours=24)


class Mark(StrEnum):
    """What is out of the ordinary about a duty."""

    NONE = ""
    SWAP = "swap"
    COVER = "cover"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty in local time. `note` is the label of a mark, `href` where it leads."""

    starts_at: datetime
    ends_at: datetime
    person: str = ""
    initials: str = ""
    mark: Mark = Mark.NONE
    note: str = ""
    # Parts of one duty may share it; what a cover leaves of a night is one bar anyway.
    uid: str = ""
    href: str = ""
    colour: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A duty as a rectangle: `text` is what fits, in the middle of its free part."""

    duty: Duty
    x: float
    width: float
    text: str
    text_x: float
    is_past: bool
    is_now: bool
    # A cover for part of a duty lies on the duty.
    is_on_top: bool = False
    begins_before: bool = False
    ends_after: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Words above the bars: a mark, or the name of a run of duties."""

    x: float
    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Scale:
    """From moments to places: the first day, how many, and how wide a day is."""

    first: date
    days: int
    day_width: float

    @property
    def width(self) -> float:
        return self.days * self.day_width

    def place(self, moment: datetime) -> float:
        """Units from the left edge; outside the picture below 0 or above `width`."""
        since = moment - datetime.combine(self.first, time())
        return round(since / timedelta(days=1) * self.day_width, 1)


def text_width(text: str, size: float = _TEXT_SIZE) -> float:
    """Units that bold text of this size takes, a little generously."""
    ems = (
        0.32 if letter in _NARROW else 0.9 if letter in _WIDE else _USUAL
        for letter in text
    )
    return sum(ems) * size


def short_name(name: str) -> str:
    """A Pell, for Augustine Pell."""
    words = name.split()
    return f"{words[0][0]} {words[-1]}" if len(words) > 1 else name


def initials_of(name: str) -> str:
    """AP, for Augustine Pell; one letter for a single name."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


def draw(
    duties: Iterable[Duty], scale: Scale, now: datetime
) -> tuple[list[Bar], list[Label]]:
    """The bars of one lane, covers last, and the labels above them."""
    seen = [
        duty
        for duty in duties
        if scale.place(duty.ends_at) > 0 and scale.place(duty.starts_at) < scale.width
    ]
    whole, covers = _whole_duties(seen)
    taken = [(scale.place(c.starts_at) - 3, scale.place(c.ends_at) + 3) for c in covers]
    bars = [_bar(duty, scale, now, taken) for duty in whole]
    bars += [replace(_bar(duty, scale, now, []), is_on_top=True) for duty in covers]
    marks = _mark_labels(bars, scale)
    used = [(label.x - 8, label.x + _label_width(label) + 12) for label in marks]
    return bars, marks + _name_labels(bars, used)


def _whole_duties(duties: Sequence[Duty]) -> tuple[list[Duty], list[Duty]]:
    """Parts of a duty joined again, and apart from them the covers on top."""
    covers = [duty for duty in duties if duty.mark == Mark.COVER]
    whole: list[Duty] = []
    for duty in sorted(duties, key=lambda duty: duty.starts_at):
        if duty.mark == Mark.COVER:
            continue
        earlier = [n for n, before in enumerate(whole) if _is_same(before, duty)]
        if earlier and _goes_on(whole[earlier[-1]], duty, covers):
            whole[earlier[-1]] = replace(whole[earlier[-1]], ends_at=duty.ends_at)
        else:
            whole.append(duty)
    return whole, covers


def _is_same(before: Duty, duty: Duty) -> bool:
    return (before.person, before.mark) == (duty.person, duty.mark)


def _goes_on(before: Duty, duty: Duty, covers: Sequence[Duty]) -> bool:
    """Whether a duty starts where a part of it ended, or where a cover for it did."""
    if before.uid and before.uid == duty.uid and before.ends_at >= duty.starts_at:
        return True
    return any(
        cover.starts_at <= before.ends_at and cover.ends_at >= duty.starts_at
        for cover in covers
    )


def _bar(
    duty: Duty, scale: Scale, now: datetime, taken: Iterable[tuple[float, float]]
) -> Bar:
    starts, ends = scale.place(duty.starts_at), scale.place(duty.ends_at)
    left, right = max(starts, 0), min(ends, scale.width)
    spans = list(free_spans(left, right, taken)) or [(left, right)]
    from_x, to_x = max(spans, key=lambda span: span[1] - span[0])
    return Bar(
        duty,
        left,
        round(right - left, 1),
        _text_that_fits(duty, to_x - from_x),
        round((from_x + to_x) / 2, 1),
        is_past=duty.ends_at <= now,
        is_now=duty.starts_at <= now < duty.ends_at,
        begins_before=starts < 0,
        ends_after=ends > scale.width,
    )


def _text_that_fits(duty: Duty, width: float) -> str:
    """The longest way to name somebody that fits; empty where not even initials do."""
    for text in (duty.person, duty.person and short_name(duty.person)):
        if text and text_width(text) <= width - 2 * _PADDING:
            return text
    return duty.initials if text_width(duty.initials) <= width - 3 else ""


def free_spans(
    start: float, end: float, taken: Iterable[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """What is left between two places once others have taken theirs."""
    for from_x, to_x in sorted(taken):
        if from_x >= end or to_x <= start:
            continue
        if from_x > start:
            yield start, from_x
        start = to_x
    if start < end:
        yield start, end


def _label_width(label: Label) -> float:
    return text_width(label.text) + (_ICON if label.mark else 0)


def _mark_labels(bars: Sequence[Bar], scale: Scale) -> list[Label]:
    """One label for each run of duties with the same mark; none where no room is."""
    labels: list[Label] = []
    for run in _runs(sorted(bars, key=lambda bar: bar.duty.starts_at)):
        duty = run[0].duty
        if not duty.mark:
            continue
        label = Label(run[0].x, duty.note, duty.mark)
        x = max(0.0, min(label.x, scale.width - _label_width(label) - 4))
        if labels and x < labels[-1].x + _label_width(labels[-1]) + 4:
            continue
        labels.append(replace(label, x=round(x, 1)))
    return labels


def _name_labels(
    bars: Sequence[Bar], used: Sequence[tuple[float, float]]
) -> list[Label]:
    """The name of each run that no bar of it could hold, where there is room."""
    under = sorted(
        (bar for bar in bars if not bar.is_on_top), key=lambda bar: bar.duty.starts_at
    )
    labels = []
    for run in _runs(under):
        is_named = any(bar.text == bar.duty.person for bar in run)
        is_short = len(run) < 3 and run[-1].text
        if run[0].duty.mark or is_named or is_short:
            continue
        end = run[-1].x + run[-1].width
        for from_x, to_x in free_spans(run[0].x, end, used):
            text = _text_that_fits(run[0].duty, to_x - from_x + _PADDING)
            if text and text != run[0].duty.initials:
                labels.append(Label(round(from_x, 1), text))
                break
    return labels


def _runs(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars that follow each other within a day and say the same."""
    runs: list[list[Bar]] = []
    for bar in bars:
        last = runs[-1][-1].duty if runs else None
        duty = bar.duty
        is_same = last and (last.person, last.mark, last.note) == (
            duty.person,
            duty.mark,
            duty.note,
        )
        if last and is_same and duty.starts_at - last.ends_at <= _LONGEST_REST:
            runs[-1].append(bar)
        else:
            runs.append([bar])
    return runs
