"""What a rota's templates and rotations come to: duties, and what is left open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rota.scheduling.demand import Demand, Kind, Need, needs
from rota.scheduling.rotation import Member, Rotation, Turn, turns


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides how a rota is laid out."""

    zone: ZoneInfo
    demands: tuple[Demand, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    holidays: Mapping[date, frozenset[Kind]] = field(default_factory=dict)

    def needs(self, from_at: datetime, until_at: datetime) -> list[Need]:
        return needs(
            self.demands,
            from_at,
            until_at,
            zone=self.zone,
            holidays=self.holidays,
        )


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of duty, UTC and half-open; without a person a partner owes it."""

    role: str
    place: int
    starts_at: datetime
    ends_at: datetime
    partner: int
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one instant to another, half-open."""

    starts_at: datetime
    ends_at: datetime


def lay_out(plan: Plan, from_at: datetime, until_at: datetime) -> list[Period]:
    """The duties of the window, as the rotations give them.

    One that goes on as the window begins is given from there; one that goes on as it
    ends is given whole. Where two needs of a role overlap, each place is filled once.
    A duty longer than a turn is handed over within it. Nobody's turn is left open.
    """
    wanted = plan.needs(from_at, until_at)
    found: list[Period] = []
    for rotations in _by_place(plan.rotations).values():
        for rotation, windows in _shared_out(rotations, wanted):
            passed = turns(rotation, until_at + _longest(windows), plan.zone)
            found += _handed_over(windows, passed, rotation)
    kept = [
        replace(p, starts_at=max(p.starts_at, from_at))
        for p in found
        if p.starts_at < until_at and p.ends_at > from_at
    ]
    return sorted(
        kept, key=lambda period: (period.starts_at, period.role, period.place)
    )


def _by_place(
    rotations: Iterable[Rotation],
) -> dict[tuple[str, int], list[Rotation]]:
    found = defaultdict(list)
    for rotation in rotations:
        found[rotation.role, rotation.place].append(rotation)
    return found


def _shared_out(
    rotations: Sequence[Rotation], wanted: Iterable[Need]
) -> list[tuple[Rotation, list[Stretch]]]:
    """Each rotation of one place with its windows; of two the first takes them."""
    role, place = rotations[0].role, rotations[0].place
    mine = [n for n in wanted if n.role == role and n.people >= place]
    windows = defaultdict(list)
    for window, day in once(mine):
        for number, rotation in enumerate(rotations):
            if rotation.serves(day):
                windows[number].append(window)
                break
    return [(rotations[number], found) for number, found in windows.items()]


def once(wanted: Sequence[Need]) -> list[tuple[Stretch, date]]:
    """The needs with their days, where each instant is in one of them only.

    One that overlaps the next ends where that begins; one within another goes.
    """
    found: list[tuple[Stretch, date]] = []
    for need in sorted(wanted, key=lambda n: (n.starts_at, -n.ends_at.timestamp())):
        window = Stretch(need.starts_at, need.ends_at)
        if found and window.starts_at < found[-1][0].ends_at:
            last, day = found[-1]
            if window.ends_at <= last.ends_at:
                continue
            found[-1] = (replace(last, ends_at=window.starts_at), day)
        found.append((window, need.day))
    return found


def _longest(windows: Iterable[Stretch]) -> timedelta:
    return max(w.ends_at - w.starts_at for w in windows)


def _handed_over(
    windows: Iterable[Stretch], passed: Iterable[Turn], rotation: Rotation
) -> Iterator[Period]:
    """The windows cut at the handovers, with whose turn it is. Both in order."""
    passed = iter(passed)
    turn = next(passed, None)
    for window in windows:
        while turn and turn.ends_at <= window.starts_at:
            turn = next(passed, None)
        rest = window
        while turn and turn.starts_at < rest.ends_at:
            if turn.member:
                yield _held_by(turn.member, rest, turn, rotation)
            if turn.ends_at >= rest.ends_at:
                break
            rest = replace(rest, starts_at=max(rest.starts_at, turn.ends_at))
            turn = next(passed, None)


def _held_by(member: Member, window: Stretch, turn: Turn, rotation: Rotation) -> Period:
    return Period(
        rotation.role,
        rotation.place,
        max(window.starts_at, turn.starts_at),
        min(window.ends_at, turn.ends_at),
        member.partner,
        member.staff,
    )


def without(period: Period, away: Iterable[Stretch]) -> list[Period]:
    """What is left of a duty when its person is away: a part, several or none."""
    left, at = [], period.starts_at
    for stretch in sorted(away, key=lambda s: s.starts_at):
        if stretch.ends_at <= at or stretch.starts_at >= period.ends_at:
            continue
        if stretch.starts_at > at:
            left.append(replace(period, starts_at=at, ends_at=stretch.starts_at))
        at = max(at, stretch.ends_at)
    if at < period.ends_at:
        left.append(replace(period, starts_at=at))
    return left
