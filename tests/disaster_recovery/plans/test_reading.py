"""An edition as it reads, with few questions to the database."""

import pytest

from disaster_recovery.plans import adaptations, drafts, reading
from tests.plans import make_content, make_edition, make_generic

TWO = (
    ("parameter", "council_name", {"title": "Council", "help": "Newer"}),
    ("section", "mutual-aid", {"body": "Newer"}),
)


def test_each_object_reads_as_of_its_own_base(draft):
    newer = make_generic("1.1.0", TWO)
    draft.contents.filter(key="mutual-aid").update(base=newer)
    bodies = {one.key: one.fields.get("body") for one in reading.resolved(draft)}
    assert bodies["mutual-aid"] == "Newer"
    assert bodies["control-sheet"] == "Of Boston Borough Council"


def test_the_newest_version_describes_a_parameter(draft):
    newer = make_generic("1.1.0", TWO)
    assert reading.parameters(draft)[0].help == ""
    draft.contents.filter(key="mutual-aid").update(base=newer)
    told = {one.key: (one.title, one.help) for one in reading.parameters(draft)}
    assert told["council_name"] == ("Council", "Newer")
    assert "safe_place" in told


@pytest.mark.parametrize("objects", [1, 20])
@pytest.mark.django_db
def test_a_plan_is_read_with_three_questions(django_assert_num_queries, objects):
    generic = make_generic("1.0.0", [("section", f"s{n}") for n in range(objects)])
    edition = make_edition(generic=generic)
    with django_assert_num_queries(3):
        assert len(reading.resolved(edition)) == objects
    with django_assert_num_queries(2):
        reading.parameters(edition)


def test_sections_are_numbered_and_the_removed_ones_are_not(draft, coordinator):
    def numbers():
        found = reading.sections_in_order(reading.resolved(draft))
        return [(one.number, one.section.key) for one in found]

    assert numbers()[-1] == ("2.1", "mutual-aid-numbers")
    for key, is_applicable in (("mutual-aid", True), ("control-sheet", False)):
        thing = draft.contents.get(key=key)
        adaptations.leave_out(
            by=coordinator, thing=thing, reason="x", is_applicable=is_applicable
        )
    assert numbers() == [("1", "control-sheet"), ("2", "mutual-aid-numbers")]


def test_what_nobody_filled_in_is_found(draft, coordinator):
    make_content(draft, fields={"title": "X", "body": "{{a}}"}, addendum="{{b}}")
    make_content(
        draft, state="removed", reason="x", fields={"title": "X", "body": "{{c}}"}
    )
    assert reading.unfilled(reading.resolved(draft)) == {"a", "b"}
    drafts.set_parameters(by=coordinator, edition=draft, values={"a": "x"})
    assert reading.unfilled(reading.resolved(draft)) == {"b"}


def test_the_canonical_form_changes_with_what_is_read(draft, coordinator):
    before = reading.canonical_of(draft)
    assert reading.canonical_of(draft) == before
    drafts.set_parameters(by=coordinator, edition=draft, values={"council_name": "X"})
    assert reading.canonical_of(draft) != before
