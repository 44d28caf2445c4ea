"""Every row of the table, and what decides between them."""

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

X, Y, Z = ({"title": "Title", "body": body} for body in ("x", "y", "z"))
REMOVED = {"left_out": "removed", "reason": "We have none"}
APART = {"title": "Title", "body": "a\nb\nc"}


def generic(*objects, kind="section", **supersedes):
    """A generic plan of objects told by key and fields."""
    made = [Generic(kind, key, fields) for key, fields in objects if fields is not None]
    return GenericPlan(made, supersedes)


def local(key="a", kind="section", **values):
    fields = {
        n: values.pop(n) for n in [*values] if n not in Local.__dataclass_fields__
    }
    return Local(kind, key, fields | values.pop("fields", {}), **values)


def one(base, ours, theirs, kind="section", declined=()):
    """The item of a single object `a`."""
    plans = (generic(("a", fields), kind=kind) for fields in (base, theirs))
    before, now = plans
    held = LocalPlan([ours] if ours else [], frozenset(declined))
    return merge_plan(before, held, now).by_name[kind, "a"]


def again(base, ours, theirs):
    """The outcomes once every proposal is taken, by key."""
    items = merge_plan(base, ours, theirs).items
    rows = [item.result for item in items if item.result]
    merged = merge_plan(theirs, LocalPlan(rows, ours.declined), theirs)
    return {item.key: item.outcome for item in merged.items}


ROWS = [
    (X, None, X, Outcome.NOTHING),
    (X, local(), X, Outcome.NOTHING),
    (X, local(body="x"), X, Outcome.NOTHING),
    (X, None, Y, Outcome.FAST_FORWARD),
    (X, local(addendum="And"), Y, Outcome.FAST_FORWARD),
    (X, local(body="y"), X, Outcome.KEEP_OURS),
    (X, local(body=""), X, Outcome.KEEP_OURS),
    (X, local(addendum="And"), X, Outcome.KEEP_OURS),
    (X, local(body="y"), Y, Outcome.CONVERGED),
    (X, local(title="T"), Y, Outcome.MERGED),
    (APART, local(body="A\nb\nc"), APART | {"body": "a\nb\nC"}, Outcome.MERGED),
    (X, local(body="y"), Z, Outcome.CONFLICT),
    (X, local(body=""), Z, Outcome.CONFLICT),
    (X, local(**REMOVED), X, Outcome.STAYS_REMOVED),
    (X, local(**REMOVED), None, Outcome.GONE),
    (X, local(**REMOVED), Y, Outcome.REMOVED_CHANGED),
    (X, local(left_out="not applicable"), X, Outcome.STAYS_REMOVED),
    (X, local(left_out="not applicable"), Y, Outcome.REMOVED_CHANGED),
    (X, local(**REMOVED), Y | {"is_mandatory": True}, Outcome.MADE_MANDATORY),
    (X, None, None, Outcome.REMOVE),
    (X, local(body="y"), None, Outcome.ADAPTED_BUT_REMOVED),
    (X, local(addendum="And"), None, Outcome.ADAPTED_BUT_REMOVED),
    (None, None, Y, Outcome.ADD),
    (None, local(**X), Y, Outcome.SIMILAR),
    (None, local("own", title="The title"), Y | {"title": "title"}, Outcome.ADD),
    (None, local("own", title="title"), Y, Outcome.SIMILAR),
    (None, local(**X), None, Outcome.OWN),
    (None, local(**X, **REMOVED), Y, Outcome.REMOVED_CHANGED),
]


@pytest.mark.parametrize(("base", "ours", "theirs", "outcome"), ROWS)
def test_each_row_of_the_table(base, ours, theirs, outcome):
    assert one(base, ours, theirs).outcome is outcome


def test_every_outcome_of_one_object_has_a_row():
    elsewhere = {Outcome.REPLACED, Outcome.NEEDED, Outcome.DECLINED}
    assert {outcome for *_, outcome in ROWS} == set(Outcome) - elsewhere


@pytest.mark.parametrize(("base", "ours", "theirs", "outcome"), ROWS)
def test_once_it_is_settled_nothing_is_left_to_do(base, ours, theirs, outcome):
    before, now = (generic(("a", fields)) for fields in (base, theirs))
    held = LocalPlan([ours] if ours else [])
    if not merge_plan(before, held, now).by_name["section", "a"].is_conflict:
        left = {Outcome.NOTHING, Outcome.KEEP_OURS, Outcome.OWN}
        assert set(again(before, held, now).values()) <= left | {
            *((Outcome.STAYS_REMOVED,) if ours and ours.left_out else ()),
            # Acknowledging says that ours is kept, or theirs taken: nobody said yet.
            *((Outcome.ADD,) if outcome is Outcome.REMOVED_CHANGED else ()),
        }


def test_only_a_fast_forward_is_accepted_in_bulk():
    bulk = {outcome for *row, outcome in ROWS if one(*row).is_bulk_acceptable}
    assert bulk == {Outcome.FAST_FORWARD}


