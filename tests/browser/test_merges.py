"""Two skills made one, and taken apart again, with and without script."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import LEAD

pytestmark = pytest.mark.browser

PAGES = {
    "chosen": "/skills/catalogue/{duplicate}/merge/",
    "chosen wrongly": "/skills/catalogue/{duplicate}/merge/?skill=Zorbing",
    "told before": "/skills/catalogue/{duplicate}/merge/?into={stays}",
    "list": "/skills/merges/",
    "empty list": "/skills/merges/?state=x",
    "in force": "/skills/merges/{merge}/",
    "undone": "/skills/merges/{undone}/",
    "retired": "/skills/catalogue/{duplicate}/retire/",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_the_pages_of_merges_shut_nobody_out(visitor, address):
    assert shuts_out(visitor.opens(address, LEAD)) == {}


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_skill_is_merged_and_the_merge_undone(visitor, has_script):
    page = visitor.opens(PAGES["chosen"], LEAD, java_script_enabled=has_script)
    page.fill("#id_skill", "wifi")
    press(page, "See what would happen")
    assert "Nothing is changed yet" in page.inner_text("main")
    press(page, "Merge Wi-Fi surveying into")
    assert "“Wi-Fi surveying” has been merged" in page.inner_text("main")
    press(page, "Undo the merge")
    assert "“Wi-Fi surveying” is back" in page.inner_text("main")


def test_what_was_edited_since_is_shown_before_it_is_left(visitor):
    names = visitor.opens("/skills/catalogue/{teams}/aliases/", LEAD)
    press(names, "Remove MS Teams administration")
    page = visitor.opens(PAGES["in force"], LEAD)
    press(page, "Undo the merge")
    assert "edited or removed since" in page.inner_text(".govuk-error-summary")
    assert shuts_out(page) == {}
    page.get_by_label("keep these rows").check()
    press(page, "Undo the merge")
    assert "is back" in page.inner_text("main")
