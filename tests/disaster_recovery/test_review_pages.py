"""A plan is read, sent for review, approved by a named person, and listed."""

import csv

import pytest
from django.urls import reverse

from disaster_recovery.models import PlanEdition
from disaster_recovery.plans import adaptations, drafts
from tests.factories import LONG_AGO, make_partner
from tests.plans import make_approved, make_edition, make_generic, make_plan

QUERIES = {"plans": 7, "edition": 7, "to_do": 14, "plan": 11}


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def ready(draft, coordinator):
    thing = draft.contents.get(key="mutual-aid")
    adaptations.adapt(by=coordinator, thing=thing, fields={"title": "Ours"})
    return draft


def read(client, name, *args, **query):
    response = client.get(url(name, *args), query)
    assert response.status_code == 200
    return response.getvalue().decode()


def post(client, name, *args, **posted):
    response = client.post(url(name, *args), posted, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_an_edition_reads_with_its_values(ours, draft):
    page = read(ours, "edition", draft.pk)
    for words in ("a draft, and not in force", "Of Boston Borough Council", "4 hours"):
        assert words in page


def test_a_plan_is_sent_for_review_approved_and_changed_again(
    client_of, ours, ready, approver, boston
):
    assert "Ada Approver" in read(ours, "submit", ready.pk)
    page = post(ours, "submit", ready.pk, approver=approver.pk)
    assert "in review, and not in force" in page
    theirs = client_of(approver)
    assert "Approve this plan" in read(theirs, "decide", ready.pk)
    page = post(theirs, "decide", ready.pk, review_on="1 1 2027")
    assert "in force from now on" in page
    assert "In force" in read(theirs, "plan", boston.slug)
    post(ours, "new_draft", boston.slug)
    assert PlanEdition.objects.filter(state="draft", number=2).exists()


def test_a_plan_is_sent_back_with_what_is_to_be_changed(
    client_of, ours, ready, approver, boston
):
    post(ours, "submit", ready.pk, approver=approver.pk)
    theirs = client_of(approver)
    page = post(theirs, "decide", ready.pk, send_back="1", answer="")
    assert "Enter what is to be changed" in page
    post(theirs, "decide", ready.pk, send_back="1", answer="The numbers")
    assert "The numbers" in read(ours, "to_do", ready.pk)


@pytest.mark.parametrize("day", ["", "x", "1 1 1800", "1 1 9999"])
def test_a_bad_day_of_review_is_said(client_of, ours, ready, approver, day):
    post(ours, "submit", ready.pk, approver=approver.pk)
    page = post(client_of(approver), "decide", ready.pk, review_on=day)
    assert "There is a problem" in page
    assert PlanEdition.objects.get().state == "in review"


def test_who_keeps_the_plan_may_take_it_back_and_not_approve(ours, ready, approver):
    post(ours, "submit", ready.pk, approver=approver.pk)
    assert "Approve this plan" not in read(ours, "decide", ready.pk)
    response = ours.post(url("decide", ready.pk), {"review_on": "1 1 2027"})
    assert response.status_code == 403


@pytest.mark.parametrize("choice", ["", "0", "x"])
def test_an_approver_is_chosen_from_the_list(ours, ready, coordinator, choice):
    for forged in (choice, str(coordinator.pk)):
        page = post(ours, "submit", ready.pk, approver=forged)
        assert "There is a problem" in page


def test_what_is_missing_is_said_before_review(ours, ready, coordinator, approver):
    drafts.set_parameters(by=coordinator, edition=ready, values={"council_name": ""})
    said = "Enter Name of council: every plan needs it"
    assert said in read(ours, "submit", ready.pk)
    assert said in read(ours, "to_do", ready.pk)
    assert said in post(ours, "submit", ready.pk, approver=approver.pk)


def test_a_draft_is_given_up(ours, draft, boston):
    assert "The draft is given up" in post(ours, "discard", draft.pk)
    assert "No edition is in force yet" in read(ours, "plan", boston.slug)


def test_a_draft_is_not_for_staff_to_read(client_of, staff_user, draft, boston):
    client = client_of(staff_user)
    assert client.get(url("edition", draft.pk)).status_code == 404
    assert "what is still to do" not in read(client, "plan", boston.slug)
    make_approved(draft)
    assert "in force" in read(client, "edition", draft.pk)


@pytest.fixture
def overdue(draft):
    return make_approved(draft)


def test_what_is_to_be_reviewed_now_is_listed(client_of, overdue, lincoln, boston):
    chief = client_of(overdue.started_by)
    assert "Overdue" in read(chief, "plans")
    assert "Boston" in read(chief, "plans", state="overdue")
    assert "no plan like this" in read(chief, "plans", state="none")


@pytest.mark.django_db
def test_the_list_as_csv_is_the_list(client_of, partnership_coordinator, overdue):
    make_partner("Nowhere")
    client = client_of(partnership_coordinator)
    file = read(client, "plans_export")
    rows = list(csv.DictReader(file.splitlines()))
    assert [r["Partner"] for r in rows] == ["Boston Borough Council", "Nowhere Council"]
    assert rows[0]["To be reviewed by"] == LONG_AGO.isoformat()
    assert (rows[0]["Overdue"], rows[0]["Generic version"]) == ("yes", "1.0.0")
    late = read(client, "plans_export", state="overdue").splitlines()
    assert len(late) == 2


def test_the_history_tells_who_wrote_what(ours, ready, boston):
    for page in ("plan_history", "plan_history_export"):
        said = read(ours, page, boston.slug)
        assert "Olive Ours" in said
        assert "Ours" in said


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client_of, partnership_coordinator, django_assert_num_queries, number
):
    rows = [("section", f"s{n}") for n in range(number)]
    generic = make_generic("1.0.0", rows)
    for _ in range(number):
        last = make_edition(make_plan(), generic=generic)
        make_approved(last)
    draft = make_edition(generic=generic)
    client = client_of(partnership_coordinator)
    pages = {"plans": [], "edition": [last.pk], "to_do": [draft.pk]}
    for page, args in (pages | {"plan": [last.plan.partner.slug]}).items():
        with django_assert_num_queries(QUERIES[page]):
            client.get(url(page, *args))
