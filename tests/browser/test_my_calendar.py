"""The page of one's calendars, made and withdrawn, shuts nobody out."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import LEAD, STAFF

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", [LEAD, STAFF])
def test_a_calendar_is_made_and_withdrawn(visitor, role):
    page = visitor.opens("/rota/my-calendar/", role)
    assert shuts_out(page) == {}
    if role == LEAD:
        page.get_by_label("Calendar of one person").check()
    for button in ("Create a calendar link", "Withdraw"):
        with page.expect_navigation():
            page.get_by_role("button", name=button).first.click()
        assert shuts_out(page) == {}


def test_what_was_not_chosen_is_asked_for(visitor):
    page = visitor.opens("/rota/my-calendar/", LEAD)
    with page.expect_navigation():
        page.get_by_role("button", name="Create a calendar link").click()
    assert "Choose what it shows" in page.inner_text("main")
    assert shuts_out(page) == {}
