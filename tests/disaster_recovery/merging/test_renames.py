"""Sections split, joined or under a new key; places of what is new or moved."""

import pytest

from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Local,
    LocalPlan,
    Outcome,
    chained,
    merge_plan,
)

REMOVED = {"left_out": "removed", "reason": "We have none"}


def plan(*keys, supersedes=None, **fields):
    """Sections in the order told, each with its key as text."""
    made = [
        Generic("section", key, {"title": key, "body": key, "position": n} | fields)
        for n, key in enumerate(keys)
    ]
    return GenericPlan(made, supersedes or {})


def local(key, **values):
    fields = {
        n: values.pop(n) for n in [*values] if n in ("body", "parent", "position")
    }
    return Local("section", key, fields, **values)


def merged(base, ours, theirs):
    merge = merge_plan(base, LocalPlan(ours), theirs)
    return {item.key: item for item in merge.items}


def outcomes(*three):
    return {key: item.outcome for key, item in merged(*three).items()}


SPLIT = plan("b1", "b2", "c", supersedes={"b": ["b1", "b2"]})


def test_a_split_section_is_replaced_by_its_successors():
    items = merged(plan("b", "c"), [], SPLIT)
    assert items["b"].outcome is Outcome.REPLACED
    assert items["b"].successors == ("b1", "b2")
    assert items["b1"].outcome is items["b2"].outcome is Outcome.ADD
    assert items["b1"].superseded == ("b",)


@pytest.mark.parametrize("ours", [local("b", body="own"), local("b", addendum="And")])
def test_a_section_split_that_is_adapted_is_a_conflict(ours):
    item = merged(plan("b", "c"), [ours], SPLIT)["b"]
    assert item.outcome is Outcome.ADAPTED_BUT_REMOVED
    assert item.successors == ("b1", "b2")


def test_successors_of_a_section_left_out_here_are_not_added():
    by_key = outcomes(plan("b", "c"), [local("b", **REMOVED)], SPLIT)
    assert by_key["b"] is Outcome.GONE
    assert by_key["b1"] is by_key["b2"] is Outcome.REMOVED_CHANGED


def test_a_successor_that_was_removed_itself_does_not_count():
    now = plan("c", supersedes={"b": ["b1"]})
    item = merged(plan("b", "c"), [], now)["b"]
    assert (item.outcome, item.successors) == (Outcome.REMOVE, ())


def test_two_sections_that_became_one_are_added_as_one():
    joined = plan("d", supersedes={"b": ["d"], "c": ["d"]})
    items = merged(plan("b", "c"), [local("b", **REMOVED)], joined)
    assert items["d"].outcome is Outcome.ADD
    assert items["d"].superseded == ("b", "c")
    assert (items["b"].outcome, items["c"].outcome) == (Outcome.GONE, Outcome.REPLACED)


def test_a_section_under_a_new_key_is_merged_as_the_same():
    base = GenericPlan([Generic("section", "b", {"title": "T", "body": "x"})])
    now = GenericPlan(
        [Generic("section", "d", {"title": "U", "body": "x"})], {"b": "d"}
    )
    items = merged(base, [local("b", body="y"), local("own", parent="b")], now)
    assert items["d"].outcome is Outcome.MERGED
    assert items["d"].superseded == ("b",)
    assert items["d"].result == local("d", body="y")
    assert items["own"].result == local("own", parent="d")
    assert "b" not in items


@pytest.mark.parametrize(
    ("ours", "outcome"),
    [
        ([], Outcome.FAST_FORWARD),
        ([local("b", body="y")], Outcome.FAST_FORWARD),
        ([local("b", **REMOVED)], Outcome.STAYS_REMOVED),
    ],
)
def test_a_new_key_alone_is_a_fast_forward(ours, outcome):
    base = GenericPlan([Generic("section", "b", {"title": "T", "body": "x"})])
    now = GenericPlan(
        [Generic("section", "d", {"title": "T", "body": "x"})], {"b": "d"}
    )
    item = merged(base, ours, now)["d"]
    assert item.outcome is outcome
    assert item.result.key == "d"


def test_a_new_section_follows_its_sibling_upstream():
    items = merged(plan("a", "b"), [local("b", **REMOVED)], plan("n", "a", "b", "m"))
    assert (items["n"].after, items["m"].after) == (None, "a")


def test_making_room_for_a_new_section_changes_no_other():
    by_key = outcomes(plan("a", "b", "c"), [], plan("n", "a", "b", "c"))
    assert by_key.pop("n") is Outcome.ADD
    assert set(by_key.values()) == {Outcome.NOTHING}


def test_a_section_moved_upstream_is_a_fast_forward():
    ours = [local("a", body="own")]
    items = merged(plan("a", "b", "c", "d"), ours, plan("b", "c", "d", "a"))
    assert items["a"].outcome is Outcome.FAST_FORWARD
    assert items["a"].result == local("a", body="own")
    assert {items[key].outcome for key in "bcd"} == {Outcome.NOTHING}


def test_our_own_order_wins():
    ours = [local("a", position=9)]
    item = merged(plan("a", "b", "c", "d"), ours, plan("b", "c", "d", "a"))["a"]
    assert (item.outcome, item.result) == (Outcome.KEEP_OURS, local("a", position=9))


def test_maps_of_versions_on_the_way_are_chained():
    news = chained([{"a": ["b", "c"], "x": "y"}, {"b": ["d"], "c": ["d"], "n": ["m"]}])
    assert news == {"a": ["d"], "x": ["y"], "b": ["d"], "c": ["d"], "n": ["m"]}


def test_items_come_in_the_order_of_the_new_version():
    base, now = plan("a", "b", "old"), plan("b", "n", "a")
    service = Generic("service", "s", {"title": "s"})
    now = GenericPlan([service, *now.objects])
    merge = merge_plan(base, LocalPlan([local("own", body="x")]), now)
    values = ["b", "n", "a", "old", "own", "s"]
    assert [item.key for item in merge.items] == values
    assert merge.items[-1].kind == "service"
