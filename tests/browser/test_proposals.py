"""A skill somebody misses, from the proposal to the search, without script."""

import pytest

from skills.models import SkillProposal
from tests.browser.audit import shuts_out
from tests.browser.states import LEAD, STAFF

pytestmark = pytest.mark.browser


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def propose(page):
    page.fill("#id_name", "Vexillology desk")
    page.fill("#id_description", "Flags of the partners, and when they fly")
    page.fill("#id_why", "The town hall rings us")
    page.select_option("#id_level", "3")
    press(page, "Propose")
    if page.get_by_text("Is it one of these?").count():
        page.get_by_label("None of these").check()
        press(page, "Continue")


def test_a_proposal_becomes_a_skill_that_is_found(visitor):
    page = visitor.opens("/skills/catalogue/propose/", STAFF, java_script_enabled=False)
    propose(page)
    assert "“Vexillology desk” has been proposed" in page.inner_text("main")
    proposal = SkillProposal.objects.get(name="Vexillology desk")
    lead = visitor.opens(f"/skills/proposals/{proposal.pk}/", LEAD)
    lead.select_option("#id_accept-category", index=1)
    press(lead, "Add it to the catalogue")
    assert "is now in the catalogue" in lead.inner_text("main")
    assert shuts_out(lead) == {}
    page.goto("/skills/?q=vexillology+desk")
    assert "Callum Stubbings" in page.inner_text("main")


def test_a_search_is_given_a_name_in_one_click_and_a_dismissal_undone(visitor):
    page = visitor.opens(
        "/skills/unanswered-searches/", LEAD, java_script_enabled=False
    )
    press(page, "Dismiss drone licence")
    page.get_by_role("link", name="Handled", exact=True).click()
    press(page, "Undo dismissing drone licence")
    assert "“drone licence” is back" in page.inner_text("main")
    page.goto("/skills/unanswered-searches/")
    press(page, "Alias of Kubernetes: cubernetties")
    assert "“cubernetties” has been dealt with" in page.inner_text("main")
