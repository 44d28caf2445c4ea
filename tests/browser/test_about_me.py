"""What is held about me, and its correction, in a browser."""

from zipfile import ZipFile

import pytest

from partners.models import CorrectionRequest
from tests.browser.audit import shuts_out
from tests.browser.states import KEEPER, LEAD, READER, STAFF

pytestmark = pytest.mark.browser
ABOUT, NEW = "/about-me/", "/corrections/new/"
SHOWN = [
    (STAFF, ABOUT, "Take a copy of everything"),
    (READER, ABOUT, "You have a login without a record"),
    (LEAD, ABOUT, "Your roles"),
    (STAFF, f"{ABOUT}opened/", "Took a list away as CSV"),
    (READER, f"{ABOUT}opened/", "Nobody has opened your details"),
    (STAFF, f"{ABOUT}opened/?page=9", "There is no page “9”"),
    (STAFF, f"{ABOUT}taken/", "What you opened or took away"),
    (STAFF, f"{ABOUT}messages/", "Your request for a correction"),
    (STAFF, NEW, "Ask for a correction"),
    (KEEPER, "/corrections/", "Ruby Thackeray"),
    (KEEPER, "/corrections/?state=done", "There is no such request"),
    (LEAD, "/corrections/?state=soon", "There is no state “soon”"),
]


def presses(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize(("role", "address", "says"), SHOWN)
def test_nobody_is_shut_out_of(visitor, role, address, says):
    page = visitor.opens(address, role)
    assert says in page.inner_text("main")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_an_empty_request_is_told_what_to_do(visitor):
    page = visitor.opens(NEW, STAFF)
    presses(page, "Ask for this correction")
    assert page.title().startswith("Error: ")
    assert "Enter what is wrong" in page.inner_text(".govuk-error-summary")
    assert shuts_out(page) == {}


def test_without_script_a_request_is_asked_and_answered(visitor):
    page = visitor.opens(ABOUT, STAFF, java_script_enabled=False)
    page.get_by_role("link", name="ask for a correction").click()
    page.fill("#id_what", "My extension is 12")
    presses(page, "Ask for this correction")
    assert "Waiting for an answer" in page.inner_text("main")
    asked = CorrectionRequest.objects.get(what="My extension is 12")
    lead = visitor.opens(f"/corrections/{asked.pk}/", LEAD)
    presses(lead, "Send this answer")
    assert "Choose what came of" in lead.inner_text(".govuk-error-summary")
    assert shuts_out(lead) == {}
    lead.get_by_label("The record is put right").check()
    presses(lead, "Send this answer")
    assert shuts_out(lead) == {}
    page.reload()
    assert "Put right" in page.inner_text("main")


def test_the_copy_is_one_click_away(visitor, tmp_path):
    page = visitor.opens(ABOUT, STAFF)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take a copy of everything").click()
    taken.value.save_as(tmp_path / "copy.zip")
    with ZipFile(tmp_path / "copy.zip") as zipped:
        assert "Callum Stubbings" in zipped.read("README.txt").decode()
