"""Transfers, a partner's history and both versions side by side, in a browser."""

import pytest

from tests.browser.audit import failures, shuts_out
from tests.browser.states import KEEPER, LEAD

pytestmark = pytest.mark.browser
OF_LINCOLN = "Coordinator of City of Lincoln"
LIST = "/skills/transfers/"


def saves(page, post):
    page.fill("#id_post", post)
    with page.expect_navigation():
        page.click("input[name=_save] >> nth=0")


def presses(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_the_page_on_which_one_accepts_shuts_nobody_out(visitor):
    page = visitor.opens(LIST + "{transfer}/", OF_LINCOLN)
    assert "What comes along" in page.inner_text("main")
    page.eval_on_selector("#id_answer", "box => box.removeAttribute('maxlength')")
    page.fill("#id_answer", "x" * 501)
    presses(page, "Decline this transfer")
    assert "Shorten the reason" in page.inner_text(".govuk-error-summary")
    assert shuts_out(page) == {}


def test_without_script_a_transfer_is_accepted(visitor):
    page = visitor.opens(LIST + "{transfer}/", OF_LINCOLN, java_script_enabled=False)
    presses(page, "Accept this transfer")
    assert "Accepted, waiting for the day" in page.inner_text("main")


def test_both_versions_stand_side_by_side_in_a_record(visitor):
    address = "/admin/partners/staffmember/{kept}/change/"
    page, other = (visitor.opens(address, role) for role in (KEEPER, LEAD))
    saves(other, "Head of everything")
    saves(page, "Deputy")
    shown = page.get_by_role("table", name="Both versions")
    assert shown.locator("tbody tr").inner_text().split("\t") == [
        "Post",
        "Deputy",
        "Head of everything",
    ]
    assert page.input_value("#id_post") == "Deputy"
    assert "scrollable-region-focusable" not in failures(page)
