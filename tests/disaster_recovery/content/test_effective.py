"""Three layers: parameters, then the addendum, then own text over the generic."""

from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.effective import (
    outline,
    parameters_in,
    resolve,
)
from disaster_recovery.content.objects import Local, differences, overlaid

GENERIC = {(1, "section", "a"): {"title": "A", "body": "Call {{ desk }} of {{name}}"}}
ONE = Local("section", "a", base=1)
FIELDS = st.dictionaries(
    st.sampled_from("abcd"),
    st.text("ab", max_size=3) | st.lists(st.integers(), max_size=2),
)


def only(held, values=()):
    return resolve([held], GENERIC, dict(values))[0]


def section(key, parent="", position=0):
    return SimpleNamespace(key=key, position=position, fields={"parent": parent})


def test_parameters_are_put_into_the_generic_text():
    resolved = only(ONE, {"desk": "the desk", "name": "Boston"})
    assert resolved.fields["body"] == "Call the desk of Boston"
    assert resolved.generic["body"].startswith("Call {{")


def test_a_parameter_without_a_value_stays_as_it_is_written():
    assert only(ONE, {"name": "Boston"}).fields["body"] == "Call {{ desk }} of Boston"


def test_own_text_replaces_the_generic_and_the_addendum_follows():
    held = replace(ONE, fields={"body": "Ours in {{name}}"}, addendum="Ask {{name}}")
    resolved = only(held, {"name": "Boston"})
    assert (resolved.title, resolved.fields["body"]) == ("A", "Ours in Boston")
    assert resolved.addendum == "Ask Boston"
    assert resolved.changed == {"body"}


def test_a_value_is_not_searched_for_parameters_again():
    assert only(ONE, {"desk": "{{name}}", "name": "x"}).fields["body"] == (
        "Call {{name}} of x"
    )


def test_own_nothing_leaves_the_generic_value_out():
    assert "body" not in only(replace(ONE, fields={"body": None})).fields


@given(FIELDS, FIELDS)
def test_differences_lead_from_the_generic_to_what_is_wanted(generic, wanted):
    assert overlaid(generic, differences(generic, wanted)) == wanted
    assert differences(generic, generic) == {}


def test_parameters_are_found_in_lists_too():
    assert parameters_in(["{{a}}", ["{{b}} {{a}}"], 3, "{{Not}}"]) == {"a", "b"}


def test_objects_come_by_kind_and_position():
    held = [
        Local("task", "t"),
        Local("section", "b", position=2),
        Local("section", "c", position=1),
    ]
    assert [one.key for one in resolve(held, {}, {})] == ["c", "b", "t"]


def test_sections_are_numbered_in_reading_order():
    resolved = outline(
        [section("b", position=1), section("b2", "b", 3), section("b1", "b", 2)]
        + [section("a"), section("lost", "nowhere", 5)]
    )
    assert [(one.number, one.section.key) for one in resolved] == [
        *(("1", "a"), ("2", "b"), ("2.1", "b1"), ("2.2", "b2"), ("3", "lost"))
    ]


def test_no_section_is_lost_in_a_circle():
    resolved = outline([section("a", "b"), section("b", "a"), section("c", "a")])
    assert {one.section.key for one in resolved} == {"a", "b", "c"}
    assert outline([section("a", "a")])[0].number == "1"


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg")))
def test_every_section_appears_once_whatever_is_part_of_what(parents):
    resolved = outline([section(key, parent) for key, parent in parents.items()])
    assert sorted(one.section.key for one in resolved) == sorted(parents)
