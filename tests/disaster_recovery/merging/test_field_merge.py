"""Fields merged by what they hold."""

import pytest

from disaster_recovery.content.objects import comparable
from disaster_recovery.content.text import normalised
from disaster_recovery.merging.field_merge import Verdict, merge_fields

NAME = "service", "payroll"


def merged(name, *three, kind="service"):
    fields = [{name: comparable(value)} for value in three]
    return merge_fields((kind, "a"), *fields, frozenset())[0]


@pytest.mark.parametrize(
    ("name", "three", "stricter"),
    [
        ("rto", (240, 120, 480), 120),
        ("rto", (240, 480, 120), 120),
        ("rto", (240, None, 480), 480),
        ("rto", (None, 60, 30), 30),
        ("tier", (2, 1, 3), 1),
        ("workaround_lasts", (60, 30, 90), 30),
        ("expected", (60, 30, 90), 90),
        ("people", (1, 3, 2), 3),
        ("rto", (240, 0, 480), 0),
    ],
)
def test_of_two_numbers_the_stricter_is_suggested(name, three, stricter):
    kind = "task" if name in ("expected", "people") else "service"
    field = merged(name, *three, kind=kind)
    assert (field.verdict, field.suggestion) == (Verdict.CONFLICT, stricter)
    assert field.merged is None


@pytest.mark.parametrize(
    ("three", "kept"),
    [
        ((["a"], ["a", "b"], ["a", "c"]), ("a", "b", "c")),
        ((["a", "b"], ["b"], ["a", "b", "c"]), ("b", "c")),
        ((["a"], [], ["a", "b"]), ("b",)),
        ((["a"], [], []), None),
        ((["a", "b"], ["a"], ["b"]), None),
        ((None, ["b"], ["a"]), ("a", "b")),
    ],
)
def test_keys_are_merged_as_sets(three, kept):
    field = merged("depends_on", *three)
    assert field.verdict in (Verdict.MERGED, Verdict.CONVERGED)
    assert field.merged == kept


@pytest.mark.parametrize("name", ["position"])
def test_of_two_places_ours_wins(name):
    field = merged(name, 10, 20, 30)
    assert (field.verdict, field.merged) == (Verdict.OURS, 20)


@pytest.mark.parametrize(
    "three", [("a", "b", "c"), (1, 2, 3), ("a", 2, True), (None, "a", "b")]
)
def test_parameters_never_conflict(three):
    field = merged("value", *three, kind="parameter")
    assert (field.verdict, field.merged) == (Verdict.OURS, three[1])


@pytest.mark.parametrize(
    "three", [("prepare", "recover", "review"), (True, "a", 2), (None, "a", 2)]
)
def test_what_cannot_be_merged_is_in_conflict(three):
    field = merged("phase", *three)
    assert field.verdict is Verdict.CONFLICT
    assert field.suggestion is None


@pytest.mark.parametrize(
    ("three", "verdict", "kept"),
    [
        (("a", "a", "b"), Verdict.THEIRS, "b"),
        (("a", "b", "a"), Verdict.OURS, "b"),
        (("a", "b", "b"), Verdict.CONVERGED, "b"),
        (("a", None, None), Verdict.CONVERGED, None),
        (("a", "a", None), Verdict.THEIRS, None),
        (("a\nb\nc", "b\nc", "a\nb\nd"), Verdict.MERGED, "b\nd"),
    ],
)
def test_a_field_says_who_changed_it(three, verdict, kept):
    field = merged("body", *three)
    assert (field.verdict, field.merged) == (verdict, kept)
    assert field.is_changed_here == (three[0] != three[1])
    assert bool(field.change) == field.is_changed_upstream == (three[0] != three[2])


def test_fields_nobody_changed_are_left_out():
    same = {"title": "Payroll", "rto": 240}
    assert merge_fields(NAME, same, same, same, frozenset()) == ()


def test_a_conflict_in_a_text_says_where():
    (conflict,) = merged("body", "a\nb\nc", "a\nx\nc", "a\ny\nc").conflicts
    assert (conflict.base.start, conflict.base.end, conflict.ours.text) == (1, 2, "x")


@pytest.mark.parametrize("nothing", [None, "", " \n", [], (), frozenset(), False])
def test_there_is_one_way_to_say_nothing(nothing):
    assert comparable(nothing) is None


@pytest.mark.parametrize("value", [0, 1, True, "a", ("a", "b")])
def test_something_stays_what_it_is(value):
    assert comparable(value) == value


def test_values_are_made_comparable():
    assert comparable(["b", "a", "b"]) == comparable({"a", "b"}) == ("a", "b")
    assert comparable("a \r\n") == normalised("a \r\n") == "a"
