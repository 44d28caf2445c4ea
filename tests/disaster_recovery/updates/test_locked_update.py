"""How often a decision on an update runs the merge."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from disaster_recovery.merging.plan_merge import merge_plan
from disaster_recovery.updates import comparison, workflow
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import item_fingerprint
from tests.plan_updates import (
    items,
    make_adapted,
    make_new,
    make_old,
    take_up,
    write,
)


@pytest.fixture
def draft(boston, coordinator):
    return make_adapted(coordinator, boston, make_old())


@pytest.fixture
def update(draft, coordinator):
    return take_up(coordinator, draft, make_new(draft.generic))


@pytest.fixture
def merges(monkeypatch):
    """The merges that are run, as a list that grows."""
    calls = []

    def counted(*plans):
        calls.append(plans)
        return merge_plan(*plans)

    monkeypatch.setattr(comparison, "merge_plan", counted)
    return calls


def test_a_decision_on_what_was_shown_runs_the_merge_once(
    update, draft, coordinator, merges
):
    shown = comparison.compare(draft, update.generic)
    merges.clear()
    decided = workflow.decide(
        by=coordinator,
        update=update,
        name=("section", "clash"),
        seen=item_fingerprint(shown.merge.by_name["section", "clash"]),
        choice=Choice("kept"),
        shown=shown,
    )
    assert len(merges) == 1
    update.refresh_from_db()
    assert update.open_items == len(decided.comparison.merge.open) == 8


def test_what_was_shown_before_somebody_else_changed_the_plan_is_merged_again(
    update, draft, coordinator, merges
):
    shown = comparison.compare(draft, update.generic)
    seen = item_fingerprint(shown.merge.by_name["section", "clash"])
    write(coordinator, draft, "clash", body="Ring the mayor")
    with pytest.raises(ValidationError, match="Somebody else decided on this"):
        workflow.decide(
            by=coordinator,
            update=update,
            name=("section", "clash"),
            seen=seen,
            choice=Choice("kept"),
            shown=shown,
        )


def test_a_decision_by_page_merges_once_to_show_and_once_to_count(
    update, draft, coordinator, client_of, merges
):
    seen = item_fingerprint(items(update)["section", "clash"])
    address = reverse("disaster_recovery:change", args=[update.pk, "section", "clash"])
    client = client_of(coordinator)
    merges.clear()
    response = client.post(address, {"choice": "kept", "seen": seen})
    assert (response.status_code, len(merges)) == (302, 2)
