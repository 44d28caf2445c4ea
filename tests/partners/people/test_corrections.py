"""Asking for a correction of one's own record, and the answer to it."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from partners import refusals
from partners.models import Appointment, CorrectionRequest, Disclosure
from partners.people import corrections
from tests.factories import appoint, make_correction, make_person, make_user

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("partners:corrections"), reverse("partners:ask_correction")
State = CorrectionRequest.State
WRONG = {"what": "My mobile ends in 12"}
DECLINED = {"state": "declined", "answer": "The telephone list says otherwise"}


@pytest.fixture
def asked(staff_user):
    return make_correction(staff_user.person, "My post is wrong")


@pytest.fixture
def theirs(lincoln):
    return make_correction(make_person(lincoln, "Theodora Away"), "Not yours to read")


def page_of(asked):
    return reverse("partners:correction", args=[asked.pk])


def addresses():
    return sorted(address for email in Email.objects.all() for address in email.to)


def test_asking_tells_who_keeps_the_record(staff_user, coordinator, their_coordinator):
    asked = corrections.ask(by=staff_user, what="My post is wrong")
    assert asked.staff == staff_user.person
    assert addresses() == [coordinator.person.work_email]
    message = Email.objects.get().message
    assert "My post is wrong" in message
    assert page_of(asked) in message


def test_the_only_coordinator_s_own_request_goes_to_the_partnership(
    coordinator, partnership_coordinator
):
    corrections.ask(by=coordinator, what="My post is wrong")
    assert addresses() == [partnership_coordinator.email]


def test_a_partnership_coordinator_with_a_record_is_told_at_its_address(staff_user):
    person = make_person()
    appoint(make_user(person=person), Appointment.Role.PARTNERSHIP_COORDINATOR)
    corrections.ask(by=staff_user, what="My post is wrong")
    assert addresses() == [person.work_email]


def test_a_login_without_a_person_asks_for_nothing(reader):
    with pytest.raises(PermissionDenied):
        corrections.ask(by=reader, what="Something")


def test_a_request_says_something(staff_user):
    with pytest.raises(ValidationError):
        corrections.ask(by=staff_user, what="")
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("state", [State.DONE, State.DECLINED])
def test_an_answer_is_told_to_the_person(asked, coordinator, staff_user, state):
    corrections.answer(by=coordinator, request=asked, state=state, answer="Because")
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (state, "Because")
    assert addresses() == [staff_user.person.work_email]
    assert "Because" in Email.objects.get().message


def test_only_who_keeps_the_record_answers(asked, staff_user, their_coordinator):
    for user in (staff_user, their_coordinator):
        with pytest.raises(PermissionDenied):
            corrections.answer(by=user, request=asked, state="done")


@pytest.mark.parametrize(
    ("state", "answer"), [("declined", ""), ("open", ""), ("nonsense", "x")]
)
def test_no_answer_is_half_an_answer(asked, coordinator, state, answer):
    with pytest.raises(ValidationError):
        corrections.answer(by=coordinator, request=asked, state=state, answer=answer)
    asked.refresh_from_db()
    assert asked.is_open


def test_an_answered_request_stays_as_it_is(asked, coordinator):
    corrections.answer(by=coordinator, request=asked, state="done")
    with pytest.raises(ValidationError, match="answered this request meanwhile"):
        corrections.answer(by=coordinator, request=asked, state="declined", answer="x")
    with pytest.raises(IntegrityError) as refused:
        CorrectionRequest.objects.update(answer="Rewritten")
    assert "answered this request" in refusals.sentence(refused.value)


def test_who_has_left_gets_no_answer_by_e_mail(asked, coordinator):
    asked.staff.left_on = timezone.localdate()
    asked.staff.save()
    corrections.answer(by=coordinator, request=asked, state="done")
    assert addresses() == []


def test_history_tells_who_asked_and_who_answered(client_of, staff_user, coordinator):
    asked = corrections.ask(by=staff_user, what="My post is wrong")
    corrections.answer(by=coordinator, request=asked, state="done")
    page = client_of(coordinator).get(page_of(asked)).content.decode()
    assert "Sandy Staff, " in page
    assert "Olive Ours, " in page


def test_a_person_asks_and_reads_the_answer(client_of, staff_user, coordinator):
    client = client_of(staff_user)
    page = client.post(NEW, WRONG, follow=True).content.decode()
    assert "answers within a month" in page
    assert "Send this answer" not in page
    asked = CorrectionRequest.objects.get()
    corrections.answer(by=coordinator, request=asked, **DECLINED)
    for page in (page_of(asked), reverse("about_me")):
        assert DECLINED["answer"] in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("", "Enter what is wrong"),
        ("   ", "Enter what is wrong"),
        ("x" * 2001, "Shorten what is wrong to 2000 characters or fewer"),
        ("x\0", "Remove the invisible characters from what is wrong"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_it(client_of, staff_user, what, sentence):
    page = client_of(staff_user).post(NEW, {"what": what}).content.decode()
    assert page.count(sentence) == 2
    assert "<title>Error: " in page
    assert what.strip() in page


def test_who_keeps_the_record_answers_on_its_page(client_of, asked, coordinator):
    client = client_of(coordinator)
    page = client.get(page_of(asked)).content.decode()
    record = reverse("admin:partners_staffmember_change", args=[asked.staff_id])
    assert f'href="{record}"' in page
    page = client.post(page_of(asked), DECLINED, follow=True).content.decode()
    assert "The person is told by e-mail" in page
    assert DECLINED["answer"] in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what came of the request"),
        ({"state": "nonsense"}, "Choose what came of the request from the list"),
        ({"state": "open"}, "Choose what came of the request from the list"),
        ({"state": "declined"}, "Say why the record stays as it is"),
        ({"state": "done", "answer": "x\0"}, "Remove the invisible characters"),
        ({"state": "declined", "answer": "x" * 2001}, "Shorten the answer to 2000"),
    ],
)
def test_half_an_answer_is_not_taken(client_of, asked, coordinator, typed, sentence):
    page = client_of(coordinator).post(page_of(asked), typed).content.decode()
    assert page.count(sentence) == 2
    asked.refresh_from_db()
    assert asked.is_open


@pytest.mark.parametrize("typed", [DECLINED, {}])
def test_a_second_answer_is_refused_with_a_sentence(
    client_of, asked, coordinator, typed
):
    corrections.answer(by=coordinator, request=asked, state="done", answer="First")
    response = client_of(coordinator).post(page_of(asked), typed, follow=True)
    assert corrections.ANSWERED in response.content.decode()
    asked.refresh_from_db()
    assert asked.answer == "First"


def test_whose_request_it_is_does_not_answer_it(client_of, asked, staff_user):
    assert client_of(staff_user).post(page_of(asked), DECLINED).status_code == 403
    asked.refresh_from_db()
    assert asked.is_open


def test_coordinators_see_requests_of_their_own_people(
    client_of, asked, theirs, coordinator, partnership_coordinator
):
    page = client_of(coordinator).get(LIST).content.decode()
    assert "Sandy Staff" in page
    assert "Theodora Away" not in page
    page = client_of(partnership_coordinator).get(LIST).content.decode()
    assert "Sandy Staff" in page
    assert "Theodora Away" in page


def test_the_list_is_narrowed_by_state(client_of, asked, coordinator):
    client = client_of(coordinator)
    corrections.answer(by=coordinator, request=asked, state="done")
    assert "No request is waiting" in client.get(LIST).content.decode()
    for state in ("done", "all"):
        assert "Sandy Staff" in client.get(LIST, {"state": state}).content.decode()
    page = client.get(LIST, {"state": "declined"}).content.decode()
    assert "There is no such request" in page


@pytest.mark.parametrize("state", ["nonsense", "\0", "<b>"])
def test_an_unknown_state_is_said(client_of, asked, coordinator, state):
    page = client_of(coordinator).get(LIST, {"state": state}).content.decode()
    assert "these are all of them" in page
    assert "Sandy Staff" in page


def test_the_csv_says_what_the_page_says(client_of, asked, theirs, coordinator):
    file = client_of(coordinator).get(LIST + "export.csv").getvalue().decode()
    [header, row] = csv.reader(StringIO(file))
    assert header[0] == "Person"
    assert row[:3] == ["Sandy Staff", "Boston Borough Council", "My post is wrong"]
    noted = Disclosure.objects.get()
    assert noted.staff_ids == [asked.staff_id]
    assert noted.filters == {"state": ["open"]}


def test_the_number_of_queries_does_not_grow(
    client_of, boston, coordinator, django_assert_num_queries
):
    client = client_of(coordinator)
    for number in (1, 19):
        for _ in range(number):
            make_correction(make_person(boston))
        with django_assert_num_queries(5):
            client.get(LIST)
