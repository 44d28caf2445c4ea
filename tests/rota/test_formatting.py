"""Times are told by the clock on the wall of the rota."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from rota import formatting as wall
from tests.rota_makers import utc

LONDON = SimpleNamespace(zone=ZoneInfo("Europe/London"))
MADRID = SimpleNamespace(zone=ZoneInfo("Europe/Madrid"))


def thing(starts, ends):
    return SimpleNamespace(starts_at=utc(starts), ends_at=utc(ends))


def test_a_moment_is_told_where_the_rota_is():
    moment = utc("2026-07-06 16:30")
    assert wall.wall(moment, LONDON) == "5:30pm"
    assert wall.wall(moment, MADRID) == "6:30pm"
    assert wall.wall_day(utc("2026-07-06 23:30"), LONDON) == "Tuesday 7 July 2026"
    assert wall.wall_when(moment, LONDON) == "5:30pm on Monday 6 July 2026"


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-11-23 17:00", "2026-11-24 09:00", "5pm on {} to 9am on Tuesday"),
        ("2026-11-23 17:00", "2026-11-23 22:00", "5pm on {} to 10pm"),
        ("2026-11-23 17:00", "2026-11-24 00:00", "5pm on {} to midnight"),
        (
            "2026-11-23 17:00",
            "2026-11-30 09:00",
            "5pm on {} to 9am on Monday 30 November 2026",
        ),
    ],
)
def test_from_when_to_when_is_told_shortly(starts, ends, said):
    expected = said.format("Monday 23 November 2026")
    assert wall.wall_span(thing(starts, ends), LONDON) == expected


def test_hours_are_real_ones():
    assert wall.hours(thing("2026-10-24 16:00", "2026-10-25 09:00")) == "17 hours"
    assert wall.hours(thing("2026-10-24 16:00", "2026-10-24 17:00")) == "1 hour"
