"""Everything with the keyboard alone, seeing at every step where one is."""

import pytest

from tests.browser.audit import tab_to
from tests.browser.conftest import ROLES
from tests.browser.states import STAFF

pytestmark = pytest.mark.browser
NARROW = {"viewport": {"width": 320, "height": 640}}


def press(page, key="Enter"):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_the_first_stop_leads_past_the_menu(visitor):
    page = visitor.opens("/skills/", STAFF)
    tab_to(page, ".govuk-skip-link", most=1)
    assert page.locator(":focus").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_one_signs_in_searches_and_signs_out(visitor):
    page = visitor.opens("/skills/?q=vpn")
    for name in ("login", "password"):
        tab_to(page, f"#id_{name}")
        page.keyboard.type(getattr(ROLES[STAFF], name.replace("login", "email")))
    press(page)
    assert page.input_value("#q") == "vpn"
    tab_to(page, "#q")
    page.keyboard.press("Control+A")
    page.keyboard.type("SCCM")
    press(page)
    assert "matched ‘SCCM’" in page.inner_text("main")
    tab_to(page, ".app-account button")
    press(page)
    assert "You are signed out" in page.inner_text("main")


def test_filters_are_ticked_applied_and_taken_off(visitor):
    page = visitor.opens("/skills/?q=vpn", STAFF)
    tab_to(page, "#willing-1")
    page.keyboard.press("Space")
    tab_to(page, "#search .app-filters button")
    press(page)
    assert "willing=1" in page.url
    tab_to(page, ".app-chip")
    press(page)
    assert "willing" not in page.url
    assert page.locator(".app-chip").count() == 0


def test_enter_in_the_box_keeps_the_filters(visitor):
    page = visitor.opens("/skills/?q=vpn&willing=1", STAFF)
    tab_to(page, "#q")
    press(page)
    assert "willing=1" in page.url


def test_on_a_telephone_the_filters_unfold(visitor):
    page = visitor.opens("/skills/?q=vpn&willing=1", STAFF, **NARROW)
    assert not page.locator("#willing-1").is_visible()
    tab_to(page, ".app-filters summary")
    page.keyboard.press("Enter")
    assert page.locator("#willing-1").is_visible()


def test_pages_are_turned_and_people_opened(visitor):
    page = visitor.opens("/skills/", STAFF)
    tab_to(page, "a[rel=next]", most=300)
    press(page)
    assert page.url.endswith("page=2")
    tab_to(page, ".app-result__name a")
    press(page)
    assert "/skills/people/" in page.url
    tab_to(page, "a[href^='tel:']")
