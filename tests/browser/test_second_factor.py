"""Setting up a second factor and signing in with it, in a browser."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from partners.models import StaffMember
from tests.browser.audit import shuts_out
from tests.browser.conftest import ROLES, _forget_tries
from tests.browser.states import KEEPER, LEAD, READER, STAFF

pytestmark = pytest.mark.browser
OF_LINCOLN = "Coordinator of City of Lincoln"
SECOND_FACTOR = "/accounts/second-factor/"
SUMMARY = ".govuk-error-summary"
PERIOD = 30


def code(secret):
    """What the app shows now, with time left to type it."""
    if time.time() % PERIOD > PERIOD - 5:
        time.sleep(6)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def presses(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def enters(page, what, text, button):
    page.fill(what, text)
    presses(page, button)


def sets_up(page, role):
    """The key of the app that was set up, from the page that asks for the password."""
    enters(page, "#id_password", ROLES[role].password, "Go on")
    key = page.inner_text(".app-key")
    enters(page, "#id_code", code(key), "Set up this app")
    return key


def signs_in(page, role):
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("#id_login", ROLES[role].email)
    enters(page, "#id_password", ROLES[role].password, "Sign in")


def forget_what_was_used():
    """A new code would take half a minute to come."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_forget_tries).result()


@pytest.fixture(autouse=True)
def _none_is_set_up(no_second_factors):
    """What another test set up is taken off."""


def wide(page, check):
    """What a check finds, with the page made wide again."""
    found = check(page)
    page.set_viewport_size({"width": 1280, "height": 720})
    return found


def test_setting_up_shuts_nobody_out(visitor):
    page = visitor.opens(SECOND_FACTOR, READER)
    assert wide(page, shuts_out) == {}
    page.click("text=Set up an app")
    enters(page, "#id_password", "", "Go on")
    assert "Enter your password" in page.inner_text(SUMMARY)
    assert wide(page, shuts_out) == {}
    enters(page, "#id_password", ROLES[READER].password, "Go on")
    assert page.evaluate("document.querySelector('.app-scan').naturalWidth") > 0
    assert wide(page, shuts_out) == {}
    enters(page, "#id_code", "000000", "Set up this app")
    assert "This code is not right" in page.inner_text(SUMMARY)
    assert wide(page, shuts_out) == {}
    assert visitor.refused == []


def test_signing_in_takes_the_code(visitor):
    page = visitor.opens(SECOND_FACTOR + "app/set-up/", STAFF)
    key = sets_up(page, STAFF)
    assert "10 of 10 are left" in page.inner_text("main")
    assert wide(page, shuts_out) == {}
    signs_in(page, STAFF)
    assert wide(page, shuts_out) == {}
    enters(page, "#id_code", "", "Go on")
    assert "Enter your code" in page.inner_text(SUMMARY)
    assert wide(page, shuts_out) == {}
    forget_what_was_used()
    enters(page, "#id_code", code(key), "Go on")
    assert "Find someone" in page.title()


def test_a_recovery_code_signs_in(visitor):
    page = visitor.opens("/help/")
    signs_in(page, STAFF)
    page.goto(SECOND_FACTOR + "app/set-up/")
    sets_up(page, STAFF)
    recovery = page.inner_text(".app-codes li >> nth=0")
    signs_in(page, STAFF)
    enters(page, "#id_code", recovery, "Go on")
    assert "Find someone" in page.title()


def test_what_is_set_up_is_looked_after(visitor):
    page = visitor.opens(SECOND_FACTOR + "app/set-up/", KEEPER)
    sets_up(page, KEEPER)
    for address in ("", "recovery-codes/new/", "app/remove/", "reauthenticate/"):
        page.goto(SECOND_FACTOR + address)
        assert page.title().startswith(("Second", "Make new", "Remove", "Enter"))
        assert wide(page, shuts_out) == {}
    page.goto(SECOND_FACTOR + "recovery-codes/new/")
    presses(page, "Make new codes")
    assert "10 of 10 are left" in page.inner_text("main")


def test_a_coordinator_is_led_to_setting_one_up(visitor, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    page = visitor.opens("/admin/", LEAD)
    assert "You keep records of other people" in page.inner_text("main")
    assert wide(page, shuts_out) == {}
    page.click("text=Set up an app")
    sets_up(page, LEAD)
    page.click("text=Go on to the service")
    assert page.url.endswith("/admin/")
    page.goto(SECOND_FACTOR + "app/remove/")
    assert "stays on, because you keep records" in page.inner_text(SUMMARY)
    assert wide(page, shuts_out) == {}


def test_a_coordinator_resets_a_colleague_s(visitor):
    page = visitor.opens(SECOND_FACTOR + "app/set-up/", OF_LINCOLN)
    sets_up(page, OF_LINCOLN)
    name = ROLES[OF_LINCOLN].who.partition(",")[0]
    colleague = StaffMember.objects.get(name=name).pk
    page = visitor.opens(f"/skills/people/{colleague}/second-factor/", LEAD)
    presses(page, "Reset the second factor")
    assert "Enter a reason" in page.inner_text(SUMMARY)
    assert wide(page, shuts_out) == {}
    enters(page, "#id_reason", "Lost the telephone", "Reset the second factor")
    assert "has been told by e-mail" in page.inner_text("main")
    assert wide(page, shuts_out) == {}
