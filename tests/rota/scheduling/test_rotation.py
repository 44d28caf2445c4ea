"""Whose turn it is: orders, handovers, joiners, leavers and turns put off."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.scheduling.rotation import DateRange, Member, Rotation, Unit, turns

LONDON = ZoneInfo("Europe/London")
ANN, BEN, CAT = (Member(key, 1, staff=key) for key in (1, 2, 3))
NAMES = {1: "A", 2: "B", 3: "C"}
END = datetime(2026, 12, 31, tzinfo=UTC)
WEEKLY = Rotation(1, "primary", 1, date(2026, 1, 5), time(9), members=(ANN, BEN, CAT))


def order(rotation, number=8):
    found = list(turns(rotation, END, LONDON))[:number]
    return "".join(NAMES[t.member.key] if t.member else "-" for t in found)


def starts(rotation, number=4):
    found = [t.starts_at.astimezone(LONDON) for t in turns(rotation, END, LONDON)]
    return [f"{start:%a %-d %b %H:%M}" for start in found[:number]]


def excluded(member, last):
    return replace(member, excluded=(DateRange(date(2026, 1, 12), last),))


def of(*members, **changed):
    return replace(WEEKLY, members=members, **changed)


def blocked(first):
    return replace(WEEKLY, blocks=(DateRange(first, date(2026, 1, 18)),))


WEEK = date(2026, 1, 18)
LATER = replace(BEN, since_on=date(2026, 1, 19))
LEAVER = replace(BEN, until_on=date(2026, 2, 2))
ALL_EXCLUDED = [excluded(member, WEEK) for member in (ANN, BEN, CAT)]


@pytest.mark.parametrize(
    ("what", "rotation", "expected"),
    [
        ("in order", WEEKLY, "ABCABCAB"),
        ("beginning with the second", replace(WEEKLY, start_turn=1), "BCABCABC"),
        ("a number too high goes round", replace(WEEKLY, start_turn=4), "BCABCABC"),
        ("nobody", of(), "--------"),
        ("a joiner at the end of the order", of(ANN, LATER, CAT), "ACACBACB"),
        ("a leaver from the day on", of(ANN, LEAVER, CAT), "ABCACACA"),
        ("put off, so next", of(ANN, excluded(BEN, WEEK), CAT), "ACBACBAC"),
        (
            "somebody long excluded is owed one turn",
            of(ANN, excluded(BEN, date(2026, 2, 8)), CAT),
            "ACACABCA",
        ),
        ("all excluded, nobody's turn is lost", of(*ALL_EXCLUDED), "A-BCABCA"),
        ("a block takes no turn", blocked(date(2026, 1, 12)), "A-BCABCA"),
        ("part of a week blocked does", blocked(date(2026, 1, 13)), "ABCABCAB"),
    ],
)
def test_the_order_of_turns(what, rotation, expected):
    assert order(rotation) == expected


ALL = range(1, 8)


@pytest.mark.parametrize(
    ("unit", "every", "weekdays", "expected"),
    [
        (Unit.DAY, 1, ALL, "Mon 5 Jan, Tue 6 Jan, Wed 7 Jan, Thu 8 Jan"),
        (Unit.DAY, 2, ALL, "Mon 5 Jan, Wed 7 Jan, Fri 9 Jan, Sun 11 Jan"),
        (Unit.DAY, 1, (1, 5), "Mon 5 Jan, Fri 9 Jan, Mon 12 Jan, Fri 16 Jan"),
        (Unit.DAY, 2, (1, 5), "Mon 5 Jan, Mon 12 Jan, Mon 19 Jan, Mon 26 Jan"),
        (Unit.WEEK, 1, ALL, "Mon 5 Jan, Mon 12 Jan, Mon 19 Jan, Mon 26 Jan"),
        (Unit.WEEK, 3, (6, 7), "Mon 5 Jan, Mon 26 Jan, Mon 16 Feb, Mon 9 Mar"),
        (Unit.MONTH, 1, ALL, "Mon 5 Jan, Thu 5 Feb, Thu 5 Mar, Sun 5 Apr"),
    ],
)
def test_turns_begin_at_the_handover_of_their_first_day(
    unit, every, weekdays, expected
):
    rotation = replace(WEEKLY, unit=unit, every=every, weekdays=frozenset(weekdays))
    assert starts(rotation) == [f"{day} 09:00" for day in expected.split(", ")]


def test_a_month_without_the_day_hands_over_on_its_last():
    rotation = replace(WEEKLY, unit=Unit.MONTH, start_on=date(2026, 1, 31))
    expected = ["Sat 31 Jan", "Sat 28 Feb", "Tue 31 Mar", "Thu 30 Apr"]
    assert starts(rotation) == [f"{day} 09:00" for day in expected]


def test_a_rotation_made_in_summer_keeps_its_time_in_winter():
    rotation = replace(WEEKLY, start_on=date(2026, 10, 12))
    days = ["Mon 12 Oct", "Mon 19 Oct", "Mon 26 Oct"]
    assert starts(rotation, 3) == [f"{day} 09:00" for day in days]


@settings(deadline=None)  # Two years of turns, on a machine with other work.
@given(
    st.sampled_from(Unit),
    st.integers(1, 6),
    st.sets(st.integers(1, 7), min_size=1),
    st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    st.times(),
)
def test_turns_follow_each_other_without_a_gap(unit, every, weekdays, first, handover):
    rotation = replace(
        WEEKLY,
        unit=unit,
        every=every,
        weekdays=frozenset(weekdays),
        start_on=first,
        handover=handover.replace(microsecond=0),
    )
    found = list(turns(rotation, END, LONDON))
    assert found
    assert all(a.ends_at == b.starts_at for a, b in pairwise(found))
    assert all(turn.starts_at < turn.ends_at for turn in found)
