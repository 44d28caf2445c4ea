"""A pasted text is taken apart at its headings, and nothing of it is lost."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.headings import key_for, sections_of
from disaster_recovery.content.schema import KEY_FORMAT

TEXT = """Our plan of 2024.

# Control sheet #
Owner: the ICT manager

## **Versions**
### Older ones
- one

Mutual aid
==========
Call the neighbours.

Numbers
---
None yet.

# Code
```
# not a heading
```
~~~~
# nor this
~~~
# still not
~~~~
#also not
####### nor this
"""
LINES = st.lists(
    st.sampled_from(
        ["# One", "## Two", "text", "", "===", "---", "```", "- item", "#", "    # x"]
    )
)


def outline(text):
    return [(one.title, one.parent) for one in sections_of(text)]


def test_sections_have_the_section_they_are_part_of():
    assert outline(TEXT) == [
        ("Introduction", None),
        ("Control sheet", None),
        ("Versions", 1),
        ("Older ones", 2),
        ("Mutual aid", None),
        ("Numbers", 4),
        ("Code", None),
    ]


def test_bodies_come_along():
    bodies = {one.title: one.body for one in sections_of(TEXT)}
    assert bodies["Control sheet"] == "Owner: the ICT manager"
    assert bodies["Mutual aid"] == "Call the neighbours."
    assert bodies["Code"].count("#") == 11


@pytest.mark.parametrize("text", ["", " \n\t", "\r\n"])
def test_an_empty_text_has_no_sections(text):
    assert sections_of(text) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("#", ["Section 1"]),
        ("# " + "x" * 300, ["x" * 200]),
        ("### Deep\n# High", ["Deep", "High"]),
        ("One line\nTwo lines\n---", ["Introduction"]),
        ("- item\n---", ["Introduction"]),
        ("# C#", ["C#"]),
        ("# A # B", ["A # B"]),
        ("```\n# unclosed", ["Introduction"]),
    ],
)
def test_titles(text, titles):
    assert [one.title for one in sections_of(text)] == titles


@given(LINES)
def test_no_word_is_lost(lines):
    sections = sections_of("\n".join(lines))
    kept = " ".join(f"{one.title} {one.body}" for one in sections)
    for word in ("One", "Two", "text", "item"):
        assert kept.count(word) == sum(word in line for line in lines)


@given(LINES)
def test_a_section_is_part_of_an_earlier_one(lines):
    for place, one in enumerate(sections_of("\n".join(lines))):
        assert one.parent is None or one.parent < place


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_keys_are_good_and_new(title, others):
    taken = [key_for(other, ()) for other in others] + [key_for(title, ())]
    made = key_for(title, taken)
    assert re.fullmatch(KEY_FORMAT, made)
    assert made not in taken


def test_keys_read_like_their_titles():
    assert key_for("Gegenseitige Hilfe: Café!", ()) == "own-gegenseitige-hilfe-cafe"
    assert key_for("???", {"own-section"}) == "own-section-2"


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "# " + " #" * (n // 2) + "y",
        lambda n: "# " + "*a " * (n // 3),
        lambda n: "*a " * (n // 3) + "\n===",
        lambda n: "#" * n,
        lambda n: "# a\n" * (n // 4),
        lambda n: "# " + " " * n + "y",
    ],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(make):
    short, *_, long = times = [seconds(make(kb * 1024)) for kb in (5, 10, 20, 40)]
    assert long < 24 * max(short, 0.005), times
    assert seconds(make(60_000)) < 1


def seconds(text):
    """Of the processor."""
    began = process_time()
    sections_of(text)
    return process_time() - began


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# One #", "One"),
        ("## One#", "One#"),
        ("# #", "Section 1"),
        ("#\tOne ##\t", "One"),
        ("#One", None),
        ("####### One", None),
        ("    # One", None),
    ],
)
def test_what_is_a_heading(line, heading):
    (section,) = sections_of(f"{line}\ntext")
    assert (section.title == heading) == (heading is not None)
