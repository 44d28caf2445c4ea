"""Whatever the rota: its duties and its gaps are the whole of what it covers."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from rota.scheduling import clock
from rota.scheduling.demand import Demand, HolidayIs, Kind, OnHolidays
from rota.scheduling.gaps import GapKind, gaps
from rota.scheduling.rotation import DateRange, Member, Rotation, Unit, turns
from rota.scheduling.schedule import Plan, lay_out, once

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2025, 1, 1), date(2028, 12, 1)
DAYS = st.dates(FIRST, LAST)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
WEEKDAYS = st.frozensets(st.integers(1, 7), min_size=1)
SPELLS = st.builds(
    lambda first, days: DateRange(first, first + timedelta(days=days)),
    DAYS,
    st.integers(0, 40),
)
DEMANDS = st.builds(
    Demand,
    key=st.just(1),
    role=st.just("primary"),
    starts_at=TIMES,
    length=st.integers(1, 96).map(lambda hours: timedelta(hours=hours)),
    weekdays=WEEKDAYS,
    on_holidays=st.sampled_from(OnHolidays),
    holiday_is=st.sampled_from(HolidayIs),
    people=st.integers(1, 2),
)
MEMBERS = st.builds(
    lambda key, spells: Member(key, key % 3, staff=key, excluded=tuple(spells)),
    st.integers(1, 9),
    st.lists(SPELLS, max_size=2),
)
ROTATIONS = st.builds(
    Rotation,
    key=st.just(1),
    role=st.just("primary"),
    place=st.integers(1, 2),
    start_on=DAYS,
    handover=TIMES,
    unit=st.sampled_from(Unit),
    every=st.integers(1, 4),
    members=st.lists(MEMBERS, min_size=1, max_size=5, unique_by=lambda m: m.key).map(
        tuple
    ),
    start_turn=st.integers(0, 9),
    weekdays=WEEKDAYS,
    blocks=st.lists(SPELLS, max_size=2).map(tuple),
)
HOLIDAYS = st.dictionaries(DAYS, st.frozensets(st.sampled_from(Kind)), max_size=5)
PLANS = st.builds(
    Plan,
    zone=st.just(LONDON),
    demands=st.lists(DEMANDS, min_size=1, max_size=3).map(tuple),
    rotations=st.lists(ROTATIONS, max_size=3).map(tuple),
    holidays=HOLIDAYS,
)
WINDOWS = st.builds(
    lambda first, days: (
        clock.day_begins(first, LONDON),
        clock.day_begins(first + timedelta(days=days), LONDON),
    ),
    DAYS,
    st.integers(1, 60),
)
# Years of turns take their time where the machine has other work.
UNHURRIED = settings(deadline=None)


def union(spans, window):
    """Time within the window that any of the spans takes in."""
    total, at = timedelta(), window[0]
    for span in sorted(spans, key=lambda s: s.starts_at):
        starts_at = max(span.starts_at, at)
        ends_at = min(span.ends_at, window[1])
        if ends_at > starts_at:
            total += ends_at - starts_at
            at = ends_at
    return total


@UNHURRIED
@given(PLANS, WINDOWS)
def test_duties_and_gaps_are_the_whole_of_what_is_needed(plan, window):
    needs = plan.needs(*window)
    periods = [p for p in lay_out(plan, *window) if p.place == 1]
    asked = [replace(need, people=1) for need in needs]
    found = gaps(asked, periods, {}, *window)
    nobody = [gap for gap in found if gap.kind == GapKind.NOBODY]
    assert union(needs, window) == union(periods, window) + union(nobody, window)


@UNHURRIED
@given(PLANS, WINDOWS)
def test_a_place_is_never_held_twice(plan, window):
    by_place = defaultdict(list)
    for period in lay_out(plan, *window):
        assert period.starts_at < period.ends_at
        by_place[period.place].append(period)
    for periods in by_place.values():
        assert all(a.ends_at <= b.starts_at for a, b in pairwise(periods))


@UNHURRIED
@given(PLANS, WINDOWS)
def test_it_does_not_matter_from_where_one_looks(plan, window):
    """A query that begins mid-week sees the same duties as one from the beginning."""
    middle = window[0] + (window[1] - window[0]) / 2
    whole = [p for p in lay_out(plan, *window) if p.starts_at >= middle]
    part = [p for p in lay_out(plan, middle, window[1]) if p.starts_at > middle]
    assert [p for p in whole if p.starts_at > middle] == part


@UNHURRIED
@given(PLANS, WINDOWS)
def test_every_duty_is_within_a_turn_of_its_person(plan, window):
    for period in lay_out(plan, *window):
        held = [
            turn
            for rotation in plan.rotations
            if rotation.place == period.place
            for turn in turns(rotation, period.ends_at, LONDON)
            if turn.member and turn.member.staff == period.staff
        ]
        assert any(
            t.starts_at <= period.starts_at and period.ends_at <= t.ends_at
            for t in held
        )


@UNHURRIED
@given(st.lists(DEMANDS, min_size=1, max_size=3), WINDOWS)
def test_needs_laid_once_take_in_the_same_time(demands, window):
    needs = Plan(LONDON, tuple(demands)).needs(*window)
    windows = [stretch for stretch, _ in once(needs)]
    assert union(windows, window) == union(needs, window)
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(windows))