def test_a_converged_object_is_inherited_again():
    item = one(X, local(body="y", addendum="And"), Y)
    assert item.result == local(addendum="And")


def test_what_is_merged_keeps_of_ours_what_differs():
    item = one(X, local(title="T"), Y)
    assert item.result == local(title="T")
    item = one(APART, local(body="A\nb\nc"), APART | {"body": "a\nb\nC"})
    assert item.result == local(body="A\nb\nC")


def test_a_fast_forward_keeps_the_addendum():
    assert one(X, local(addendum="And"), Y).result == local(addendum="And")


def test_a_field_that_was_emptied_stays_empty():
    item = one(X, local(body=""), X | {"title": "New"})
    assert item.outcome is Outcome.MERGED
    assert item.result == local(body=None)
    assert item.proposed_fields == {"title": "New"}


def test_a_conflict_names_its_field_and_waits_for_a_choice():
    item = one(X, local(body="y", title="T"), Z)
    assert item.is_conflict
    assert item.result is None
    verdicts = {field.name: field.verdict for field in item.fields}
    assert verdicts == {"title": Verdict.OURS, "body": Verdict.CONFLICT}
    with pytest.raises(KeyError, match="body"):
        item.settled({})
    assert item.settled({"body": "both"}) == local(body="both", title="T")
    assert item.settled({"body": "z"}) == local(title="T")


def test_a_choice_is_theirs_or_ours():
    item = one(X, local(body="y", addendum="And"), Z)
    assert item.accepted() == local(addendum="And")
    assert item.kept() == local(body="y", addendum="And")


def test_what_upstream_removed_is_kept_as_our_own_whole():
    assert one(X, local(body="y"), None).kept() == local(**Y)
    assert one(X, None, None).kept() == local(**X)
    assert one(X, None, None).accepted() is None


def test_what_upstream_removed_is_kept_with_what_was_edited():
    item = one(X, local(title="T"), None)
    assert item.settled({"body": "new"}) == local(title="T", body="new")


def test_our_own_is_never_overwritten():
    item = one(None, local(**X), Y)
    assert item.is_key_taken
    for take in (item.accepted, lambda: item.settled({})):
        with pytest.raises(ValueError, match="another key"):
            take()
    assert item.linked(item.ours) == local(body="x")
    beside = one(None, None, Y)
    assert not beside.is_key_taken
    assert beside.accepted() == local()


def test_what_every_partner_needs_is_not_declined():
    item = one(X, local(**REMOVED), Y | {"is_mandatory": True})
    assert (item.is_conflict, item.declines) == (True, ())
    assert item.accepted() == local()


def test_our_own_is_linked_to_a_similar_one():
    own = local("own", **X, addendum="And")
    item = one(None, own, Y)
    assert (item.similar, item.is_key_taken) == (("own",), False)
    assert item.accepted() == local()
    assert item.linked(own) == local(body="x", addendum="And")


def test_a_change_declined_comes_back_when_it_changes_again():
    item = one(X, local(body="y"), Z)
    assert len(item.declines) == 1
    held = one(X, local(body="y"), Z, declined=item.declines)
    assert (held.outcome, held.result) == (Outcome.DECLINED, local(body="y"))
    assert not held.moves_base
    back = one(X, local(body="y"), X | {"body": "zz"}, declined=item.declines)
    assert back.outcome is Outcome.CONFLICT


def test_a_field_declined_stays_out_when_another_changes():
    declined = one(X, None, Y).declines
    item = one(X, None, Y | {"title": "New"}, declined=declined)
    assert item.outcome is Outcome.MERGED
    assert item.result == local(body="x")
    assert item.proposed_fields == X | {"title": "New"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [(X, None, None), (None, None, Y), (X, local(**REMOVED), Y), (None, local(**X), Y)],
)
def test_adding_and_removing_may_be_declined(base, ours, theirs):
    declined = one(base, ours, theirs).declines
    assert one(base, ours, theirs, declined=declined).outcome is Outcome.DECLINED
    held = LocalPlan([ours] if ours else [], frozenset([*declined, "old"]))
    plans = (generic(("a", fields)) for fields in (base, theirs))
    before, now = plans
    assert merge_plan(before, held, now).declined == set(declined)


def test_a_hash_is_the_same_whichever_version_is_the_base():
    assert one(X, None, Z).change == one(Y, None, Z).change != one(X, None, Y).change


def test_what_is_mandatory_is_the_partnerships_to_say():
    item = one(X, local(body="y", is_mandatory=False), X | {"is_mandatory": True})
    assert item.outcome is Outcome.MERGED
    assert item.result == local(body="y")
    assert item.proposed_fields["is_mandatory"] is True


def test_open_items_are_those_nobody_settled():
    before, now = generic(("a", X), ("b", X)), generic(("a", X), ("b", Y), ("c", Z))
    merge = merge_plan(before, LocalPlan(), now)
    assert [item.key for item in merge.open] == ["b", "c"]
    assert [item.moves_base for item in merge.items] == [True, False, False]
