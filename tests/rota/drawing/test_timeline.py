"""Duties as bars: one for each, where the clock on the wall puts it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.drawing.timeline import (
    Duty,
    Mark,
    Scale,
    draw,
    free_spans,
    initials_of,
    short_name,
    text_width,
)

FIRST, NOW = date(2026, 12, 1), datetime(2026, 12, 2, 12)
AN_HOUR_A_UNIT = 24.0


def at(day, hour):
    return datetime(2026, 12, day, hour)


def drawn(*duties, width=AN_HOUR_A_UNIT, days=7):
    return draw(duties, Scale(FIRST, days, width), NOW)


def night(day, person="Megan Nowak", initials="MN", **more):
    return Duty(at(day, 17), at(day + 1, 9), person, initials, **more)


def test_a_night_is_one_bar_over_midnight():
    [bar], _ = drawn(night(1))
    assert (bar.x, bar.width, bar.is_past) == (17, 16, True)


def test_who_is_on_duty_now_is_marked():
    [bar], _ = drawn(Duty(at(2, 9), at(2, 17), "Megan Nowak", "MN"))
    assert bar.is_now
    assert not bar.is_past


def test_parts_of_a_duty_are_one_bar_with_the_cover_on_top():
    parts = [
        Duty(at(3, 17), at(3, 19), "Augustine Pell", "AP", uid="a"),
        Duty(
            at(3, 19), at(3, 23), "Alan Waterfield", "AW", Mark.COVER, "Cover", uid="a"
        ),
        Duty(at(3, 23), at(4, 9), "Augustine Pell", "AP", uid="a"),
    ]
    bars, labels = drawn(*parts)
    places = [(bar.x, bar.width, bar.is_on_top) for bar in bars]
    assert places == [(65, 16, False), (67, 4, True)]
    assert labels[0].text == "Cover"


def test_two_nights_of_one_person_stay_two_bars():
    bars, _ = drawn(night(3, uid="a"), night(4, uid="b"))
    assert [bar.width for bar in bars] == [16, 16]


def test_what_goes_on_outside_is_cut_at_the_edge():
    [bar], _ = drawn(Duty(datetime(2026, 11, 30, 17), at(1, 9), "Megan Nowak", "MN"))
    assert (bar.x, bar.width) == (0, 9)
    assert bar.begins_before
    assert not bar.ends_after


def test_what_lies_outside_is_not_drawn():
    assert drawn(Duty(at(20, 17), at(21, 9), "Megan Nowak", "MN")) == ([], [])


def test_a_run_of_nights_is_named_once():
    _, labels = drawn(night(3), night(4), night(5), width=34)
    assert [label.text for label in labels] == ["Megan Nowak"]


def test_a_gap_is_labelled_once_for_its_run():
    gaps = [night(day, "", "", mark=Mark.GAP, note="Gap: Boston") for day in (3, 4)]
    _, labels = drawn(*gaps, width=34)
    assert [(label.text, label.mark) for label in labels] == [("Gap: Boston", "gap")]


@pytest.mark.parametrize(
    ("width", "text"),
    [(240, "José Ignacio Peña"), (150, "J Peña"), (34, "JP"), (12, "")],
)
def test_a_name_shrinks_to_what_fits(width, text):
    [bar], _ = drawn(night(3, "José Ignacio Peña", "JP"), width=width)
    assert bar.text == text


@pytest.mark.parametrize(
    ("name", "short", "initials"),
    [
        ("Augustine Pell", "A Pell", "AP"),
        ("Nguyễn Thị Hạnh", "N Hạnh", "NH"),
        ("Prince", "Prince", "P"),
        ("", "", ""),
    ],
)
def test_names_are_shortened(name, short, initials):
    assert short_name(name) == short
    assert initials_of(name) == initials


MOMENTS = st.integers(-48, 24 * 9).map(lambda hour: at(1, 0) + timedelta(hours=hour))
DUTIES = st.lists(
    st.builds(
        lambda start, hours, mark: Duty(
            start, start + timedelta(hours=hours), "Ann Lee", "AL", mark, "Note"
        ),
        MOMENTS,
        st.integers(1, 72),
        st.sampled_from(Mark),
    ),
    max_size=12,
)


@given(DUTIES)
def test_bars_and_labels_stay_within_the_picture(duties):
    bars, labels = drawn(*duties)
    width = AN_HOUR_A_UNIT * 7
    assert all(bar.x >= 0 and bar.x + bar.width <= width + 0.1 for bar in bars)
    assert all(label.x >= 0 for label in labels)
    assert all(text_width(bar.text) <= max(bar.width, 1) for bar in bars if bar.text)


SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))
)


@given(SPANS)
def test_free_and_taken_are_the_whole(taken):
    free = list(free_spans(10, 40, taken))
    for unit in range(10, 40):
        is_taken = any(a <= unit < b for a, b in taken)
        assert is_taken != any(a <= unit < b for a, b in free)
