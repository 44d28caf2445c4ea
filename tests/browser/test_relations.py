"""Saying which skill is broader, with the keyboard and without script."""

import pytest

from skills.models import Skill
from tests.browser.audit import shuts_out, tab_to
from tests.browser.states import LEAD

pytestmark = pytest.mark.browser


def address(name):
    return f"/skills/catalogue/{Skill.objects.get(name=name).pk}/relations/"


@pytest.mark.parametrize(("other", "has_script"), [("UNIX", True), ("Java", False)])
def test_a_broader_skill_is_added_with_the_keyboard(visitor, other, has_script):
    page = visitor.opens(address("COBOL"), LEAD, java_script_enabled=has_script)
    tab_to(page, "input[name=kind]")
    page.keyboard.press("Space")
    tab_to(page, "#id_other")
    page.keyboard.type(other)
    page.keyboard.press("Escape")
    tab_to(page, "main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"Added: COBOL is narrower than {other}" in page.inner_text("main")
    assert visitor.refused == []


def test_a_skill_is_chosen_among_those_meant_and_removed(visitor):
    page = visitor.opens(address("COBOL"), LEAD, java_script_enabled=False)
    page.get_by_label("Related").check()
    page.fill("#id_other", "exchnge")
    with page.expect_navigation():
        page.get_by_role("button", name="Add this relation").click()
    assert page.title().startswith("Error: ")
    page.get_by_label("Microsoft Exchange Server").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Add this relation").click()
    remove = page.get_by_role("button", name="Remove Microsoft Exchange Server")
    with page.expect_navigation():
        remove.click()
    assert "Removed: " in page.inner_text("main")


@pytest.mark.parametrize("typed", [None, "", "exchnge"])
def test_nobody_is_shut_out_of_relations(visitor, typed):
    page = visitor.opens(address("Microsoft Intune"), LEAD)
    if typed is not None:
        page.fill("#id_other", typed)
        with page.expect_navigation():
            page.get_by_role("button", name="Add this relation").click()
        assert "There is a problem" in page.inner_text("main")
    assert shuts_out(page) == {}
    assert visitor.refused == []
