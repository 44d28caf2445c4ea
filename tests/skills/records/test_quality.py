"""Our people: what is missing, and what a coordinator does about it in bulk."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from post_office.models import Email

from partners.models import Disclosure, Reminder, StaffMember
from skills.records import actions
from skills.records.quality import FIGURES, figures, missing, with_details, with_upkeep
from tests.factories import (
    make_absence,
    make_certification,
    make_held,
    make_person,
    make_skill,
    make_user,
    make_working_week,
)
from tests.races import race
from tests.skills.pages import text

PAGE = "/skills/partners/boston/people/"
TODAY = timezone.localdate
YEARS_AGO = timedelta(days=366)


@pytest.fixture
def browser(client_of, coordinator):
    return client_of(coordinator)


def make_complete(partner, name, **fields):
    """Somebody whose record lacks nothing."""
    person = make_person(partner, name, telephone="01632 960001", **fields)
    make_user(person=person)
    make_working_week(person)
    make_held(person, make_skill())
    StaffMember.objects.filter(pk=person.pk).update(confirmed_at=timezone.now())
    return person


def flagged(person):
    """The figures in which somebody is counted."""
    (row,) = with_upkeep(StaffMember.objects.filter(pk=person.pk))
    return {name for name, (flag, _) in FIGURES.items() if getattr(row, flag)}


def test_a_complete_record_is_in_no_other_figure(boston):
    assert flagged(make_complete(boston, "Ada")) == {"complete"}


def test_an_empty_record_lacks_everything(boston):
    person = make_person(boston, post="")
    assert flagged(person) == {
        *("incomplete", "unconfirmed", "login", "telephone", "skills")
    }
    (row,) = with_upkeep(StaffMember.objects.filter(pk=person.pk))
    assert missing(row) == ["post", "telephone", "working days", "skills"]


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        (
            lambda p: StaffMember.objects.filter(pk=p.pk).update(
                confirmed_at=timezone.now() - YEARS_AGO
            ),
            "unconfirmed",
        ),
        (
            lambda p: make_certification(p, expires_on=TODAY() + timedelta(90)),
            "certificates",
        ),
        (lambda p: make_certification(p, expires_on=date(2020, 1, 1)), "certificates"),
        (lambda p: make_absence(p, TODAY() + timedelta(30)), "away"),
        (lambda p: make_absence(p, TODAY(), TODAY()), "away"),
    ],
)
def test_what_happens_to_a_record_counts_it(boston, change, figure):
    person = make_complete(boston, "Ada")
    change(person)
    assert flagged(person) == {"complete", figure}


@pytest.mark.parametrize(
    "change",
    [
        lambda p: make_certification(p, expires_on=TODAY() + timedelta(91)),
        lambda p: make_certification(p, expires_on=None),
        lambda p: make_absence(p, TODAY() + timedelta(31)),
        lambda p: make_absence(p, TODAY() - timedelta(9), TODAY() - timedelta(1)),
    ],
)
def test_what_is_far_off_or_over_does_not_count(boston, change):
    person = make_complete(boston, "Ada")
    change(person)
    assert flagged(person) == {"complete"}


def test_figures_are_the_numbers_of_people_their_filters_show(browser, boston):
    make_complete(boston, "Ada")
    make_certification(make_person(boston, "Bob"), expires_on=TODAY())
    numbers = figures(with_upkeep(StaffMember.objects.filter(partner=boston)))
    assert numbers.pop("people") == 3
    for name, number in numbers.items():
        page = browser.get(PAGE, {"show": name}).context["page"]
        assert page.paginator.count == number, name


def test_the_details_say_the_next_day_of_each(boston):
    person = make_complete(boston, "Ada")
    make_certification(person, "Later", expires_on=TODAY() + timedelta(20))
    make_certification(person, "Sooner", expires_on=TODAY() + timedelta(10))
    make_absence(person, TODAY() + timedelta(5), TODAY() + timedelta(6))
    (row,) = with_details(with_upkeep(StaffMember.objects.filter(pk=person.pk)))
    assert row.next_certificate_on == TODAY() + timedelta(10)
    assert (row.away_from, row.skills_held_count) == (TODAY() + timedelta(5), 1)


def test_the_page_names_people_with_what_they_lack(browser, boston):
    make_person(boston, "Ada Able", telephone="01632 960001")
    said = text(browser.get(PAGE))
    assert "Ada Able" in said
    assert "No working days, no skills" in said
    assert "Never" in said


def test_leavers_and_other_partners_are_not_on_it(browser, boston, lincoln):
    make_person(boston, "Gone Girl", left_on=date(2020, 1, 1))
    make_person(lincoln, "Their Person")
    said = text(browser.get(PAGE))
    assert "Gone Girl" not in said
    assert "Their Person" not in said


@pytest.mark.parametrize("words", ["ABLE", "ada  able", "àda", "officer able"])
def test_people_are_found_by_parts_of_name_and_post(browser, boston, words):
    make_person(boston, "Ada Able")
    page = browser.get(PAGE, {"name": words}).context["page"]
    assert [person.name for person in page] == ["Ada Able"]


@pytest.mark.parametrize(
    "query", ["show=wrong", "name=%00", f"name={'x' * 101}", "page=none"]
)
def test_what_is_not_understood_is_said(browser, query):
    response = browser.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert response.context["problems"]


def test_nobody_to_show_is_said(browser, boston):
    assert "Nobody at Boston" in text(browser.get(PAGE, {"name": "zzz"}))


def test_the_page_asks_as_often_for_many_people_as_for_one(
    browser, boston, django_assert_num_queries
):
    for number in range(20):
        make_complete(boston, f"Person {number}")
        if number in (0, 19):
            with django_assert_num_queries(7):
                browser.get(PAGE)


def test_the_csv_is_the_page_s_question(browser, boston):
    make_complete(boston, "=cmd()")
    make_person(boston, "Bob")
    response = browser.get(f"{PAGE}export.csv?show=incomplete")
    rows = [*csv.reader(io.StringIO(response.getvalue().decode()))]
    assert [row[0] for row in rows[1:]] == ["Bob", "Olive Ours"]
    assert rows[1][3] == "telephone, working days, skills"
    assert Disclosure.objects.get().filters == {
        "partner": ["boston"],
        "show": ["incomplete"],
    }


def post(browser, what, *people, query="", **fields):
    data = {"person": [person.pk for person in people], **fields}
    return browser.post(f"{PAGE}{what}/{query}", data, follow=True)


def test_those_ticked_are_confirmed_and_the_filter_stays(browser, boston, coordinator):
    ada, bob = make_person(boston, "Ada"), make_person(boston, "Bob")
    response = post(browser, "confirm", ada, query="?show=unconfirmed")
    assert "1 person confirmed" in text(response)
    assert response.request["QUERY_STRING"] == "show=unconfirmed"
    ada.refresh_from_db()
    bob.refresh_from_db()
    assert (ada.confirmed_by, bob.confirmed_at) == (coordinator, None)


def test_all_that_match_are_those_of_the_filter(browser, boston):
    make_complete(boston, "Ada")
    make_person(boston, "Bob")
    post(browser, "confirm", query="?name=bob", everybody="1")
    confirmed = StaffMember.objects.filter(confirmed_by__isnull=False)
    assert [person.name for person in confirmed] == ["Bob"]


@pytest.mark.parametrize("what", ["confirm", "ask", "leave"])
def test_nobody_chosen_is_said_and_the_list_stays(browser, boston, what):
    make_person(boston, "Ada")
    response = post(browser, what)
    assert "Error: Our people" in text(response)
    assert text(response).count("Choose at least one person") == 2
    assert "Ada" in text(response)


@pytest.mark.parametrize("what", ["confirm", "ask", "leave"])
def test_forged_people_of_others_are_left_alone(browser, boston, lincoln, what):
    theirs = make_person(lincoln, "Their Person")
    fields = {"left_on": "1 1 2026"} if what == "leave" else {}
    response = browser.post(
        f"{PAGE}{what}/", {"person": [theirs.pk, "9" * 30, "x", "\0"], **fields}
    )
    assert "Choose at least one person" in text(response)
    assert "Their Person" not in text(response)
    theirs.refresh_from_db()
    assert (theirs.confirmed_at, theirs.left_on) == (None, None)
    assert not Email.objects.exists()


def test_leaving_names_the_people_and_asks_for_the_day_first(browser, boston):
    ada = make_person(boston, "Ada")
    response = post(browser, "leave", ada)
    assert "Mark 1 person as left" in text(response)
    ada.refresh_from_db()
    assert ada.left_on is None
    response = post(browser, "leave", ada, left_on="1 10 2026")
    assert "1 person marked as left: hidden at once" in text(response)
    ada.refresh_from_db()
    assert ada.left_on == date(2026, 10, 1)


def test_a_day_that_is_none_is_said_and_nobody_leaves(browser, boston):
    ada = make_person(boston, "Ada")
    response = post(browser, "leave", ada, left_on="32 13")
    assert "Enter the first day no longer in post as a date" in text(response)
    ada.refresh_from_db()
    assert ada.left_on is None


def test_nobody_marks_themselves_as_left(browser, coordinator):
    response = post(browser, "leave", coordinator.person, left_on="1 10 2026")
    assert "You cannot mark yourself as left" in text(response)
    coordinator.person.refresh_from_db()
    assert coordinator.person.left_on is None


def test_those_asked_get_a_message_that_leads_to_their_record(browser, boston):
    ada = make_person(boston, "Ada", work_email="ada@boston.example")
    response = post(browser, "ask", ada)
    assert "1 person asked by e-mail" in text(response)
    message = Email.objects.get()
    assert message.to == ["ada@boston.example"]
    assert f"/skills/people/{ada.pk}/" in message.message


def test_nobody_is_asked_twice_in_a_week(browser, boston):
    ada = make_person(boston, "Ada")
    post(browser, "ask", ada)
    response = post(browser, "ask", ada, make_person(boston, "Bob"))
    assert "1 had already been asked in the last seven days" in text(response)
    assert Email.objects.count() == 2
    Reminder.objects.update(queued_at=timezone.now() - timedelta(days=8), occasion="x")
    post(browser, "ask", ada)
    assert Email.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_send_one_message(coordinator, boston):
    make_person(boston, "Ada")
    people = StaffMember.objects.filter(name="Ada")

    def ask():
        return actions.ask_to_confirm(by=coordinator, people=people).now

    assert sorted(race(ask, ask)) == [0, 1]
    assert Email.objects.count() == 1


def test_one_partner_kept_is_led_to_and_several_are_chosen_from(
    browser, client_of, partnership_coordinator, lincoln
):
    assert browser.get("/skills/our-people/").url == PAGE
    said = text(client_of(partnership_coordinator).get("/skills/our-people/"))
    assert "Boston Borough Council" in said
    assert "City of Lincoln Council" in said
