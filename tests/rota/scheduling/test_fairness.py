"""How evenly duties are shared, counted by hand and by properties."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.scheduling.fairness import (
    Measure,
    Member,
    Served,
    counted,
    jain,
    per_cent,
    rounded,
    tally,
)
from tests.rota_makers import utc

LONDON = ZoneInfo("Europe/London")
START, END = utc("2026-01-01 00:00"), utc("2027-01-01 00:00")
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
ANN, BEN = Member(1, "Ann", "Boston"), Member(2, "Ben", "Lincoln")


def served(hours, person=1):
    """Time on duty in 2026 told as “11-23 17:00 > 11-24 09:00”, in UTC."""
    starts, ends = (utc(f"2026-{end}") for end in hours.split(" > "))
    return Served(person, starts, ends)


def of(hours):
    periods = [served(each) for each in hours.split(", ") if each]
    found = counted(periods, zone=LONDON, holidays=HOLIDAYS)
    return [float(found[measure]) for measure in Measure]


def shared(periods, members):
    return tally(periods, members, START, END, zone=LONDON)


NIGHT = "11-23 17:00 > 11-24 09:00"
TWO_DAYS = "11-21 09:00 > 11-21 12:00, 11-22 09:00 > 11-22 12:00"
TWO_PIECES = "11-23 22:00 > 11-24 01:00, 11-24 04:00 > 11-24 06:00"


@pytest.mark.parametrize(
    ("what", "hours", "expected"),
    [
        ("nothing", "", [0, 0, 0, 0, 0]),
        ("a night", NIGHT, [16, 1, 0, 0, 0]),
        ("an evening", "11-23 17:00 > 11-23 23:30", [6.5, 0, 0, 0, 0]),
        ("two hours at night", "11-23 23:00 > 11-24 01:00", [2, 0, 0, 0, 0]),
        ("one night in two pieces", TWO_PIECES, [5, 1, 0, 0, 0]),
        ("a spring night", "03-28 17:00 > 03-29 08:00", [15, 1, 1, 0, 0]),
        ("an autumn night", "10-24 16:00 > 10-25 09:00", [17, 1, 1, 0, 0]),
        ("two days are one weekend", TWO_DAYS, [6, 0, 1, 0, 0]),
        ("Friday night touches it", "11-20 17:00 > 11-21 09:00", [16, 1, 1, 0, 0]),
        ("until midnight does not", "11-20 17:00 > 11-21 00:00", [7, 0, 0, 0, 0]),
        ("a bank holiday", "12-28 09:00 > 12-28 17:00", [8, 0, 0, 1, 0]),
        ("Christmas Day", "12-25 09:00 > 12-25 17:00", [8, 0, 0, 1, 8]),
        ("Christmas Eve from 5pm", "12-24 09:00 > 12-24 20:00", [11, 0, 0, 0, 3]),
        ("to the end of Boxing Day", "12-26 20:00 > 12-27 04:00", [8, 1, 1, 0, 4]),
    ],
)
def test_each_measure_is_counted_by_itself(what, hours, expected):
    assert of(hours) == expected


def test_somebody_who_could_serve_and_did_not_counts_with_nothing():
    found = shared([served(NIGHT)], [ANN, BEN])
    hours = [(share.name, share.done[Measure.HOURS]) for share in found.people]
    assert hours == [("Ann", 16), ("Ben", 0)]
    evenness = found.evenness[Measure.HOURS]
    assert (evenness.jain, evenness.spread, evenness.mean) == (Fraction(1, 2), 16, 8)


def test_somebody_who_could_not_serve_does_not_count():
    away = Member(2, "Ben", "Lincoln", could_serve=Fraction(0))
    found = shared([served(NIGHT)], [ANN, away])
    assert [share.name for share in found.people] == ["Ann"]
    assert found.evenness[Measure.HOURS].jain == 1


def test_half_a_post_is_expected_to_do_half():
    half = Member(2, "Ben", "Lincoln", full_time_equivalent=Fraction(1, 2))
    periods = [served(NIGHT), served("11-24 17:00 > 11-25 01:00", person=2)]
    found = shared(periods, [ANN, half])
    assert found.evenness[Measure.HOURS].jain == 1
    assert [share.over(Measure.HOURS) for share in found.people] == [0, 0]


def test_only_the_part_within_the_period_counts():
    period = Served(1, utc("2026-12-31 17:00"), utc("2027-01-01 09:00"))
    found = shared([period], [ANN])
    assert found.people[0].done[Measure.HOURS] == 7


def test_partners_are_told_by_their_people():
    cat = Member(3, "Cat", "Boston")
    periods = [served("11-23 17:00 > 11-23 20:00", person=p) for p in (1, 3)]
    found = shared(periods, [ANN, BEN, cat])
    told = [(s.done[Measure.HOURS], s.expected[Measure.HOURS]) for s in found.partners]
    assert [share.name for share in found.partners] == ["Boston", "Lincoln"]
    assert told == [(6, 4), (0, 2)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 1), ([0, 0], 1), ([5, 5, 5], 1), ([1, 0], 0.5), ([1, 0, 0, 0], 0.25)],
)
def test_jains_index(values, expected):
    assert jain([Fraction(value) for value in values]) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 8, 13), (1, 200, 1), (5, 200, 3), (1, 3, 33), (2, 3, 67), (0, 0, 0)],
)
def test_half_a_per_cent_is_rounded_up(part, whole, expected):
    assert per_cent(part, whole) == expected


def test_numbers_are_rounded_away_from_nought():
    assert [rounded(Fraction(n, 2)) for n in (1, 3, 5, -1, -5)] == [1, 2, 3, -1, -3]
    assert str(rounded(Fraction(1, 3), 2)) == "0.33"
    assert str(rounded(Fraction(1, 1), 1)) == "1.0"


def test_a_hair_less_than_half_is_rounded_down():
    assert rounded(Fraction(5 * 10**39 - 1, 10**40)) == 0
    assert rounded(Fraction(1, 2)) == 1


def test_hours_are_exact():
    moment = timedelta(microseconds=1)
    period = Served(1, START, START + moment)
    found = counted([period, period], zone=LONDON, holidays=HOLIDAYS)
    assert found[Measure.HOURS] == Fraction(2, 3600 * 10**6)


WHOLE_HOURS = st.integers(0, 24 * 300)


@given(st.lists(st.tuples(st.integers(1, 3), WHOLE_HOURS, st.integers(1, 72))))
def test_what_is_done_and_what_is_expected_come_to_the_same(rows):
    periods = [
        Served(person, at, at + timedelta(hours=length))
        for person, begins, length in rows
        for at in [datetime(2026, 1, 2, tzinfo=UTC) + timedelta(hours=begins)]
    ]
    half = Member(3, "Cat", "Boston", Fraction(1, 2))
    found = tally(periods, [ANN, BEN, half], START, END, zone=LONDON)
    for measure in Measure:
        assert sum(share.over(measure) for share in found.people) == 0
        assert sum(share.over(measure) for share in found.partners) == 0
        assert Fraction(1, 3) <= found.evenness[measure].jain <= 1
