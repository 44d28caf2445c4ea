"""A coordinator's file in a real browser: upload, mistakes, check, result."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import KEEPER

pytestmark = pytest.mark.browser
NEW = "/skills/partners/boston/imports/new/"


def csv(*lines):
    text = "\r\n".join(["Name,Work e-mail,Post", *lines])
    return {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}


def sent(page, file):
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check this file").click()
    return page


@pytest.mark.parametrize("address", ["/skills/partners/boston/imports/", NEW])
def test_the_pages_shut_nobody_out(visitor, address):
    assert shuts_out(visitor.opens(address, KEEPER)) == {}
    assert visitor.refused == []


def test_a_file_that_cannot_be_read_is_said_to_everybody(visitor):
    page = sent(visitor.opens(NEW, KEEPER), csv() | {"name": "people.pdf"})
    assert page.title().startswith("Error: ")
    assert page.get_by_role("alert").is_visible()
    assert shuts_out(page) == {}


def test_a_file_comes_in_without_script(visitor):
    page = visitor.opens(NEW, KEEPER, java_script_enabled=False)
    sent(page, csv("Bo New,bo.new@boston.example,Operator", "Al,nonsense,"))
    assert "1 change" in page.locator("#counts").inner_text()
    page.get_by_role("button", name="Apply the 1 good row").click()
    assert "1 added, 0 changed; 1 row with errors left out" in page.inner_text("main")
    page.get_by_role("button", name="Undo this import").click()
    assert "Undone at" in page.inner_text("main")


def test_check_and_result_shut_nobody_out(visitor):
    page = visitor.opens("/skills/partners/boston/imports/", KEEPER)
    for name in ("skills-autumn.csv", "working-hours.xlsx"):
        page.get_by_role("link", name=name).click()
        page.wait_for_load_state()
        assert shuts_out(page) == {}, name
        page.go_back()
