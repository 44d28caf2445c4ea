"""Lanes as SVG: nothing inline, nothing unescaped, every bar with its own name."""

from datetime import date, datetime
from xml.etree import ElementTree as XML

import pytest

from rota.drawing import svg
from rota.drawing.timeline import Duty, Mark

NOW = datetime(2026, 12, 2, 20, 40)
SCALE = svg.scale_of(date(2026, 12, 1), 31)
WEEK = svg.scale_of(date(2026, 11, 30), 7)
HOLIDAYS = {date(2026, 12, 25): "Christmas Day"}
NIGHT = Duty(
    datetime(2026, 12, 2, 17),
    datetime(2026, 12, 3, 9),
    "Ann <i>Lee</i>",
    "A<",
    href="/rota/duties/1/",
    title="Ann <i>Lee</i>: 5pm",
)


def lane(*duties, scale=SCALE, hours=0):
    drawn = svg.lane(
        duties, scale, name="Servers, primary", now=NOW, holidays=HOLIDAYS, hours=hours
    )
    return XML.fromstring(drawn)  # noqa: S314 – of our own making


def test_a_bar_is_a_link_with_a_name():
    [link] = lane(NIGHT).findall("a")
    assert link.get("href") == "/rota/duties/1/"
    assert link.find("title").text == "Ann <i>Lee</i>: 5pm"


def test_a_bar_without_an_address_is_a_picture_with_a_name():
    gap = Duty(NIGHT.starts_at, NIGHT.ends_at, mark=Mark.GAP, note="Gap", title="Gap")
    [group] = [g for g in lane(gap).findall("g") if g.get("role") == "img"]
    assert group.find("title").text == "Gap"
    classes = [r.get("class") for r in group.findall("rect")]
    assert "app-duty app-duty--gap" in classes
    assert "app-duty__hatch" in classes


@pytest.mark.parametrize(("scale", "hours"), [(SCALE, 0), (WEEK, 6)])
def test_nothing_is_inline_and_everything_is_well_formed(scale, hours):
    head = svg.head(scale, now=NOW, clock="8:40pm", holidays=HOLIDAYS, hours=hours)
    for root in (lane(NIGHT, scale=scale, hours=hours), XML.fromstring(head)):  # noqa: S314
        assert not [node for node in root.iter() if "style" in node.attrib]


def test_weekends_and_bank_holidays_are_shaded():
    classes = [node.get("class") for node in lane().findall("rect")]
    assert classes.count("app-lane__weekend") == 8
    assert classes.count("app-lane__holiday") == 1


def test_now_is_a_line_only_in_its_picture():
    assert [n for n in lane().findall("path") if n.get("class") == "app-lane__now"]
    earlier = svg.scale_of(date(2026, 11, 1), 30)
    nodes = lane(scale=earlier).findall("path")
    assert not [node for node in nodes if node.get("class") == "app-lane__now"]


def test_the_head_names_bank_holidays_and_says_the_time():
    head = svg.head(SCALE, now=NOW, clock="8:40pm", holidays=HOLIDAYS)
    assert ">Christmas Day<" in head
    assert ">Now, 8:40pm<" in head


@pytest.mark.parametrize(("colour", "foot"), [(3, ""), (9, "foot-1"), (20, "foot-2")])
def test_people_of_one_colour_are_told_apart_by_a_foot(colour, foot):
    drawn = svg.badge("AL", colour)
    assert f"app-ink-{colour % 8}" in drawn
    assert ("app-foot" in drawn) == bool(foot)
    assert foot in drawn
