"""A newer version in a plan: each row of the table, decided in every way there is."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from disaster_recovery.merging.plan_merge import Outcome
from disaster_recovery.models import Plan, PlanDecision
from disaster_recovery.models.update import DECISION_STAYS
from disaster_recovery.plans import drafts
from disaster_recovery.updates import workflow
from disaster_recovery.updates.comparison import item_fingerprint
from tests.plan_updates import (
    ADAPTED,
    EXPECTED,
    NEW,
    decide,
    items,
    make_adapted,
    make_new,
    make_old,
    outcomes,
    row,
    settle_all,
    take_up,
    write,
)
from tests.plans import make_approved, make_generic
from tests.races import broken_constraint, lost, race


@pytest.fixture
def old(db):
    return make_old()


@pytest.fixture
def draft(boston, coordinator, old):
    return make_adapted(coordinator, boston, old)


@pytest.fixture
def new(old):
    return make_new(old)


@pytest.fixture
def update(draft, new, coordinator):
    return take_up(coordinator, draft, new)


def test_each_outcome_is_found(update):
    assert outcomes(update) == EXPECTED
    assert (update.changes, update.open_items) == (9, 9)
    assert (update.untouched, update.conflicts) == (1, 4)


def test_an_update_that_waits_changes_nothing(draft, new, old):
    before = [*draft.contents.values()]
    workflow.open_update(plan=draft.plan, generic=new)
    assert [*draft.contents.values()] == before


def test_what_needs_no_decision_is_settled_when_it_is_begun(update, draft, new):
    assert row(draft, "as-it-was").base == new
    assert (row(draft, "ours-only").base, row(draft, "ours-only").state) == (
        new,
        "adapted",
    )
    assert (row(draft, "both-alike").base, row(draft, "both-alike").state) == (
        new,
        "inherited",
    )
    assert (row(draft, "away").base, row(draft, "away").state) == (new, "removed")


def test_bases_of_open_changes_stay(update, draft, old):
    open_keys = {*EXPECTED} - {"comes", "flood"}
    bases = {row(draft, key).base for key in open_keys}
    assert bases == {old}


def test_doing_it_again_adds_nothing(update, draft, new, coordinator):
    before = [*draft.contents.values()]
    workflow.open_update(plan=draft.plan, generic=new)
    workflow.begin(by=coordinator, update=update)
    assert [*draft.contents.values()] == before
    assert draft.plan.updates.count() == 1


@pytest.mark.parametrize(
    ("key", "choice", "body", "state"),
    [
        ("new-words", "accepted", None, "inherited"),
        ("new-words", "kept", "Old words", "adapted"),
        ("both", "merged", "One, ours\n\nTwo\n\nThree, new", "adapted"),
        ("both", "accepted", None, "inherited"),
        ("both", "kept", ADAPTED["both"], "adapted"),
        ("clash", "accepted", None, "inherited"),
        ("clash", "kept", ADAPTED["clash"], "adapted"),
        ("away-changed", "accepted", None, "inherited"),
        ("away-changed", "kept", None, "removed"),
        ("comes", "accepted", None, "inherited"),
        ("flood", "accepted", None, "inherited"),
    ],
)
def test_a_choice_is_written_and_moves_the_base(
    update, draft, new, coordinator, key, choice, body, state
):
    decide(update, coordinator, key, choice)
    written = row(draft, key)
    assert (written.fields.get("body"), written.state) == (body, state)
    assert written.base == new
    assert key not in outcomes(update)


def test_what_was_removed_upstream_is_removed_or_becomes_our_own(
    update, draft, coordinator
):
    decide(update, coordinator, "goes", "accepted")
    decide(update, coordinator, "goes-adapted", "kept")
    assert not draft.contents.filter(key="goes").exists()
    kept = row(draft, "goes-adapted")
    assert (kept.state, kept.base, kept.fields["body"]) == ("ours", None, "Ours")


def test_a_conflict_is_settled_with_what_was_edited(update, draft, coordinator):
    values = {"title": "Clash", "body": "Ring both"}
    decide(update, coordinator, "clash", "edited", values=values)
    assert row(draft, "clash").fields == {"body": "Ring both"}


def test_a_conflict_has_no_proposal_to_accept(update, coordinator):
    with pytest.raises(ValidationError, match="Choose one version"):
        decide(update, coordinator, "clash", "merged")


def test_numbers_are_chosen_by_somebody(update, draft, coordinator):
    values = {"title": "Network", "tier": 2, "rto": 240}
    decide(update, coordinator, "network", "edited", kind="service", values=values)
    assert row(draft, "network").fields == {"rto": 240}


def test_a_declined_change_is_not_shown_again(update, draft, coordinator, old):
    values = {"reason": "We have no hotline"}
    decide(update, coordinator, "clash", "declined", **values)
    assert "clash" not in outcomes(update)
    assert row(draft, "clash").base == old
    assert update.decisions.get().reason == "We have no hotline"


def test_a_declined_change_comes_back_when_it_changes_again(
    update, draft, coordinator, new
):
    decide(update, coordinator, "clash", "declined", reason="We have none")
    values = [(k, key, dict(fields)) for k, key, fields in NEW]
    values[6][2]["body"] = "Ring the new hotline"
    newer = make_generic("1.2.0", values, based_on=new)
    workflow.open_update(plan=draft.plan, generic=newer)
    update.refresh_from_db()
    assert update.generic == newer
    assert outcomes(update)["clash"] == Outcome.CONFLICT


def test_declining_says_why(update, coordinator):
    with pytest.raises(ValidationError, match="Say why"):
        decide(update, coordinator, "clash", "declined", reason="  ")


def test_our_own_is_linked_with_the_new_one(update, draft, coordinator, new):
    own = "own-flood-defences"
    decide(update, coordinator, "flood", "linked", own=own)
    joined = row(draft, "flood")
    assert (joined.base, joined.state) == (new, "adapted")
    assert joined.fields["body"] == "Sandbags"
    assert not draft.contents.filter(key=own).exists()


def test_only_what_is_similar_is_linked(update, coordinator):
    with pytest.raises(ValidationError, match="Choose which of your own"):
        decide(update, coordinator, "flood", "linked", own="clash")


def test_a_new_section_is_placed_after_the_one_it_follows(update, draft, coordinator):
    decide(update, coordinator, "comes", "accepted")
    order = [*draft.contents.filter(kind="section").order_by("position", "key")]
    keys = [one.key for one in order]
    assert keys.index("comes") == keys.index("new-words") + 1


def test_the_second_of_two_is_refused(update, coordinator):
    seen = item_fingerprint(items(update)["section", "clash"])
    decide(update, coordinator, "clash", "kept", seen=seen)
    with pytest.raises(ValidationError, match="Somebody else decided on this"):
        decide(update, coordinator, "clash", "accepted", seen=seen)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_decide_once(update, draft, coordinator):
    seen = item_fingerprint(items(update)["section", "clash"])

    def keep():
        return decide(update, coordinator, "clash", "kept", seen=seen)

    def take():
        return decide(update, coordinator, "clash", "accepted", seen=seen)

    outcomes = race(keep, take)
    (refused,) = lost(outcomes)
    assert "Somebody else decided on this" in refused.messages[0]
    assert update.decisions.count() == 1
    kept = row(draft, "clash").fields.get("body") == ADAPTED["clash"]
    assert kept == (outcomes[1] is refused)


def test_an_edit_by_somebody_else_is_not_overwritten(update, draft, coordinator):
    seen = item_fingerprint(items(update)["section", "clash"])
    write(coordinator, draft, "clash", body="Ring me")
    with pytest.raises(ValidationError, match="Somebody else decided on this"):
        decide(update, coordinator, "clash", "accepted", seen=seen)


def test_all_untouched_changes_are_accepted_at_once(update, draft, coordinator, new):
    assert workflow.accept_untouched(by=coordinator, update=update) == 1
    written = row(draft, "new-words")
    assert (written.base, written.is_settled) == (new, False)
    assert update.decisions.get().choice == PlanDecision.Choice.BULK
    assert workflow.accept_untouched(by=coordinator, update=update) == 0


def test_the_update_is_done_when_nothing_is_open(update, draft, coordinator, new):
    settle_all(update, coordinator)
    update.refresh_from_db()
    draft.refresh_from_db()
    assert update.closed_at
    assert (update.open_items, update.decided) == (0, 9)
    assert draft.generic == new


def test_a_finished_update_is_not_opened_again(update, draft, coordinator, new):
    settle_all(update, coordinator)
    assert workflow.open_update(plan=draft.plan, generic=new) is None
    assert draft.plan.updates.still_open().count() == 0


def test_a_draft_given_up_opens_the_update_again(update, draft, coordinator, old, new):
    approved = make_approved(draft)
    again = workflow.begin(by=coordinator, update=update)
    settle_all(again, coordinator)
    workflow.delete_draft(
        by=coordinator, edition=workflow.newest_edition(approved.plan)
    )
    update.refresh_from_db()
    assert (update.closed_at, update.begun_at) == (None, None)
    assert update.open_items == len(EXPECTED) - 1  # the declined one is remembered


def test_a_plan_deleted_before_approval_can_be_started_again(
    update, draft, coordinator, boston, new
):
    decide(update, coordinator, "clash", "kept")
    workflow.delete_draft(by=coordinator, edition=draft)
    assert not Plan.objects.filter(partner=boston).exists()
    again = drafts.adopt(by=coordinator, partner=boston, generic=new, values={})
    assert again.number == 1


def test_an_approved_plan_is_not_changed(draft, new, coordinator):
    approved = make_approved(draft)
    before = [*approved.contents.values()]
    made = workflow.open_update(plan=draft.plan, generic=new)
    update = workflow.begin(by=coordinator, update=made)
    settle_all(update, coordinator)
    assert [*approved.contents.values()] == before
    assert workflow.newest_edition(draft.plan).number == 2


def test_others_do_not_decide(update, their_coordinator):
    with pytest.raises(PermissionDenied):
        workflow.begin(by=their_coordinator, update=update)
    with pytest.raises(PermissionDenied):
        decide(update, their_coordinator, "clash", "kept")


def test_a_decision_stays(update, coordinator):
    made = decide(update, coordinator, "clash", "kept")
    made.reason = "Otherwise"
    with pytest.raises(IntegrityError) as refused:
        made.save()
    assert broken_constraint(refused.value) == DECISION_STAYS
