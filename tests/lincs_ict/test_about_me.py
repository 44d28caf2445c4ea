"""The pages on which somebody reads what is held about them, and takes it away."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from post_office.models import Email

from partners.mail import queue
from partners.models import Disclosure
from tests.factories import LONG_AGO, make_absence, make_held, make_person, make_skill

pytestmark = pytest.mark.django_db
PAGES = ("about_me", "about_me_opened", "about_me_taken", "about_me_messages")


@pytest.fixture
def sandy(staff_user):
    return staff_user.person


@pytest.fixture
def read(client_of, staff_user):
    """What a page says to Sandy."""

    def said(name, **query):
        return client_of(staff_user).get(reverse(name), query).content.decode()

    return said


@pytest.fixture
def copy_of(client_of):
    """The files in somebody's copy, by name."""

    def files(user):
        response = client_of(user).get(reverse("about_me_copy"))
        assert response.headers["Cache-Control"] == "no-store"
        with ZipFile(BytesIO(response.content)) as zipped:
            return {n: zipped.read(n).decode() for n in zipped.namelist()}

    return files


def open_details(person, by, **fields):
    fields = {"kind": "page", "what": "person", "staff_ids": [person.pk]} | fields
    return Disclosure.objects.create(by=by, **fields)


def send(to, subject="Welcome"):
    context = {"name": "", "partner": "", "sender": ""}
    template = "coordinator_welcome"
    return queue.add_message(to=to, subject=subject, template=template, context=context)


def test_the_record_is_told_in_words(read, sandy):
    make_held(sandy, make_skill("Kubernetes"), 3, can_teach=True)
    make_absence(sandy, LONG_AGO, LONG_AGO)
    page = read("about_me")
    for words in ("Sandy Staff", "Boston", "Kubernetes", "Practitioner", "yes"):
        assert words in page
    assert "1 January 2020" in page
    assert sandy.work_email in page


def test_of_which_nothing_is_held_is_said(read):
    assert "Of which nothing is held" in read("about_me")


@pytest.mark.parametrize("who", ["reader", "partnership_coordinator"])
@pytest.mark.parametrize("page", PAGES)
def test_a_login_without_a_person_has_pages_too(request, client_of, who, page):
    user = request.getfixturevalue(who)
    response = client_of(user).get(reverse(page))
    assert response.status_code == 200
    if page == "about_me":
        assert user.email in response.content.decode()


@pytest.mark.parametrize("page", ["skills:person", "skills:my_record", "privacy"])
def test_other_pages_lead_there(client_of, staff_user, page):
    args = [staff_user.person.pk] if page == "skills:person" else []
    said = client_of(staff_user).get(reverse(page, args=args)).content.decode()
    assert said.count(f'href="{reverse("about_me")}"') == 2


def test_who_opened_the_details_is_named_with_what_they_searched(
    read, sandy, their_coordinator
):
    open_details(sandy, their_coordinator)
    searched = {"words": ["vpn"], "level": ["3"]}
    open_details(
        sandy, their_coordinator, kind="export", what="search", filters=searched
    )
    page = read("about_me_opened")
    assert page.count("Theo Theirs") == 2
    assert "Took a list away as CSV" in page
    assert "level: 3" in page
    assert "words: vpn" in page


def test_who_opened_somebody_else_s_details_is_not_told(read, coordinator):
    open_details(make_person(), coordinator)
    assert "Olive Ours" not in read("about_me_opened")
    assert "Nobody has opened your details" in read("about_me_opened")


def test_somebody_who_left_is_not_named_among_those_who_opened(read, sandy, leaver):
    open_details(sandy, leaver)
    page = read("about_me_opened")
    assert "Lee Leaver" not in page
    assert "Somebody who has left" in page


def test_what_one_opened_is_told_without_naming_anybody(read, staff_user):
    open_details(make_person(name="Vera Viewed"), staff_user)
    page = read("about_me_taken")
    assert "person" in page
    assert "Vera Viewed" not in page


def test_messages_to_one_s_addresses_are_told_and_no_others(read, sandy):
    send(sandy.work_email.upper(), "To Sandy")
    send(f"x{sandy.work_email}", "To another")
    page = read("about_me_messages")
    assert "To Sandy" in page
    assert "To another" not in page


def test_a_link_for_choosing_a_password_is_not_told(read, copy_of, sandy):
    link = "https://site.example/accounts/password/reset/key/4-d9x-0f/"
    Email.objects.filter(pk=send(sandy.work_email).pk).update(message=f"Go to {link}")
    for said in (read("about_me_messages"), copy_of(sandy.user)["messages.csv"]):
        assert "a link for choosing a password" in said
        assert "d9x" not in said


QUERIES = dict(zip(PAGES, (44, 8, 5, 6), strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_the_number_of_queries_does_not_grow(
    client_of, staff_user, their_coordinator, django_assert_num_queries, page
):
    client = client_of(staff_user)
    for number in (1, 19):
        for _ in range(number):
            open_details(staff_user.person, their_coordinator)
            open_details(make_person(), staff_user)
            send(staff_user.email)
            make_held(staff_user.person, make_skill(), confirmed_by=None)
        with django_assert_num_queries(QUERIES[page]):
            client.get(reverse(page))


def test_a_page_that_is_not_there_is_said(read, sandy, coordinator):
    for _ in range(30):
        open_details(sandy, coordinator)
    assert "There is no page “7”: showing page 2" in read("about_me_opened", page=7)
    assert "There is no page “x\0”" in read("about_me_opened", page="x\0")


def test_of_a_long_list_the_page_shows_the_beginning(read, sandy):
    for _ in range(101):
        make_held(sandy, make_skill())
    assert "These are the first 100" in read("about_me")


def test_the_copy_is_a_file_of_files(copy_of, staff_user):
    files = copy_of(staff_user)
    assert {"README.txt", "about-me.json", "record.csv", "history.csv"} <= set(files)
    held = json.loads(files["about-me.json"])["held"]
    assert held["record"][0]["name"] == "Sandy Staff"
    assert held["history"][0]["what"]
    assert "Sandy Staff" in files["README.txt"]


def test_taking_the_copy_is_written_down(copy_of, staff_user):
    copy_of(staff_user)
    noted = Disclosure.objects.get()
    assert (noted.by, noted.what) == (staff_user, "own copy")
    assert noted.staff_ids == [staff_user.person.pk]


def test_a_login_without_a_person_has_a_copy_too(copy_of, reader):
    held = json.loads(copy_of(reader)["about-me.json"])["held"]
    assert held["login"][0]["email"] == reader.email
    assert held["record"] == []
    assert Disclosure.objects.get().staff_ids == []


def test_a_formula_in_one_s_record_is_no_formula_in_the_copy(copy_of, sandy):
    sandy.post = '=HYPERLINK("//x")'
    sandy.save()
    files = copy_of(sandy.user)
    assert "'=HYPERLINK" in files["record.csv"]
    assert json.loads(files["about-me.json"])["held"]["record"][0]["post"][0] == "="


def test_the_copy_holds_no_password(copy_of, staff_user):
    staff_user.set_password("three random words")
    staff_user.save()
    assert staff_user.password not in "".join(copy_of(staff_user).values())
