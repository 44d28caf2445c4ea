"""Times on the wall, at the two changes of the clock and everywhere between."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.scheduling import clock

LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # changes by half an hour
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "wall", "begins", "ends"),
    [
        (date(2026, 1, 5), "17:00", "2026-01-05 17:00", "2026-01-05 17:00"),
        (date(2026, 7, 6), "17:00", "2026-07-06 16:00", "2026-07-06 16:00"),
        (SPRING, "00:59", "2026-03-29 00:59", "2026-03-29 00:59"),
        (SPRING, "01:00", "2026-03-29 01:00", "2026-03-29 01:00"),
        (SPRING, "01:30", "2026-03-29 01:00", "2026-03-29 01:00"),
        (SPRING, "02:00", "2026-03-29 01:00", "2026-03-29 01:00"),
        (AUTUMN, "00:59", "2026-10-24 23:59", "2026-10-24 23:59"),
        (AUTUMN, "01:00", "2026-10-25 00:00", "2026-10-25 01:00"),
        (AUTUMN, "01:30", "2026-10-25 00:30", "2026-10-25 01:30"),
        (AUTUMN, "02:00", "2026-10-25 02:00", "2026-10-25 02:00"),
    ],
)
def test_a_time_stands_for_an_instant_whatever_the_clock_does(day, wall, begins, ends):
    wall = time.fromisoformat(wall)
    assert clock.begins(day, wall, LONDON) == at(begins)
    assert clock.ends(day, wall, LONDON) == at(ends)


def test_nights_at_the_changes_are_an_hour_short_and_an_hour_long():
    def length(saturday):
        begins = clock.begins(saturday, time(17), LONDON)
        return clock.ends(saturday + clock.DAY, time(9), LONDON) - begins

    assert length(date(2026, 3, 28)) == timedelta(hours=15)
    assert length(date(2026, 10, 24)) == timedelta(hours=17)
    assert length(date(2026, 6, 6)) == timedelta(hours=16)


def test_a_change_of_half_an_hour_is_found_too():
    skipped = clock.begins(date(2026, 10, 4), time(2, 15), LORD_HOWE)
    assert clock.local(skipped, LORD_HOWE).time() == time(2, 30)


@given(DAYS, st.times())
def test_an_end_is_never_before_its_beginning(day, wall):
    wall = wall.replace(microsecond=0)
    begins, ends = clock.begins(day, wall, LONDON), clock.ends(day, wall, LONDON)
    assert begins <= ends <= begins + timedelta(hours=1)


@given(DAYS, st.times())
def test_a_time_comes_back_as_it_was_unless_the_clock_skips_it(day, wall):
    wall = wall.replace(microsecond=0)
    shown = clock.local(clock.begins(day, wall, LONDON), LONDON)
    if shown.time() != wall:
        assert shown.time() == time(2)
        assert time(1) <= wall < time(2)


def test_the_day_of_an_instant_is_that_of_the_rota():
    assert clock.local_day(at("2026-07-06 23:30"), LONDON) == date(2026, 7, 7)
    assert clock.day_begins(date(2026, 7, 7), LONDON) == at("2026-07-06 23:00")
