"""The update page and the page of one change, as a coordinator goes through them."""

import csv

import pytest
from django.urls import reverse

from disaster_recovery.plans import drafts
from disaster_recovery.updates import workflow
from tests.plan_updates import (
    decide,
    item_fingerprint,
    items,
    make_adapted,
    make_new,
    make_old,
    outcomes,
    row,
    settle_all,
    take_up,
)
from tests.plans import make_approved, make_generic, make_review

QUERIES = {"update": 10, "change": 13}


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def old(db):
    return make_old()


@pytest.fixture
def draft(boston, coordinator, old):
    return make_adapted(coordinator, boston, old)


@pytest.fixture
def update(draft, old, coordinator):
    return take_up(coordinator, draft, make_new(old))


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


def read(client, name, *args):
    response = client.get(url(name, *args))
    assert response.status_code == 200
    return response.content.decode()


def choose(client, update, key, choice, kind="section", seen=None, **posted):
    posted |= {
        "choice": choice,
        "seen": seen or item_fingerprint(items(update)[kind, key]),
    }
    address = url("change", update.pk, kind, key)
    response = client.post(address, posted, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_an_update_waits_until_its_review_begins(ours, draft, old):
    update = workflow.open_update(plan=draft.plan, generic=make_new(old))
    page = read(ours, "update", update.pk)
    assert "Review the update" in page
    assert "Edit it myself" not in read(ours, "change", update.pk, "section", "clash")
    page = ours.post(url("begin_update", update.pk), follow=True).content.decode()
    assert "0 of 9 changes decided" in page


def test_it_starts_a_draft_where_there_is_none(ours, draft, old):
    make_approved(draft)
    update = workflow.open_update(plan=draft.plan, generic=make_new(old))
    ours.post(url("begin_update", update.pk))
    assert workflow.newest_edition(draft.plan).is_draft


def test_the_list_says_what_is_to_be_chosen_and_what_to_be_read(ours, update):
    page = read(ours, "update", update.pk)
    for words in (
        "You need to choose (4)",
        "You need to check (4)",
        "You have not changed these (1)",
    ):
        assert words in page


def test_a_change_is_shown_side_by_side_and_marked(ours, update):
    page = read(ours, "change", update.pk, "section", "clash")
    for words in (
        "Generic plan before",
        "Your plan",
        "Generic plan now",
        "Ring the neighbours",
    ):
        assert words in page
    assert "[removed: </span>desk<" in page
    assert "[added: </span>hotline<" in page


def test_a_number_has_its_more_cautious_one(ours, update):
    page = read(ours, "change", update.pk, "service", "network")
    assert "The more cautious is 4 hours" in page


def test_a_choice_is_kept_and_leads_to_the_next(ours, update, draft):
    page = choose(ours, update, "clash", "kept")
    assert "Clash: Own version kept" in page
    assert "Your decision" in page
    assert row(draft, "clash").fields["body"] == "Ring the neighbours"


def test_a_change_is_edited(ours, update, draft):
    choose(ours, update, "clash", "edited", title="Clash", body="Ring both")
    assert row(draft, "clash").fields == {"body": "Ring both"}


def test_what_is_written_is_not_lost_where_it_is_refused(ours, update):
    page = choose(ours, update, "clash", "edited", title="", body="Ring the mayor")
    assert "Enter title" in page
    assert "Ring the mayor" in page
    assert outcomes(update)["clash"]


def test_the_second_person_is_refused_and_keeps_what_they_typed(
    ours, update, coordinator
):
    seen = item_fingerprint(items(update)["section", "clash"])
    decide(update, coordinator, "clash", "kept")
    values = {"title": "Clash", "body": "Ring the mayor", "seen": seen}
    page = choose(ours, update, "clash", "edited", **values)
    assert "Somebody else decided on this" in page
    assert "Ring the mayor" in page


def test_declining_asks_why(ours, update):
    assert "Say why you decline the change" in choose(ours, update, "clash", "declined")
    page = choose(ours, update, "clash", "declined", reason="No hotline here")
    assert "Clash: Declined" in page


def test_one_of_ours_is_linked(ours, update, draft):
    page = choose(ours, update, "flood", "linked")
    assert "Choose which of your own" in page
    choose(ours, update, "flood", "linked", own="own-flood-defences")
    assert row(draft, "flood").fields["body"] == "Sandbags"


def test_all_untouched_is_accepted_with_one_button(ours, update, draft):
    address = url("untouched", update.pk)
    assert "1 change accepted" in ours.post(address, follow=True).content.decode()
    assert "new-words" not in outcomes(update)


def test_a_done_update_says_so_and_has_its_decisions(ours, update, coordinator):
    settle_all(update, coordinator)
    page = read(ours, "update", update.pk)
    assert "Every change was decided" in page
    assert "Own version kept: Because" in page
    lines = ours.get(url("decisions_export", update.pk)).getvalue().decode("utf-8-sig")
    rows = [*csv.DictReader(lines.splitlines())]
    assert len(rows) == 9
    assert {row["Generic version"] for row in rows} == {"1.1.0"}
    assert "Changed in both places: choose one" in {row["Change"] for row in rows}


def test_a_settled_change_leads_back_to_the_list(ours, update):
    response = ours.get(url("change", update.pk, "section", "as-it-was"), follow=True)
    assert "This change has already been decided" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["section/unheard-of", "parameter/clash", "nonsense/clash"]
)
def test_what_is_not_there_is_not_found(ours, update, address):
    assert ours.get(url("update", update.pk) + address + "/").status_code == 404


@pytest.mark.parametrize(
    "posted",
    [{}, {"choice": "nonsense"}, {"choice": "kept"}, {"choice": "kept", "seen": "\0"}],
)
def test_a_forged_choice_changes_nothing(ours, update, posted):
    response = ours.post(url("change", update.pk, "section", "clash"), posted)
    assert response.status_code == 200
    assert "clash" in outcomes(update)


def test_a_plan_in_review_is_not_changed(ours, update, draft):
    make_review(draft)
    assert "send it back" in read(ours, "update", update.pk)
    page = ours.post(url("begin_update", update.pk), follow=True).content.decode()
    assert "The plan is in review, so it cannot be changed" in page
    assert "in review or approved, so" in choose(ours, update, "clash", "kept")


def test_the_history_of_the_plan_tells_of_it(ours, update, boston):
    assert "update of a plan" in read(ours, "plan_history", boston.slug).lower()


def test_the_plan_and_the_board_tell_of_it(ours, update, boston):
    assert "Version 1.1.0 of the generic plan changes 9 things" in read(
        ours, "plan", boston.slug
    )
    board = read(ours, "plans")
    assert "9 of version 1.1.0" in board
    assert "4 to choose" in board


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    ours, boston, coordinator, django_assert_num_queries, number
):
    keys = [f"s{n}" for n in range(number)]
    old = make_generic("0.1.0", [("section", key) for key in keys])
    draft = drafts.adopt(by=coordinator, partner=boston, generic=old, values={})
    values = [("section", key, {"body": "New"}) for key in keys]
    update = take_up(coordinator, draft, make_generic("0.2.0", values))
    ours.get("/help/")
    with django_assert_num_queries(QUERIES["update"]):
        read(ours, "update", update.pk)
    with django_assert_num_queries(QUERIES["change"]):
        read(ours, "change", update.pk, "section", "s0")
