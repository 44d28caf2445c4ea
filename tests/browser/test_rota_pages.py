"""The pages of the rota in a real browser, with and without script, and printed."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import KEEPER, LEAD, READER, STAFF

pytestmark = pytest.mark.browser

# Address, as whom, and what is on it.
PAGES = [
    ("/rota/on-call/", STAFF, "Not answering?"),
    ("/rota/on-call/?at=2026-12-25T03:00", READER, "Show"),
    ("/rota/on-call/?at=never", STAFF, "Enter a date and time like"),
    ("/rota/calendar/", STAFF, "On duty now"),
    ("/rota/calendar/?view=week", LEAD, "Week of"),
    ("/rota/calendar/?on=never", STAFF, "There is a problem"),
    ("/rota/mine/", STAFF, "My duties"),
    ("/rota/mine/", READER, "no staff record"),
    ("/rota/gaps/", LEAD, "of the hours to cover are covered"),
    ("/rota/gaps/?weeks=900", LEAD, "Enter from 1 to 52 weeks"),
    ("/rota/fairness/", READER, "How even it is"),
    ("/rota/fairness/?first=never", READER, "There is a problem"),
    ("/rota/swaps/", LEAD, "Waiting for an answer"),
    ("/rota/swaps/{swap}/", LEAD, "Swap request"),
    ("/rota/duties/{duty}/", LEAD, "Change this duty"),
    ("/rota/duties/{duty}/", STAFF, "Reason"),
    ("/rota/duties/{duty}/cover/", LEAD, "Who can cover"),
    ("/rota/duties/{duty}/exchange/", LEAD, "Exchange with"),
    ("/rota/duties/{duty}/swap/", LEAD, "Ask for a swap"),
    ("/rota/people/{server}/unable/", LEAD, "can’t do it"),
    ("/rota/changes/{vacated}/vacated/", LEAD, "Duties that need cover"),
    ("/rota/infrastructure/assign/", KEEPER, "Put somebody on duty"),
    ("/rota/infrastructure/planner/", KEEPER, "Tick duties or gaps"),
    ("/rota/infrastructure/week/", STAFF, "week of"),
    ("/rota/addresses/", LEAD, "Create one"),
    ("/rota/api/", LEAD, "Authorization: Bearer"),
]
FORMS = [
    ("/rota/duties/{duty}/cover/", "Put on duty", "Choose who is on duty"),
    ("/rota/duties/{duty}/exchange/", "Exchange", "Choose the duty to exchange"),
    ("/rota/infrastructure/assign/", "Put on duty", "Choose who is on duty"),
    ("/rota/infrastructure/planner/", "Give", "Tick at least one duty or gap"),
    ("/rota/addresses/", "Create an address", "Choose what it is for"),
]


@pytest.mark.parametrize(("address", "role", "says"), PAGES)
def test_a_page_shuts_nobody_out(visitor, address, role, says):
    page = visitor.opens(address, role)
    assert says in page.inner_text("main")
    assert shuts_out(page) == {}
    assert visitor.refused == []


@pytest.mark.parametrize(("address", "button", "says"), FORMS)
def test_a_form_in_error_shuts_nobody_out(visitor, address, button, says):
    page = visitor.opens(address, LEAD)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    assert says in page.inner_text("main")
    assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}


def test_a_switchboard_opens_its_page_without_script_or_styles(visitor):
    page = visitor.opens("/rota/addresses/", LEAD, java_script_enabled=False)
    page.get_by_label("On call now, for a switchboard").check()
    page.fill("#id_label", "County Hall")
    with page.expect_navigation():
        page.get_by_role("button", name="Create an address").click()
    address = page.inner_text("code").partition("/on-call/")[2]
    plain = visitor.opens("/healthz", java_script_enabled=False)
    plain.route("**/*.css", lambda route: route.abort())
    plain.goto(f"/on-call/{address}")
    assert "Not answering?" in plain.inner_text("main")
    assert plain.locator("a[href^='tel:']").count() > 0


def test_a_week_is_printed_without_what_leads_elsewhere(visitor):
    page = visitor.opens("/rota/infrastructure/week/", STAFF)
    page.emulate_media(media="print")
    assert page.get_by_text("Week before").is_hidden()
    assert page.get_by_role("table").is_visible()


def test_a_month_of_three_rotas_is_seen_at_once(visitor):
    page = visitor.opens(
        "/rota/calendar/", STAFF, viewport={"width": 1280, "height": 900}
    )
    assert page.locator(".app-lanes tbody").count() == 3
    assert page.evaluate("document.documentElement.scrollHeight") <= 1_200
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.locator(".app-lanes").is_visible()
    assert page.locator(".app-day").count() <= 7
