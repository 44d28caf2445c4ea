"""The administration: what it fails at is known, and said in the statement."""

import pytest
from django.urls import reverse

from tests.browser.audit import failures
from tests.browser.states import KEEPER, LEAD

pytestmark = pytest.mark.browser

# Of Django's own making; each has its line in the accessibility statement.
SAID = {
    "label": "no label of their own",
    "select-name": "no label of their own",
    "link-in-text-block": "by colour alone",
    "target-size": "24 pixels",
    "aria-input-field-name": "types to choose",
}
PAGES = {
    "index": "/admin/",
    "people": "/admin/partners/staffmember/",
    "people, filtered": "/admin/partners/staffmember/?partner=boston",
    "person": "/admin/partners/staffmember/{kept}/change/",
    "new person": "/admin/partners/staffmember/add/",
    "history": "/admin/partners/partner/{boston}/history/",
    "partner": "/admin/partners/partner/{boston}/change/",
    "days off": "/admin/partners/bankholiday/",
    "skill": "/admin/skills/skill/{skill}/change/",
    "skills": "/admin/skills/skill/",
    "logins": "/admin/partners/user/",
}


def unexpected(refused):
    """What the policy stopped, save the widths that a list box writes on itself."""
    return [message for message in refused if "inline style" not in message]


def test_the_records_fail_as_the_statement_says_and_no_further(visitor):
    found = {}
    for name, address in PAGES.items():
        page = visitor.opens(address, LEAD)
        assert page.locator("#content").is_visible(), name
        found[name] = set(failures(page))
    assert {name: more for name in found if (more := found[name] - set(SAID))} == {}
    assert set.union(*found.values()) == set(SAID)
    assert unexpected(visitor.refused) == []


def test_the_statement_says_each_failure(visitor):
    statement = visitor.opens(reverse("accessibility")).inner_text("main")
    assert [words for words in SAID.values() if words not in statement] == []


def test_an_error_in_a_record_fails_no_further(visitor):
    page = visitor.opens("/admin/partners/staffmember/{kept}/change/", KEEPER)
    page.fill("#id_name", "")
    with page.expect_navigation():
        page.click("input[name=_save] >> nth=0")
    assert "Enter" in page.inner_text(".errorlist >> nth=0")
    assert set(failures(page)) <= set(SAID)
    assert unexpected(visitor.refused) == []
