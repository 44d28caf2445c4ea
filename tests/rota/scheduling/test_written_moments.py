"""A date and time as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.scheduling.written_moments import written_moment

CHRISTMAS = datetime(2026, 12, 25, 3)


@pytest.mark.parametrize(
    "text",
    [
        "25 December 2026 3am",
        "25 dec 2026, 3am",
        "25th December 2026 at 3 am",
        "25/12/2026 03:00",
        "25.12.2026 3.00",
        "25-12-2026 3:00",
        "2026-12-25T03:00",
        "  25   DECEMBER 2026 3AM ",
    ],
)
def test_ways_of_writing_one_moment(text):
    assert written_moment(text) == CHRISTMAS


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("25 December 2026", 0, 0),
        ("25 December 2026 midnight", 0, 0),
        ("25 December 2026 noon", 12, 0),
        ("25 December 2026 12am", 0, 0),
        ("25 December 2026 12pm", 12, 0),
        ("25 December 2026 5:30pm", 17, 30),
        ("25 December 2026 17", 17, 0),
    ],
)
def test_times_of_the_day(text, hour, minute):
    assert written_moment(text) == datetime(2026, 12, 25, hour, minute)


def test_an_offset_is_kept():
    assert written_moment("2026-12-25T03:00Z") == CHRISTMAS.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "31 February 2026",
        "25 Decembre 2026",
        "25/13/2026",
        "25 December 2026 25:00",
        "25 December 2026 13pm",
        "25 December 2026 0am",
        "25 December 2026 teatime",
        "25 December 0000",
        "\x00",
    ],
)
def test_what_is_no_moment(text):
    assert written_moment(text) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_what_we_write_is_read_back(moment):
    moment = moment.replace(second=0, microsecond=0)
    assert written_moment(f"{moment:%-d %B %Y %-I:%M%p}") == moment


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(text):
    result = written_moment(text)
    assert result is None or isinstance(result, datetime)
