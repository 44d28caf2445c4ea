from datetime import time

import pytest

from partners.working_pattern import clock, in_words

NINE, ONE, FIVE = time(9), time(13), time(17)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(9), "9am"),
        (time(17, 30), "5:30pm"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(12, 5), "12:05pm"),
        (time(0, 30), "12:30am"),
    ],
)
def test_a_time_is_said_as_people_say_it(moment, said):
    assert clock(moment) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], []),
        ([(3, NINE, FIVE)], ["Wednesday, 9am to 5pm"]),
        ([(d, NINE, FIVE) for d in range(1, 6)], ["Monday to Friday, 9am to 5pm"]),
        ([(2, NINE, FIVE), (1, NINE, FIVE)], ["Monday and Tuesday, 9am to 5pm"]),
        (
            [(1, NINE, FIVE), (2, NINE, ONE), (4, NINE, ONE)],
            ["Monday, 9am to 5pm", "Tuesday, 9am to 1pm", "Thursday, 9am to 1pm"],
        ),
    ],
)
def test_days_in_a_row_with_the_same_hours_are_said_together(days, said):
    assert in_words(days) == said
