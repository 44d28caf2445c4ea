"""Hostile words and hostile requests, at every address there is."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from partners.models import User
from tests import canary
from tests.access import body, make_their_secrets, make_things, routes
from tests.factories import (
    LONG_AGO,
    make_alias,
    make_certification,
    make_user,
    make_wish,
)

# What pages read from their address, and a name nobody reads.
ASKED = """
    q level partner page sort category available willing teach confirmed excel name
    person state kind who since until next _changelist_filters _popup _to_field p o
    all e date before after unheard_of
"""


@pytest.fixture
def chief(client_of, partnership_coordinator):
    client = client_of(partnership_coordinator)
    client.raise_request_exception = False
    return client


@pytest.fixture
def things(boston, lincoln, settings):
    """One of everything, of two partners, with its demonstration switched on."""
    settings.DEMO = True
    theirs = make_their_secrets(lincoln)
    for thing in (theirs, ours := make_things(boston, theirs.skill, name="Bess")):
        make_certification(thing.person, expires_on=LONG_AGO)
        make_wish(thing.person, thing.skill)
        make_alias(thing.skill, f"Kube {thing.person.pk}")
    return ours, theirs


def pages(client, things, **query):
    """Every address by what it answers, for each thing once."""
    for address in sorted({t.address(route) for t in things for route in routes()}):
        if address.startswith("/accounts/logout"):
            continue
        yield address, client.get(address, query)


def read(client, things, **query):
    """What each page says, by its address."""
    return {
        address: body(response)
        for address, response in pages(client, things, **query)
        if "html" in response.headers.get("Content-Type", "")
    }


def test_no_text_that_is_kept_runs_on_any_page(chief, things):
    planted = canary.plant(canary.SCRIPT)
    assert planted["partners.StaffMember.name"] == 3
    shown = read(chief, things)
    assert sum("&lt;script&gt;go()" in page for page in shown.values()) > 20
    assert {a: found for a in shown if (found := canary.what_runs(shown[a]))} == {}


def test_no_text_in_an_address_runs_on_any_page(chief, things):
    query = dict.fromkeys(ASKED.split(), canary.SCRIPT)
    broken = [a for a, r in pages(chief, things, **query) if r.status_code >= 500]
    assert broken == []
    shown = read(chief, things, **query)
    assert {a: found for a in shown if (found := canary.what_runs(shown[a]))} == {}


def test_no_text_that_is_kept_reckons_in_any_file(chief, things):
    planted = canary.plant(canary.FORMULA)
    assert planted["partners.StaffMember.post"] == 3
    files = {
        address: body(response)
        for address, response in pages(chief, things)
        if response.headers.get("Content-Type", "").startswith("text/csv")
    }
    assert len(files) > 8
    assert sum("HYPERLINK" in file for file in files.values()) > 4
    assert {a: found for a in files if (found := canary.what_reckons(files[a]))} == {}


def test_every_page_refuses_a_post_without_its_token(partnership_coordinator, things):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(partnership_coordinator)
    answers = {
        address: client.post(address, {"name": "Taken over"}).status_code
        for address in {t.address(route) for t in things for route in routes()}
        if address != "/healthz"
    }
    assert {a: code for a, code in answers.items() if code != 403} == {}


def test_no_page_is_shown_inside_another_site(chief, things):
    bare = {
        address
        for address, response in pages(chief, things)
        if response.headers.get("X-Frame-Options") != "DENY"
        or "frame-ancestors 'none'" not in response.headers["Content-Security-Policy"]
    }
    assert bare <= {"/healthz"}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "evil.example:80"},
        {"HTTP_HOST": "localhost@evil.example"},
    ],
)
def test_a_host_of_somebody_else_s_is_refused(chief, settings, headers):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    for name in ("skills:search", "account_login", "account_reset_password"):
        assert chief.get(reverse(name), **headers).status_code == 400


def test_no_mail_names_a_host_that_the_request_made_up(db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    login = make_user("reset.me@council.example", "three random words")
    made_up = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_ORIGIN": "null"}
    Client().post(reverse("account_reset_password"), {"email": login.email}, **made_up)
    assert User.objects.get(pk=login.pk).email == login.email
    assert [m for m in mail.outbox if "evil.example" in str(m.message())] == []
