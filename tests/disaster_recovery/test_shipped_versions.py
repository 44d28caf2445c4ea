"""The versions that we ship follow one another, and can be published and taken up."""

from collections import Counter

import pytest

from disaster_recovery.content.schema import SECTION, SERVICE
from disaster_recovery.generic_plan import shipped
from disaster_recovery.generic_plan.files import DATA, read
from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Local,
    LocalPlan,
    Outcome,
    merge_plan,
)


@pytest.fixture(scope="module")
def first():
    return read(DATA / "generic_1_0")


@pytest.fixture(scope="module")
def second():
    return read(DATA / "generic_1_1")


def plan_of(contents, has_gaps=True):
    objects = [
        Generic(o.kind, o.key, {**o.fields, "position": o.position if has_gaps else n})
        for n, o in enumerate(contents.objects())
    ]
    return GenericPlan(objects, contents.supersedes)


def merged(first, second, adapted=None, has_gaps=True):
    """What 1.1 makes of a plan that took 1.0; `adapted` are some objects by key."""
    ours = [Local(o.kind, o.key) for o in first.objects()]
    ours = [(adapted or {}).get(one.key, one) for one in ours]
    before, after = plan_of(first, has_gaps), plan_of(second, has_gaps)
    return merge_plan(before, LocalPlan(ours), after)


def loaded(contents):
    """The contents, as the product brings them into its tables."""
    objects = [(one.kind, one.key, one.fields) for one in contents.objects()]
    supersedes = {old: [*new] for old, new in contents.supersedes.items()}
    notes = contents.release_notes
    return shipped.load(shipped.Shipped(contents.number, notes, objects, supersedes))


def test_the_second_version_splits_a_section(first, second):
    old, new = "validation-return", ("validation", "return-to-normal")
    assert second.supersedes == {old: new}
    assert old in {one.key for one in first.sections}
    assert {*new} < {one.key for one in second.sections}


def test_the_second_version_changes_what_it_says_it_changes(first, second):
    before, after = ({(o.kind, o.key): o for o in v.objects()} for v in (first, second))
    added, gone = after.keys() - before.keys(), before.keys() - after.keys()
    assert {key for kind, key in added if kind != SECTION} == {
        *("revoke-sessions", "team_channel")
    }
    assert {key for kind, key in gone if kind != SECTION} == {"fax"}
    changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    assert (SERVICE, "email") in changed
    assert len(changed) == 10


def test_places_stay_from_version_to_version(first, second):
    before, after = ({(o.kind, o.key): o for o in v.objects()} for v in (first, second))
    both = before.keys() & after.keys()
    assert all(before[key].position == after[key].position for key in both)


def test_who_changed_nothing_meets_no_conflict(first, second):
    outcomes = Counter(item.outcome for item in merged(first, second).open)
    assert outcomes == {
        Outcome.FAST_FORWARD: 10,
        Outcome.ADD: 4,
        Outcome.REMOVE: 1,
        Outcome.REPLACED: 1,
    }


def test_an_addendum_to_the_split_section_is_not_lost(first, second):
    key = "validation-return"
    adapted = {key: Local("section", key, addendum="Ask the depot")}
    item = merged(first, second, adapted).by_name["section", key]
    assert item.outcome is Outcome.ADAPTED_BUT_REMOVED
    assert item.successors == ("validation", "return-to-normal")


def test_the_same_is_said_whether_places_have_gaps_or_not(first, second):
    with_gaps, without = merged(first, second), merged(first, second, has_gaps=False)
    assert [(i.name, i.outcome) for i in with_gaps.items] == [
        (i.name, i.outcome) for i in without.items
    ]


@pytest.mark.django_db
def test_both_versions_can_be_published(first, second):
    for contents in (first, second):
        version = loaded(contents)
        kept = {(o.kind, o.key): o.fields for o in version.contents.all()}
        assert kept == {(o.kind, o.key): o.fields for o in contents.objects()}
        assert version.number == ".".join(map(str, contents.number))
    assert version.supersedes == {k: [*v] for k, v in second.supersedes.items()}
