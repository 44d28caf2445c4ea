"""The whole journey in a browser that runs no script."""

import re

import pytest

from tests.browser.conftest import ROLES
from tests.browser.states import STAFF

pytestmark = pytest.mark.browser
PLAIN = {"java_script_enabled": False}
TELEPHONE = {"viewport": {"width": 320, "height": 640}}


def click(page, selector):
    with page.expect_navigation():
        page.click(selector)


def test_from_the_search_to_the_number_to_ring(visitor):
    page = visitor.opens("/skills/", STAFF, **PLAIN)
    page.fill("#q", "vmware, backup")
    click(page, ".app-search button")
    every = page.locator(".app-result").count()
    page.check("#level-3")
    click(page, ".app-filters button")
    assert 0 < page.locator(".app-result").count() < every
    name = page.inner_text(".app-result__name >> nth=0")
    click(page, ".app-result__name a >> nth=0")
    assert page.inner_text("h1") == name
    ring = page.get_attribute(".app-tel", "href")
    assert re.fullmatch(r"tel:\+?\d{10,}", ring)


def test_the_number_is_pressed_in_the_row_of_the_result(visitor):
    page = visitor.opens("/skills/?q=vpn", STAFF, **PLAIN, **TELEPHONE)
    numbers = page.locator(".app-result .app-tel")
    assert numbers.count() == page.locator(".app-result").count()
    assert numbers.first.get_attribute("href").startswith("tel:")
    assert numbers.first.bounding_box()["height"] >= 24


def test_signing_in_and_out(visitor):
    page = visitor.opens("/accounts/login/", **PLAIN)
    page.fill("#id_login", ROLES[STAFF].email)
    page.fill("#id_password", ROLES[STAFF].password)
    click(page, "main button")
    assert page.inner_text("h1") == "Who can help?"
    click(page, ".app-account button")
    assert "You are signed out" in page.inner_text("main")


def test_filters_fold_on_a_telephone_and_stand_open_beside_the_results(visitor):
    page = visitor.opens("/skills/?q=vpn&willing=1", STAFF, **PLAIN)
    assert page.locator("#willing-1").is_visible()
    page.set_viewport_size(TELEPHONE["viewport"])
    assert not page.locator("#willing-1").is_visible()
    page.click(".app-filters summary")
    assert page.locator("#willing-1").is_visible()


def test_the_menu_unfolds_on_a_telephone(visitor):
    page = visitor.opens("/skills/", STAFF, **PLAIN, **TELEPHONE)
    assert not page.is_visible("nav a:has-text('Partners')")
    page.click("summary:has-text('Menu')")
    click(page, "nav a:has-text('Partners')")
    assert page.inner_text("h1") == "Partners"
