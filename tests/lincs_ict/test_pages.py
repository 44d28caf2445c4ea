"""Every page's frame, the pages of no app, and the refusals."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.views import defaults

from lincs_ict.anonymising import leavers


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def navigation(response):
    row = re.search(r'app-nav">(.*?)</ul>', text_of(response))
    return re.findall(r"<a[^>]*>([^<]+)", row[1]) if row else []


@pytest.mark.parametrize("name", ["help", "privacy", "accessibility", "account_login"])
def test_public_pages_answer_for_nobody(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "Sign out" not in text_of(response)


def test_the_directory_sends_nobody_to_the_sign_in_page(client, db):
    response = client.get("/skills/?q=vpn")
    assert response.url == "/accounts/login/?next=/skills/%3Fq%3Dvpn"


def test_every_page_has_a_strict_content_policy(client, db):
    policy = client.get(reverse("help"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_page_says_its_language_and_offers_to_skip_the_menu(client, db):
    page = text_of(client.get(reverse("help")))
    assert '<html lang="en-GB"' in page
    assert page.index('href="#main-content"') < page.index("<header")


def test_the_help_page_explains_levels_and_names_its_sources(client, db):
    page = text_of(client.get(reverse("help")))
    assert "Could cover it alone for a week" in page
    assert "information from O*NET" in page
    assert "used under" in page


def test_the_privacy_notice_says_how_long_leavers_have_a_name(client, db):
    page = text_of(client.get(reverse("privacy")))
    assert "Leavers disappear at once" in page
    assert f"{leavers.DAYS} days later your name" in page
    assert "hide your work mobile" in page


ALL = ["Find someone", "On call", "Skills", "Partners"]
STAFF = [*ALL, "Recovery plans"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("staff_user", STAFF),
        ("reader", ALL),
        ("coordinator", [*STAFF, "Our people", "Admin"]),
        ("partnership_coordinator", [*STAFF, "Our people", "Admin"]),
    ],
)
def test_each_role_is_offered_what_it_may_open(request, client_of, who, expected):
    client = client_of(request.getfixturevalue(who))
    assert navigation(client.get(reverse("help"))) == expected


def test_the_demonstration_says_that_it_is_one(
    client_of, partnership_coordinator, settings
):
    settings.DEMO = True
    page = client_of(partnership_coordinator).get(reverse("help"))
    assert "Demonstration: everybody is made up" in text_of(page)


def test_the_menu_marks_the_page_one_is_on(client_of, staff_user):
    page = text_of(client_of(staff_user).get(reverse("skills:search")))
    assert page.count('aria-current="page"') == 1
    assert 'aria-current="page">Find someone</a>' in page


def test_a_missing_page_is_said_in_the_house_style(client_of, staff_user):
    response = client_of(staff_user).get("/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in text_of(response)
    assert "Sign out" in text_of(response)


def test_a_missing_page_shows_nobody_the_menu(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert navigation(response) == []


def test_a_refusal_says_whom_to_ask(client_of, staff_user, rf):
    request = rf.get("/")
    request.user = staff_user
    response = defaults.permission_denied(request, PermissionError())
    assert response.status_code == 403
    assert "ask the coordinator of your organisation" in text_of(response)


def test_a_stranger_is_told_what_to_do_and_can_sign_out(client_of, stranger):
    response = client_of(stranger).get(reverse("skills:search"))
    assert response.status_code == 403
    assert "You are not in the directory" in text_of(response)
    assert f'action="{reverse("account_logout")}"' in text_of(response)
    assert navigation(response) == []


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (lambda request: defaults.server_error(request), 500, "The fault is ours"),
        (lambda request: defaults.bad_request(request, None), 400, "not understood"),
    ],
    ids=["500", "400"],
)
def test_the_worst_pages_need_neither_database_nor_context(rf, view, status, words):
    request = rf.get("/")
    request.user = AnonymousUser()
    response = view(request)
    assert response.status_code == status
    assert words in text_of(response)


def test_a_forged_form_is_refused_with_a_next_step(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})
    assert response.status_code == 403
    assert "Please send the form again" in text_of(response)


def test_the_browser_is_given_an_icon_of_ours():
    icon = Path(settings.BASE_DIR, "static", "favicon.svg").read_text()
    assert icon.startswith("<svg")
