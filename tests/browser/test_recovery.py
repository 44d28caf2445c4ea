"""The pages of recovery plans shut nobody out, and are worked with the keyboard."""

import pytest

from disaster_recovery import plans, shipped
from disaster_recovery.generic import start_draft
from disaster_recovery.shipped import Shipped
from partners.models import Partner, User
from tests.browser.audit import shuts_out, tab_to
from tests.browser.conftest import ROLES
from tests.browser.states import KEEPER, LEAD, STAFF

pytestmark = pytest.mark.browser
BODY = """Of {{council_name}}.

## Copies

- one
  - two

| A | B |
|---|---|
| 1 | 2 |
"""
ROLES_HERE = (KEEPER, LEAD)
BOXES = "main form[novalidate] :is(textarea, input[type=text])"
CONTENTS = (
    ("parameter", "council_name", {"title": "Name of council", "sort": "line"}),
    ("section", "control-sheet", {"title": "Control sheet", "body": BODY}),
    ("section", "copies", {"title": "Copies", "parent": "control-sheet"}),
    ("service", "network", {"title": "Network", "tier": 0, "rto": 240}),
    (
        "task",
        "declare",
        {"title": "Declare", "phase": "prepare", "owner_role": "ICT", "body": "# Now"},
    ),
)
EDITION, OBJECT, GENERIC = (
    "/recovery/editions/{draft}/",
    "/recovery/objects/{section}/",
    "/recovery/generic/{generic_draft}/",
)
OF_BOSTON = "/recovery/partners/boston/"
READ = {
    "plans": (LEAD, "/recovery/"),
    "plan": (KEEPER, OF_BOSTON),
    "history": (KEEPER, f"{OF_BOSTON}history/"),
    "edition": (KEEPER, EDITION),
    "to do": (KEEPER, f"{EDITION}to-do/"),
    "nobody to approve": (KEEPER, f"{EDITION}submit/"),
    "versions": (LEAD, "/recovery/generic/"),
    "version": (STAFF, "/recovery/generic/{version}/"),
    "draft": (LEAD, GENERIC),
    "history of a version": (LEAD, f"{GENERIC}history/"),
}
TYPED = {
    "parameters": (KEEPER, f"{EDITION}parameters/"),
    "paste": (KEEPER, f"{EDITION}paste/"),
    "add": (KEEPER, f"{EDITION}add/task/"),
    "section": (KEEPER, OBJECT),
    "leave out": (KEEPER, f"{OBJECT}leave-out/"),
    "begin with one's own": (LEAD, "/recovery/partners/lincoln/bring/"),
    "publish": (LEAD, f"{GENERIC}publish/"),
    "split": (LEAD, f"{GENERIC}split-or-merged/"),
    "new generic": (LEAD, f"{GENERIC}add/service/"),
}


@pytest.fixture(scope="module", autouse=True)
def _plans(site, django_db_blocker):
    """A generic version, the draft of the next, and the draft of Boston's plan."""
    with django_db_blocker.unblock():
        made = shipped.load(Shipped((1, 0, 0), "The first", CONTENTS))
        keeper, lead = (User.objects.get(email=ROLES[r].email) for r in ROLES_HERE)
        boston = Partner.objects.get(slug="boston")
        draft = plans.adopt(by=keeper, partner=boston, generic=made, values={})
        next_one = start_draft(by=lead)
        section = draft.contents.get(key="control-sheet")
        site.places.update(draft=draft.pk, version=made.pk, section=section.pk)
        site.places.update(generic_draft=next_one.pk)


@pytest.mark.parametrize("name", READ)
def test_nobody_is_shut_out_of_reading(visitor, name):
    role, address = READ[name]
    page = visitor.opens(address, role)
    assert shuts_out(page) == {}
    assert visitor.refused == []


@pytest.mark.parametrize("name", TYPED)
def test_nobody_is_shut_out_of_a_form_or_its_errors(visitor, name):
    role, address = TYPED[name]
    page = visitor.opens(address, role)
    assert shuts_out(page) == {}
    for box in page.locator(BOXES).all():
        box.fill("")
    with page.expect_navigation():
        page.locator("main form[novalidate] button[type=submit]").click()
    if name != "parameters":
        assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_a_section_is_changed_with_the_keyboard(visitor):
    page = visitor.opens(OBJECT, KEEPER)
    tab_to(page, "#id_addendum")
    page.keyboard.type("Written with the keyboard")
    tab_to(page, "main form[novalidate] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Saved: Control sheet" in page.inner_text("main")
