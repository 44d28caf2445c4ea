"""Keeping one's own record: without script, on a telephone, in every error."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import READER, STAFF

pytestmark = pytest.mark.browser
MINE = "/skills/my-record/"
PLAIN = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


def click(page, selector):
    with page.expect_navigation():
        page.click(selector)


STATES = {
    "record": ("", "Still right"),
    "contact": ("contact/", "Your contact details"),
    "hours": ("working-days/", "Your working days"),
    "choose": ("skills/add/", "Look it up"),
    "found": ("skills/add/?q=exchnge", "Which skill do you mean?"),
    "held": ("skills/add/?q=service+desk", "you have it at"),
    "not chosen": ("skills/add/?q=exchnge&choose=1", "There is a problem"),
    "not found": ("skills/add/?q=zzzqq", "No skill in the catalogue"),
    "empty": ("skills/add/?q=", "Type what the skill is called"),
    "wish": ("wishes/add/?q=dns", "Which skill do you mean?"),
    "certificate": ("certificates/add/", "Add a certificate"),
    "absence": ("absences/add/", "Add an absence"),
}


@pytest.mark.parametrize("name", STATES)
def test_nobody_is_shut_out_of(visitor, name):
    address, says = STATES[name]
    page = visitor.opens(f"{MINE}{address}", STAFF)
    assert says in page.inner_text("main")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_nobody_is_shut_out_of_having_no_record(visitor):
    page = visitor.opens(MINE, READER)
    assert page.inner_text("h1") == "You have no staff record"
    assert shuts_out(page) == {}


ROWS = ["skills", "certificates", "absences"]
REMOVED = [*ROWS, "wishes"]


@pytest.mark.parametrize("what", ROWS)
def test_nobody_is_shut_out_of_changing_a_row(visitor, what):
    page = visitor.opens(MINE, STAFF)
    click(page, f"a[href*='my-record/{what}/']:text('Change') >> nth=0")
    assert page.inner_text("h1").startswith("Change a")
    assert shuts_out(page) == {}


@pytest.mark.parametrize("what", REMOVED)
def test_nobody_is_shut_out_of_removing_a_row(visitor, what):
    page = visitor.opens(MINE, STAFF)
    click(page, f"a[href*='my-record/{what}/'][href$='/remove/'] >> nth=0")
    assert page.inner_text("h1").startswith("Remove this")
    assert shuts_out(page) == {}


WRONG = {
    "contact/": {"name": "", "telephone": "ring me"},
    "working-days/": {"day1-starts_at": "late"},
    "certificates/add/": {"awarded_on": "soon"},
    "absences/add/": {"begins_on": "", "ends_on": "soon"},
}


@pytest.mark.parametrize("address", WRONG)
def test_nobody_is_shut_out_of_an_error(visitor, address):
    page = visitor.opens(f"{MINE}{address}", STAFF)
    for name, value in WRONG[address].items():
        page.fill(f"[name='{name}']", value)
    click(page, "main form button[type=submit]")
    assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_a_level_not_chosen(visitor):
    page = visitor.opens(f"{MINE}skills/add/?q=exchnge", STAFF)
    page.check("[name=skill] >> nth=0")
    click(page, "text=Continue")
    click(page, "text=Save")
    assert "Choose the level" in page.inner_text(".govuk-error-summary")
    assert shuts_out(page) == {}


def add_exchange(page):
    click(page, "text=Add a skill")
    page.fill("#id_q", "exchnge")
    click(page, "text=Look it up")
    page.check("[name=skill] >> nth=0")
    click(page, "text=Continue")
    page.check("[name=level][value='2']")
    click(page, "text=Save")


def test_keeping_a_record_without_script_on_a_telephone(visitor):
    page = visitor.opens(MINE, STAFF, **PLAIN)
    add_exchange(page)
    assert "Your skill is saved" in page.inner_text("main")
    click(page, "text=Change Microsoft Exchange Server")
    page.check("[name=level][value='3']")
    click(page, "text=Save")
    click(page, "text=Add an absence")
    page.fill("[name=begins_on]", "24 12 2030")
    click(page, "text=Save")
    assert "24 December 2030 until further notice" in page.inner_text("main")
    click(page, "text=Still right")
    assert "Your record is confirmed" in page.inner_text("main")
