"""Circles of dependencies that a merge would make, and what is needed here."""

import pytest

from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Local,
    LocalPlan,
    Outcome,
    Verdict,
    merge_plan,
)
from disaster_recovery.merging.references import find_cycle


def plan(kind="task", field="predecessors", **objects):
    """A generic plan of objects that each come after others, told as letters."""
    made = [Generic(kind, key, {field: [*after]}) for key, after in objects.items()]
    return GenericPlan(made)


def ours(kind="task", field="predecessors", **objects):
    return LocalPlan([Local(kind, k, {field: [*v]}) for k, v in objects.items()])


def outcomes(*three):
    return {item.key: item.outcome for item in merge_plan(*three).items}


@pytest.mark.parametrize(
    ("kind", "field"), [("task", "predecessors"), ("service", "depends_on")]
)
def test_a_circle_made_by_the_merge_is_a_conflict(kind, field):
    about = {"kind": kind, "field": field}
    base, now = plan(**about, a="", b="c", c=""), plan(**about, a="", b="ac", c="")
    merge = merge_plan(base, ours(**about, a="b"), now)
    item = merge.by_name[kind, "b"]
    assert (item.outcome, item.result) == (Outcome.CONFLICT, None)
    (by_key,) = item.fields
    assert by_key.cycle == ("b", "a", "b")
    assert (by_key.verdict, by_key.suggestion) == (Verdict.CONFLICT, ("c",))
    assert item.settled({field: ["c"]}).fields == {field: ("c",)}


def test_a_circle_over_a_new_object_is_a_conflict():
    base, now = plan(a="", b=""), plan(a="", b="t", t="a")
    by_key = outcomes(base, ours(a="b"), now)
    assert by_key["b"] is Outcome.CONFLICT
    assert (by_key["a"], by_key["t"]) == (Outcome.KEEP_OURS, Outcome.ADD)


def test_what_leads_to_something_new_waits_for_it():
    base, now = plan(a="", b=""), plan(a="t", b="a", t="u", u="")
    merge = merge_plan(base, LocalPlan(), now)
    waiting = {item.key: item.waits_for for item in merge.items}
    first, second = (("task", "t"),), (("task", "u"),)
    assert waiting == {"a": first, "b": (), "t": second, "u": ()}


def test_merged_keys_without_a_circle_are_merged():
    base, now = plan(a="", b="", c=""), plan(a="", b="", c="a")
    item = merge_plan(base, ours(c="b"), now).by_name["task", "c"]
    assert item.outcome is Outcome.MERGED
    assert item.proposed_fields == {"predecessors": ("a", "b")}


def test_what_is_left_out_closes_no_find_cycle():
    base, now = plan(a="", b="", c="b"), plan(a="c", b="", c="b")
    removed = Local("task", "c", left_out="removed", reason="No")
    held = LocalPlan([*ours(b="a").objects, removed])
    assert outcomes(base, held, now)["a"] is Outcome.FAST_FORWARD


@pytest.mark.parametrize(
    ("graph", "key", "added", "cycle"),
    [
        ({"a": "a"}, "a", ["a"], ("a", "a")),
        ({"a": "b", "b": "ca", "c": "a"}, "a", ["b"], ("a", "b", "a")),
        ({"a": "b", "b": "c"}, "a", ["b"], ()),
        ({"a": "bc", "b": "c", "c": "a"}, "a", ["b"], ("a", "b", "c", "a")),
        ({"a": "b"}, "a", [], ()),
    ],
)
def test_the_shortest_cycle_is_found(graph, key, added, cycle):
    assert find_cycle(graph, key, added) == cycle


def test_a_removal_of_what_ours_depends_on_is_a_conflict():
    base, now = plan(a="", b=""), plan(b="")
    item = merge_plan(base, ours(b="a"), now).by_name["task", "a"]
    assert item.outcome is Outcome.NEEDED
    assert item.needed_by == (("task", "b"),)
    assert item.kept() == Local("task", "a")


def test_an_object_of_our_own_needs_what_it_depends_on():
    base, now = plan(a="", b=""), plan(b="")
    assert outcomes(base, ours(own="a"), now)["a"] is Outcome.NEEDED


def test_a_removal_nothing_of_ours_depends_on_is_a_removal():
    base, now = plan(a="", b="a", c="a"), plan(b="", c="")
    by_key = outcomes(base, ours(c=""), now)
    assert by_key["a"] is Outcome.REMOVE
    assert by_key["c"] is Outcome.CONVERGED


def test_what_is_needed_needs_its_own_in_turn():
    base, now = plan(a="", b="a", c=""), plan(c="")
    by_key = outcomes(base, ours(c="b"), now)
    assert by_key["b"] is by_key["a"] is Outcome.NEEDED


def test_our_own_part_of_a_removed_section_needs_it():
    base = plan("section", "parent", a="", b="")
    own = Local("section", "own", {"title": "Own", "parent": "a"})
    by_key = outcomes(base, LocalPlan([own]), plan("section", "parent", b=""))
    assert by_key["a"] is Outcome.NEEDED


def parameters(*keys):
    return GenericPlan([Generic("parameter", key, {"title": key}) for key in keys])


@pytest.mark.parametrize(
    ("local", "outcome"),
    [
        (Local("section", "s", {"body": "Ring {{ site }}"}), Outcome.KEEP_OURS),
        (Local("section", "s", addendum="Ring {{site}}"), Outcome.KEEP_OURS),
        (Local("section", "s", addendum="Ring site"), Outcome.REMOVE),
        (Local("parameter", "site", {"value": "Hall"}), Outcome.REMOVE),
    ],
)
def test_a_parameter_used_in_our_words_stays_as_our_own(local, outcome):
    held = LocalPlan([local])
    merge = merge_plan(parameters("site", "at"), held, parameters("at"))
    item = merge.by_name["parameter", "site"]
    assert item.outcome is outcome
    kept = outcome is Outcome.KEEP_OURS
    assert item.result == (
        Local("parameter", "site", {"title": "site"}) if kept else None
    )
