"""The recovery drawn: whole points, words and patterns, not colour alone."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.recovery.order import Service, Task, recovery_order
from disaster_recovery.recovery.table import recovery_table
from disaster_recovery.recovery.timeline import (
    SIDE,
    WIDTH,
    Scale,
    service_timeline,
    task_timeline,
)

SERVICES = [
    Service("network", "Network", rto=4, tier=0),
    Service("phones", "Phones <b>", 1, 1, ["network"], 1),
    Service("site", "Site", 12, 0, position=2),
    Service("mail", "E-mail", 3, 2, position=3),
    Service("fax", "Fax", 24, 2, position=4),
]
TASKS = [
    Task("declare", "Declare", 1, 2),
    Task("cables", "Cables", 1, 2, ["declare"], ["network"], 2, position=1),
    Task("dial", "Dial", 3, 4, restores=["phones"], position=2),
    Task("boxes", "Boxes", 3, 3, restores=["mail"], position=3),
    Task("toner", "Toner", 1, 1, restores=["fax"], position=4),
    Task("guess", "Guess", position=5),
]

RECOVERY_TABLE = "disaster_recovery/_recovery_table.html"


@pytest.fixture
def order():
    return recovery_order(SERVICES, TASKS)


def bar(timeline, key):
    return next(one for one in timeline.bars if one.key == key)


@pytest.mark.parametrize(
    ("last", "steps"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 4, 12)),
        (25, (0, 1, 4, 12, 24, 72)),
        (9000, (0, 1, 4, 12, 24, 72, 168, 336, 672, 2016, 8736, 34944)),
    ],
)
def test_the_scale_is_as_long_as_needed(last, steps):
    assert Scale(last).steps == steps


def test_within_a_step_the_scale_is_even():
    scale = Scale(12)
    assert scale.step == 246
    assert [scale.x(at) for at in (0, 0.5, 1, 2.5, 4, 8, 12)] == [
        *(10, 133, 256, 379, 502, 625, 748)
    ]


def test_the_scale_is_labelled_in_words():
    words = [(tick.label, tick.anchor) for tick in Scale(30).ticks()]
    assert words[0] == ("Start", "start")
    assert words[1:3] == [("1 hour", "middle"), ("4 hours", "middle")]
    assert words[-1] == ("3 days", "end")


def test_a_service_is_a_bar_with_its_worst_and_its_rto(order):
    one = bar(service_timeline(order), "network")
    scale = Scale(24)
    assert (one.x, one.end) == (scale.x(1), scale.x(2))
    assert (one.tail, one.mark) == (scale.x(4), scale.x(4))
    assert (one.look, one.word) == ("green", "In time")


def test_rows_are_below_one_another(order):
    timeline = service_timeline(order)
    assert [one.y for one in timeline.bars] == [54, 98, 142, 186, 230]
    assert [one.text_y for one in timeline.bars[:2]] == [48, 92]
    assert timeline.height == 32 + 5 * 44 + 8


def test_every_state_has_a_look_and_a_word(order):
    timeline = service_timeline(order)
    assert {one.key: (one.look, one.word) for one in timeline.bars} == {
        "network": ("green", "In time"),
        "phones": ("red", "Late"),
        "site": ("unknown", "Unknown"),
        "mail": ("amber", "No time left"),
        "fax": ("green", "In time"),
    }
    assert [look for look, _ in timeline.legend] == ["red", "amber", "unknown", "green"]


def test_a_task_is_critical_or_can_wait_or_is_unknown(order):
    timeline = task_timeline(order)
    words = {one.key: one.word for one in timeline.bars}
    assert words["declare"] == words["cables"] == words["dial"] == "Critical"
    assert (words["toner"], words["guess"]) == ("Can wait", "Unknown")
    toner = bar(timeline, "toner")
    assert toner.tail == Scale(5).x(5)
    assert "can wait 4 hours" in toner.about


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_words():
    timeline = service_timeline(recovery_order([Service("s", "N" * 200)], []))
    assert timeline.bars[0].label == "N" * 45 + "…"
    assert "N" * 200 in timeline.bars[0].about


minutes = st.none() | st.integers(0, 525600).map(lambda n: n / 60)


@given(st.lists(st.tuples(minutes, minutes, minutes), max_size=12))
def test_everything_is_in_whole_points_within_the_drawing(times):
    keys = [f"k{n}" for n in range(len(times))]
    services = [Service(k, rto=t[0]) for k, t in zip(keys, times, strict=True)]
    tasks = [
        Task(k, "", t[1], t[2], keys[:n][-1:], [k])
        for n, (k, t) in enumerate(zip(keys, times, strict=True))
    ]
    order = recovery_order(services, tasks)
    for drawn in (service_timeline(order), task_timeline(order)):
        for one in drawn.bars:
            across = [one.x, one.width, one.tail, one.y, one.mark or 0]
            assert all(type(number) is int for number in across)
            assert SIDE <= one.x < one.end <= one.tail <= WIDTH - SIDE
            assert one.y + one.height < drawn.height


@given(st.lists(st.integers(0, 10**6), min_size=2).map(sorted))
def test_later_is_never_further_left(times):
    scale = Scale(times[-1])
    assert all(scale.x(a) <= scale.x(b) for a, b in pairwise(times))


@pytest.mark.parametrize("draw", [service_timeline, task_timeline])
def test_the_drawing_names_itself_and_has_no_style(order, draw):
    page = render_to_string(
        "disaster_recovery/_timeline.html", {"timeline": draw(order)}
    )
    drawn = draw(order)
    labelled = f'aria-labelledby="{drawn.name}-title {drawn.name}-description"'
    assert labelled in page
    assert f'<title id="{drawn.name}-title">{drawn.title}</title>' in page
    assert "style" not in page
    assert {*re.findall(r"url\(#([\w-]+)\)", page)} <= {
        *re.findall(r'id="(.+?)"', page)
    }


def test_the_drawing_says_every_state_in_words(order):
    timeline = service_timeline(order)
    page = render_to_string("disaster_recovery/_timeline.html", {"timeline": timeline})
    assert "5 services: 1 late, 1 unknown, 1 no time left, 2 in time." in page
    assert "Phones &lt;b&gt;" in page
    assert "<b>" not in page
    assert all(f'fill="url(#services-{one.look})"' in page for one in timeline.bars)


def test_an_empty_timeline_says_so():
    empty = {"timeline": service_timeline(recovery_order([], []))}
    page = render_to_string("disaster_recovery/_timeline.html", empty)
    assert "There is nothing to show yet." in page
    assert "<svg" not in page


def test_the_table_says_the_same(order):
    table = recovery_table(order)
    page = render_to_string(
        "disaster_recovery/_recovery_table.html", {"recovery": table}
    )
    for words in ("Late", "No time left", "Unknown", "In time", "Phones &lt;b&gt;"):
        assert words in page
    assert "Late: its RTO is shorter than that of “Network”, 4 hours" in page
    assert "No time yet for Site" in page
    assert "Declare → Cables → Dial" in page


def test_an_empty_table_says_so():
    table = recovery_table(recovery_order([], []))
    page = render_to_string(
        "disaster_recovery/_recovery_table.html", {"recovery": table}
    )
    assert "There are no services or systems yet." in page
    assert "There are no tasks yet." in page
