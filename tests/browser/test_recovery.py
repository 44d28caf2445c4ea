"""The pages of recovery plans shut nobody out, and are worked with the keyboard."""

import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from disaster_recovery.generic_plan.versions import start_draft
from disaster_recovery.models import GenericVersion, Plan
from disaster_recovery.updates import delivery, workflow
from partners.models import User
from tests.browser.audit import shuts_out, tab_to
from tests.browser.conftest import ROLES
from tests.browser.states import KEEPER, LEAD, STAFF

pytestmark = pytest.mark.browser
BOXES = "main form[novalidate] :is(textarea, input[type=text])"
EDITION, OBJECT, GENERIC = (
    "/recovery/editions/{draft}/",
    "/recovery/objects/{section}/",
    "/recovery/generic/{generic_draft}/",
)
UPDATE = "/recovery/updates/{update}/"
OF_BOSTON = "/recovery/partners/boston/"
READ = {
    "plans": (LEAD, "/recovery/"),
    "plan": (KEEPER, OF_BOSTON),
    "history": (KEEPER, f"{OF_BOSTON}history/"),
    "edition": (KEEPER, EDITION),
    "to do": (KEEPER, f"{EDITION}to-do/"),
    "times": (KEEPER, f"{EDITION}times/"),
    "times of a version": (LEAD, "/recovery/generic/{version}/times/"),
    "offers": (LEAD, "/recovery/offers/"),
    "packs of one": (KEEPER, "/recovery/editions/{in_force}/packs/"),
    "offer": (LEAD, "/recovery/offers/{offer}/"),
    "packs": (LEAD, "/recovery/packs/"),
    "submit": (KEEPER, f"{EDITION}submit/"),
    "update": (KEEPER, UPDATE),
    "conflict": (KEEPER, f"{UPDATE}section/mutual-aid/"),
    "joined": (KEEPER, f"{UPDATE}section/communications/"),
    "like our own": (KEEPER, f"{UPDATE}section/scenario-flood/"),
    "mandatory now": (KEEPER, f"{UPDATE}section/data-protection/"),
    "needed here": (KEEPER, f"{UPDATE}service/intranet/"),
    "a number": (KEEPER, f"{UPDATE}service/planning/"),
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
    "make an offer": (KEEPER, f"{OBJECT}offer/"),
    "leave out": (KEEPER, f"{OBJECT}leave-out/"),
    "begin with one's own": (LEAD, "/recovery/partners/east-lindsey/bring/"),
    "publish": (LEAD, f"{GENERIC}publish/"),
    "split": (LEAD, f"{GENERIC}split-or-merged/"),
    "new generic": (LEAD, f"{GENERIC}add/service/"),
}


@pytest.fixture(scope="module", autouse=True)
def _plans(site, django_db_blocker):
    """The draft of the next version, and where Boston's plan stands."""
    with django_db_blocker.unblock():
        lead = User.objects.get(email=ROLES[LEAD].email)
        made = GenericVersion.objects.published().newest_first().first()
        plan = Plan.objects.get(partner__slug="boston")
        draft = workflow.newest_edition(plan)
        next_one = start_draft(by=lead)
        section = draft.contents.get(key="control-sheet")
        site.places.update(draft=draft.pk, version=made.pk, section=section.pk)
        site.places.update(update=plan.updates.get().pk, generic_draft=next_one.pk)
        site.places.update(offer=plan.partner.offers.get().pk)
        site.places.update(in_force=plan.editions.in_force().get().pk)


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


def test_a_declined_change_asks_why_without_shutting_anybody_out(visitor):
    page = visitor.opens(f"{UPDATE}section/communications/", KEEPER)
    page.get_by_text("Decline the change").first.click()
    press(page, "Decline the change")
    assert "Say why you decline the change" in page.inner_text("main")
    assert shuts_out(page) == {}


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


PLAN = "/recovery/partners/east-lindsey/"


def test_a_plan_goes_from_adoption_to_approval(visitor):
    """Adopted, adapted, met by a new version, resolved, approved: without script."""
    kind = {"java_script_enabled": False}
    page = visitor.opens(f"{PLAN}adopt/", LEAD, **kind)
    adopt_and_adapt(page)
    publish(visitor.opens(GENERIC, LEAD, **kind))
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(work).result()
    resolve(page)
    send_for_review(page)
    theirs = visitor.opens(PLAN, STAFF, **kind)
    approve(theirs)
    assert "in force. Approved by Callum Stubbings" in theirs.inner_text("main")
    assert "Ask at our desk" in theirs.inner_text("main")
    pack(page)


def pack(page):
    """A copy of what is in force, taken away."""
    page.goto(PLAN)
    follow(page, "Edition 1")
    follow(page, "Packs to print and keep")
    page.check("#id_variant_0")
    press(page, "Make the pack")
    with page.expect_download() as taken:
        follow(page, "Download")
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert "Ask at our desk" in archive.read("plan.html").decode()


def work():
    """What the worker does, where the server sees it."""
    delivery.catch_up()
    connection.close()


def adopt_and_adapt(page):
    press(page, "Begin")
    for box in page.locator("main form :is(input[type=text], textarea)").all():
        box.fill(box.input_value() or "01632 960100")
    press(page, "Save")
    follow(page, "Mutual aid")
    page.fill("#id_body", "Ask at our desk.")
    press(page, "Save")


def publish(page):
    """The lead changes a section for everybody and publishes the next version."""
    follow(page, "Change Mutual aid")
    page.fill("#id_body", "Ask the nearest first.")
    press(page, "Save")
    page.get_by_role("button", name="Publish this version").click()
    page.fill("#id_notes", "Ask the nearest first.")
    press(page, "Publish")
    assert "1.3.0" in page.inner_text("main")


def resolve(page):
    """Review the update, and keep our version."""
    page.goto(PLAN)
    follow(page, "look at the update")
    press(page, "Review the update")
    follow(page, "Mutual aid")
    press(page, "Keep your version")
    assert "Every change was decided" in page.inner_text("main")


def send_for_review(page):
    follow(page, "What is left to do in the draft")
    for kind in ("section", "service", "task"):
        with page.expect_navigation():
            page.click(f"form[action$='fits/{kind}/'] button")
    page.get_by_role("button", name="Send for review").click()
    page.select_option("#id_approver", label="Callum Stubbings")
    press(page, "Send for review")
    assert "in review, and not in force" in page.inner_text("main")


def approve(page):
    follow(page, "approve or send back")
    press(page, "Approve this plan")
