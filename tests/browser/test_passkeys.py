"""Making a passkey and signing in with it, in a browser that keeps one."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.conftest import ROLES
from tests.browser.states import STAFF

pytestmark = pytest.mark.browser
KEPT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def presses(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def page(visitor, no_second_factors):
    """A browser that keeps passkeys: they need the name of a site, not a number."""
    page = visitor.opens("/help/")
    page.home = visitor.site.url.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEPT})
    return page


def signs_in(page):
    page.goto(f"{page.home}/accounts/login/")
    page.fill("#id_login", ROLES[STAFF].email)
    page.fill("#id_password", ROLES[STAFF].password)
    presses(page, "Sign in")


def makes_one(page):
    page.goto(f"{page.home}/accounts/second-factor/passkeys/add/")
    page.fill("#id_password", ROLES[STAFF].password)
    presses(page, "Go on")
    assert shuts_out(page) == {}
    page.set_viewport_size({"width": 1280, "height": 720})
    page.fill("#id_name", "Work laptop")
    presses(page, "Make a passkey")
    assert "The passkey is added" in page.inner_text("main")


def test_a_passkey_signs_in_without_a_password(page, visitor):
    signs_in(page)
    makes_one(page)
    page.goto(f"{page.home}/accounts/second-factor/passkeys/")
    assert "Work laptop" in page.inner_text("main")
    assert shuts_out(page) == {}
    page.set_viewport_size({"width": 1280, "height": 720})
    page.context.clear_cookies()
    page.goto(f"{page.home}/accounts/login/")
    presses(page, "Use a passkey")
    assert "Find someone" in page.title()
    assert visitor.refused == []


def test_a_passkey_stands_in_for_the_code(page):
    signs_in(page)
    makes_one(page)
    page.context.clear_cookies()
    signs_in(page)
    assert "Enter your code" in page.title()
    assert shuts_out(page) == {}
    page.set_viewport_size({"width": 1280, "height": 720})
    presses(page, "Use a passkey instead")
    assert "Find someone" in page.title()


def test_without_script_the_other_ways_are_said(visitor):
    page = visitor.opens("/accounts/login/", java_script_enabled=False)
    assert "Passkeys need JavaScript" in page.inner_text("main")
    assert not page.get_by_text("Use a passkey").is_visible()
