"""From the invitation to the first page inside, with and without script."""

import re

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import KEEPER, LEAD

pytestmark = pytest.mark.browser
LIST = "/invitations/?state=all"


def presses(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def wide(page):
    found = shuts_out(page)
    page.set_viewport_size({"width": 1280, "height": 720})
    return found


def invited(visitor, name):
    """The address in the message that this person is sent."""
    keeper = visitor.opens("/skills/partners/boston/people/", KEEPER)
    keeper.get_by_label(name).check()
    presses(keeper, "Invite them to sign in")
    assert "1 person invited by e-mail" in keeper.inner_text("main")
    outbox = visitor.opens("/outbox/", LEAD).inner_text("main")
    return re.search(r"/invitations/accept/[\w-]+/", outbox)[0]


@pytest.mark.parametrize(
    ("name", "has_script"), [("Megan Nowak", True), ("Stephen Motley", False)]
)
def test_whoever_is_invited_comes_in(visitor, name, has_script):
    page = visitor.opens(invited(visitor, name), java_script_enabled=has_script)
    assert f"Welcome, {name}" in page.inner_text("main")
    if has_script:
        assert wide(page) == {}
    page.fill("#id_password1", "too short")
    presses(page, "Save password and sign in")
    assert "at least 12 characters" in page.inner_text(".govuk-error-summary")
    for field in ("#id_password1", "#id_password2"):
        page.fill(field, "three random words here")
    presses(page, "Save password and sign in")
    assert "Find someone" in page.title()


def test_the_pages_of_invitations_shut_nobody_out(visitor):
    for address, role in ((LIST, KEEPER), ("/invitations/accept/guess/", None)):
        page = visitor.opens(address, role)
        assert wide(page) == {}
    page = visitor.opens("/accounts/", KEEPER)
    assert wide(page) == {}
    page.goto("/accounts/sessions/")
    assert wide(page) == {}
    page = visitor.opens("/outbox/?state=trouble", LEAD)
    assert wide(page) == {}
