"""Every page and every error: for everybody, on any screen, under the policy."""

import re

import pytest
from django.core import mail
from django.urls import Resolver404, get_resolver

from tests.access import routes
from tests.browser.audit import failures, shuts_out
from tests.browser.conftest import ROLES
from tests.browser.states import LEAD, STAFF, STATES

pytestmark = pytest.mark.browser


def send(page, fields):
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def meets(visitor, state):
    page = visitor.opens(state.address, state.role)
    if state.types is not None:
        send(page, state.types)
    return page


@pytest.mark.parametrize("name", STATES)
def test_nobody_is_shut_out_of(visitor, name):
    page = meets(visitor, STATES[name])
    assert STATES[name].says in page.inner_text("body")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_nobody_is_shut_out_of_choosing_a_new_password(visitor):
    page = visitor.opens("/accounts/password/reset/")
    send(page, {"email": ROLES[STAFF].email})
    link = re.search(r"http://\S+", mail.outbox[-1].body)[0]
    page.goto(link)
    assert shuts_out(page) == {}
    send(page, {"password1": "short", "password2": "other"})
    assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_a_form_that_is_too_old(visitor):
    page = visitor.opens("/accounts/login/")
    page.context.clear_cookies()
    send(page, {"login": "a@b.example"})
    assert "Please send the form again" in page.inner_text("h1")
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_too_many_tries(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    page = visitor.opens("/accounts/login/")
    for _ in range(2):
        send(page, {"login": "a@b.example", "password": "wrong"})
    assert "Too many tries" in page.inner_text("h1")
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_a_fault_of_ours(visitor, monkeypatch):
    monkeypatch.setattr("skills.views.search.find", lambda *a, **k: 1 / 0)
    page = visitor.opens("/skills/?q=vpn", STAFF)
    assert "Something went wrong" in page.inner_text("h1")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_nobody_is_shut_out_of_a_message(visitor):
    page = visitor.opens("/skills/", LEAD)
    with page.expect_navigation():
        page.click("text=Sign out")
    assert "You are signed out" in page.inner_text("main")
    assert shuts_out(page) == {}


# Files, posts, and what has a module of its own: own record, our people, imports.
TESTED_APART = (
    r"admin/|(csv|xlsx|zip)$|healthz|password/reset/key/|my-record/|our-people/"
    r"|<slug:slug>/people/|imports/|about-me/|corrections/|merges?/|relations/|retire/"
    r"|transfers/<int:pk>/\w+/$|second-factor/|reauthenticate/|invitations/|oidc/"
    r"|accounts/$|sessions/|organisation/|connections/|invite/|rota/|on-call/"
    r"|recovery/"
)


def test_every_page_of_ours_is_among_the_states():
    ours = {r for r in routes() if not re.search(TESTED_APART, r)}
    opened = {route(path(state)) for state in STATES.values()}
    assert ours - opened == {""}


def route(address):
    """The pattern behind an address, or none where there is no page."""
    try:
        return get_resolver().resolve(address).route
    except Resolver404:
        return None


def path(state):
    return re.sub(r"\{\w+\}", "1", state.address).partition("?")[0]


def test_the_audit_can_fail(visitor):
    page = visitor.opens("/help/")
    page.set_content("<html><body><input><p>One<div>" + "x" * 900)
    assert {"document-title", "label"} <= set(failures(page))
    assert shuts_out(page)["sideways"] > 0
