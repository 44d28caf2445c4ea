"""Rest between duties, by cases counted by hand and by properties."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.scheduling.working_time import (
    LEAST_REST,
    Stretch,
    joined,
    rest_broken_by,
    short_rests,
)
from tests.rota_makers import utc

START = utc("2026-11-20 00:00")


def stretch(hours):
    """A stretch told as “23 17:00 > 24 09:00”, in UTC in November 2026."""
    return Stretch(*(utc(f"2026-11-{end}") for end in hours.split(" > ")))


def stretches(hours):
    return [stretch(each) for each in hours.split(", ") if each]


def rests(found):
    return [short.rest / timedelta(hours=1) for short in found]


TWO = "23 08:00 > 23 10:00, 23 14:00 > 23 15:00"
LONG = "23 08:00 > 23 13:00, 23 15:00 > 23 16:00"
THREE = "23 00:00 > 23 01:00, 23 02:00 > 23 03:00, 23 05:00 > 23 06:00"
SHORT = "23 17:00 > 24 09:00, 24 19:59 > 25 01:00"


@pytest.mark.parametrize(
    ("what", "hours", "expected"),
    [
        ("nothing", "", []),
        ("one duty", "23 17:00 > 24 09:00", []),
        ("eleven hours", "23 17:00 > 24 09:00, 24 20:00 > 25 01:00", []),
        ("a minute less", SHORT, [10 + 59 / 60]),
        ("what meets is one", "23 17:00 > 24 01:00, 24 01:00 > 24 09:00", []),
        ("what overlaps is one", "23 17:00 > 24 05:00, 24 01:00 > 24 09:00", []),
        ("one within another", "23 08:00 > 24 08:00, 23 09:00 > 23 10:00", []),
        ("in any order", "24 12:00 > 24 18:00, 23 17:00 > 24 09:00", [3]),
        ("each", THREE, [1, 2]),
    ],
)
def test_a_rest_of_less_than_eleven_hours_is_short(what, hours, expected):
    assert rests(short_rests(stretches(hours))) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("what", "new", "others", "expected"),
    [
        ("free", "23 17:00 > 24 09:00", "", []),
        ("before", "23 17:00 > 24 09:00", "23 08:00 > 23 16:00", [1]),
        ("after", "23 17:00 > 24 09:00", "24 10:00 > 24 18:00", [1]),
        ("both", "23 12:00 > 23 13:00", TWO, [2, 1]),
        ("elsewhere", "27 12:00 > 27 13:00", TWO, []),
        ("meets one before", "23 10:00 > 23 13:00", "23 08:00 > 23 10:00", []),
        ("in a longer one", "23 10:00 > 23 11:00", LONG, []),
    ],
)
def test_a_new_duty_answers_for_the_rests_it_touches(what, new, others, expected):
    assert rests(rest_broken_by(stretch(new), stretches(others))) == expected


def test_a_longer_run_does_not_answer_for_an_old_short_rest():
    others = stretches("22 09:00 > 22 17:00, 23 00:00 > 23 08:00")
    new = stretch("23 08:00 > 23 12:00")
    assert rests(short_rests([new, *others])) == [7]
    assert rest_broken_by(new, others) == []


@pytest.mark.parametrize(
    ("ends_at", "starts_at", "expected"),
    [
        ("2026-03-28 22:00", "2026-03-29 08:00", [10]),
        ("2026-10-24 21:00", "2026-10-25 08:00", []),
    ],
)
def test_rest_is_real_hours_where_clocks_change(ends_at, starts_at, expected):
    # From 10pm to 9am, and from 10pm to 8am: 11 and 10 hours by the clock.
    hour = timedelta(hours=1)
    ended, begun = utc(ends_at), utc(starts_at)
    found = short_rests([Stretch(ended - hour, ended), Stretch(begun, begun + hour)])
    assert rests(found) == expected


HOURS = st.tuples(st.integers(0, 240), st.integers(1, 30))
STRETCHES = st.lists(HOURS, max_size=12).map(
    lambda rows: [
        Stretch(START + timedelta(hours=at), START + timedelta(hours=at + length))
        for at, length in rows
    ]
)


def hours_of(some):
    hour = timedelta(hours=1)
    return {
        each.starts_at + hour * n
        for each in some
        for n in range(int((each.ends_at - each.starts_at) / hour))
    }


@given(STRETCHES)
def test_joining_keeps_the_same_time_and_leaves_rest_between(some):
    whole = joined(some)
    assert hours_of(whole) == hours_of(some)
    assert sum(len(hours_of([each])) for each in whole) == len(hours_of(some))
    assert joined(whole) == whole


@given(STRETCHES, st.randoms())
def test_order_and_cutting_change_no_rest(some, random):
    cut = [half for each in some for half in halves(each)]
    random.shuffle(cut)
    assert short_rests(cut) == short_rests(some)


def halves(whole):
    middle = whole.starts_at + (whole.ends_at - whole.starts_at) / 2
    return Stretch(whole.starts_at, middle), Stretch(middle, whole.ends_at)


@given(STRETCHES, STRETCHES.filter(len))
def test_a_new_duty_answers_for_every_rest_that_was_not_short_before(others, news):
    new = news[0]
    before = {(s.before.ends_at, s.after.starts_at) for s in short_rests(others)}
    both = short_rests([new, *others])
    caused = [s for s in both if (s.before.ends_at, s.after.starts_at) not in before]
    assert set(caused) <= set(rest_broken_by(new, others)) <= set(both)
    assert all(timedelta() < short.rest < LEAST_REST for short in both)
