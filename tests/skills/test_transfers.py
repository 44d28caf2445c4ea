"""The pages on which people are released and accepted."""

import csv
import io

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure, StaffMember, Transfer
from partners.people import transfers
from tests.factories import (
    LONG_AGO,
    appoint,
    make_certification,
    make_held,
    make_partner,
    make_person,
    make_skill,
    make_transfer,
    make_user,
    make_wish,
)
from tests.skills.pages import text

LIST = "/skills/transfers/"


@pytest.fixture
def ann(boston):
    person = make_person(boston, "Ann Able")
    make_held(person, make_skill("DNS"), 4)
    make_wish(person, make_skill("VPN"))
    make_certification(person)
    return person


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def theirs(client_of, their_coordinator):
    return client_of(their_coordinator)


@pytest.fixture
def released(ann, lincoln):
    return make_transfer(ann, lincoln, note="Knows the old firewall")


def page(transfer, verb=""):
    return f"{LIST}{transfer.pk}/{verb}"


def sentences(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_release_and_an_acceptance_move_the_person(ours, theirs, ann, lincoln):
    typed = {"to_partner": lincoln.pk, "begins_on": "23/11/2026", "note": "Hello"}
    typed["begins_on"] = f"{transfers.timezone.localdate():%d %m %Y}"
    answer = ours.post(f"/skills/people/{ann.pk}/transfer/", typed)
    moving = Transfer.objects.get()
    assert answer["Location"] == page(moving)
    assert theirs.post(page(moving, "accept/"))["Location"] == page(moving)
    ann.refresh_from_db()
    assert ann.partner == lincoln
    assert ann.skills_held.get().level == 4
    assert (ann.learning_wishes.count(), ann.certifications.count()) == (1, 1)


def test_the_page_shows_what_comes_along_and_what_changes(theirs, released):
    said = text(theirs.get(page(released)))
    assert "skills held: 1 wishes to learn: 1 certificates: 1" in said
    assert "the base site is emptied" in said
    assert "Knows the old firewall" in said
    assert "the role of coordinator" not in said


def test_that_a_role_ends_is_said_before(ours, coordinator, lincoln):
    moving = make_transfer(coordinator.person, lincoln)
    assert "the role of coordinator of Boston" in text(ours.get(page(moving)))


def test_each_is_offered_what_is_theirs_to_do(ours, theirs, released):
    ours_say, theirs_say = (
        text(ours.get(page(released))),
        text(theirs.get(page(released))),
    )
    assert "Withdraw this transfer" in ours_say
    assert "Accept this transfer" not in ours_say
    assert "Accept this transfer" in theirs_say
    assert "Withdraw this transfer" not in theirs_say


def test_the_partnership_coordinator_does_both(
    client_of, partnership_coordinator, released
):
    browser = client_of(partnership_coordinator)
    said = text(browser.get(page(released)))
    assert "Accept this transfer" in said
    assert "Withdraw this transfer" in said
    browser.post(page(released, "accept/"))
    assert Transfer.objects.get().state == "done"


@pytest.mark.parametrize(
    ("role", "verb", "status"),
    [
        ("coordinator", "accept", 403),
        ("coordinator", "decline", 403),
        ("their_coordinator", "withdraw", 403),
        ("staff_user", "accept", 403),
        ("reader", "withdraw", 403),
        ("stranger", "decline", 403),
    ],
)
def test_nobody_does_what_is_the_others_to_do(
    client_of, request, released, role, verb, status
):
    browser = client_of(request.getfixturevalue(role))
    assert browser.post(page(released, f"{verb}/")).status_code == status
    assert Transfer.objects.get().state == "released"


def test_other_partners_do_not_meet_the_transfer(client_of, released):
    keeper = make_user(person=make_person(make_partner()))
    appoint(keeper, "coordinator", keeper.person.partner)
    browser = client_of(keeper)
    for verb in ("accept/", "decline/", "withdraw/"):
        assert browser.post(page(released, verb)).status_code == 404
    assert browser.get(page(released)).status_code == 404
    assert "Ann Able" not in text(browser.get(LIST))


@pytest.mark.parametrize("verb", ["accept", "decline", "withdraw"])
def test_a_change_is_posted(client_of, partnership_coordinator, released, verb):
    browser = client_of(partnership_coordinator)
    assert browser.get(page(released, f"{verb}/")).status_code == 405


def test_a_second_answer_is_told_of_the_first(theirs, released):
    theirs.post(page(released, "decline/"), {"answer": "No post"})
    answer = theirs.post(page(released, "accept/"))
    assert sentences(answer)[-1].startswith("This transfer was answered or withdrawn")
    assert Transfer.objects.get().state == "declined"


def test_a_reason_too_long_is_kept_in_the_form(theirs, released):
    answer = theirs.post(page(released, "decline/"), {"answer": "x" * 501})
    assert "Shorten the reason to 500 characters or fewer" in text(answer)
    assert "x" * 501 in answer.text
    assert Transfer.objects.get().state == "released"


WRONG = [
    ({}, "Choose the new partner"),
    ({"to_partner": "999999"}, "from the list"),
    ({"to_partner": "own"}, "from the list"),
    ({"begins_on": "soon"}, "as a date, like 22 11 2026"),
    ({"begins_on": "1 1 2001"}, "Enter a first day from today to a year ahead"),
    ({"begins_on": "31 12 9999"}, "Enter a first day from today to a year ahead"),
    ({"note": "a\0b"}, "Remove the invisible characters from"),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_bad_input_is_answered_with_what_to_do(ours, ann, typed, sentence):
    own = {"to_partner": ann.partner_id} if typed.get("to_partner") == "own" else {}
    answer = ours.post(f"/skills/people/{ann.pk}/transfer/", typed | own)
    assert sentence in text(answer)
    assert "There is a problem" in text(answer)
    assert not Transfer.objects.exists()


def test_nobody_is_released_twice(ours, released, ann):
    address = f"/skills/people/{ann.pk}/transfer/"
    assert "A transfer to City of Lincoln Council is open" in text(ours.get(address))
    today = f"{transfers.timezone.localdate():%d %m %Y}"
    typed = {"to_partner": released.to_partner_id, "begins_on": today}
    assert "is open already" in text(ours.post(address, typed))


def test_the_list_is_empty_at_first(ours):
    assert "No transfers to or from" in text(ours.get(LIST))


def test_open_transfers_come_first(ours, boston, lincoln):
    for name, state in (
        ("Done", "declined"),
        ("Open", "released"),
        ("Too", "withdrawn"),
    ):
        make_transfer(make_person(boston, name), lincoln, state=state)
    shown = [transfer.staff.name for transfer in ours.get(LIST).context["page"]]
    assert shown[0] == "Open"


def test_somebody_who_left_later_is_not_named_to_the_old_partner(
    ours, theirs, released, their_coordinator
):
    transfers.accept(by=their_coordinator, transfer=released)
    StaffMember.objects.filter(pk=released.staff_id).update(left_on=LONG_AGO)
    assert "Somebody who has left" in text(ours.get(LIST))
    for address in (LIST, page(released), f"{LIST}export.csv"):
        assert b"Ann Able" not in ours.get(address).getvalue()
        assert b"Ann Able" in theirs.get(address).getvalue()


def test_the_csv_says_what_the_page_says(ours, released):
    said = ours.get(f"{LIST}export.csv").getvalue().decode()
    line = next(csv.DictReader(io.StringIO(said, newline="")))
    assert (line["Person"], line["To"]) == ("Ann Able", "City of Lincoln Council")
    assert line["State"] == "Waiting for an answer"
    assert Disclosure.objects.get().staff_ids == [released.staff_id]


def test_a_long_list_asks_as_often_as_a_short_one(ours, boston, lincoln):
    counts = []
    for number in (1, 19):
        for _ in range(number):
            make_transfer(make_person(boston), lincoln)
        with CaptureQueriesContext(connection) as queries:
            ours.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_administration_leads_no_way_round(client_of, partnership_coordinator, ann):
    browser = client_of(partnership_coordinator)
    address = f"/admin/partners/staffmember/{ann.pk}/change/"
    form = browser.get(address).context["adminform"].form
    assert "partner" not in form.fields
    assert (
        "partner"
        in browser.get("/admin/partners/staffmember/add/")
        .context["adminform"]
        .form.fields
    )
