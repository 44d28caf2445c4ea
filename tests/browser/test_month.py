"""A month of work as each role does it, with script and without."""

import csv
from io import StringIO

import pytest

from partners.models import StaffMember, Transfer
from skills.models import SkillProposal
from tests.browser.audit import shuts_out
from tests.browser.conftest import ROLES
from tests.browser.states import KEEPER, LEAD, READER, STAFF

pytestmark = pytest.mark.browser
OURS = "/skills/partners/boston/people/"
WAYS = {"with script": {}, "without script": {"java_script_enabled": False}}
GAPS = {"with script": "lorawan sensors", "without script": "body worn video"}
SKILLS = {"with script": "exchnge", "without script": "kubernets"}
PROPOSED = {"with script": "Vexillology", "without script": "Campanology"}


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


def signs_in(visitor, role, way):
    page = visitor.opens("/accounts/login/", accept_downloads=True, **WAYS[way])
    page.fill("#id_login", ROLES[role].email)
    page.fill("#id_password", ROLES[role].password)
    presses(page, "Sign in")
    assert page.inner_text("h1") == "Who can help?"
    return page


def presses(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).click()


def follows(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def says(page, *sentences):
    text = page.inner_text("main")
    for sentence in sentences:
        assert sentence in text


def shuts_nobody_out(page, way):
    """What looks is a script itself, so it looks only where scripts run."""
    if way == "with script":
        assert shuts_out(page) == {}


def downloads(page, link):
    """What a link brings, as rows of cells."""
    with page.expect_download() as brought:
        page.locator("main").get_by_role("link", name=link).first.click()
    with open(brought.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# The coordinator of a partner.


def ordinary_people(slug, number):
    """Of a partner, without login, and on the way nowhere."""
    here = StaffMember.objects.in_post().filter(partner__slug=slug)
    moving = Transfer.objects.filter(state="released").values("staff")
    people = here.filter(user__isnull=True).exclude(pk__in=moving)
    return list(people.order_by("name")[:number])


def looks_after_records(page):
    page.goto("/skills/our-people/")
    follows(page, "Not confirmed for a year")
    page.check("tr:not(:has-text('Asked')) [name=person] >> nth=0")
    presses(page, "Ask them to confirm")
    says(page, "1 person asked by e-mail to confirm their record")
    page.check("[name=person] >> nth=0")
    presses(page, "Confirm their records")
    says(page, "1 person confirmed, with their skills")


def spreadsheet(header, *people):
    """A file with the columns of the template and a row for each of the people."""
    text = StringIO()
    rows = csv.DictWriter(text, header)
    rows.writeheader()
    rows.writerows(people)
    data = text.getvalue().encode()
    return {"name": "people.csv", "mimeType": "text/csv", "buffer": data}


def row(email, **cells):
    return {"Work e-mail": email, **cells}


def checks(page, file):
    page.get_by_label("File", exact=True).set_input_files(file)
    presses(page, "Check this file")


def brings_people_in(page, way, one, other):
    page.goto(OURS)
    follows(page, "Import a spreadsheet")
    header = downloads(page, "CSV")[0]
    good = [
        row(one.work_email, Post="Head of flags"),
        row(other.work_email, Post="Keeper of flags"),
        row("bo.new@boston.example", Name="Bo New"),
    ]
    checks(page, spreadsheet(header, *good, row("nonsense")))
    says(page, "3 changes: 1 new, 2 changed", "Keeper of flags", "Bo New", "nonsense")
    shuts_nobody_out(page, way)
    follows(page, "import the file again")
    checks(page, spreadsheet(header, *good))
    presses(page, "Apply 3 changes")
    says(page, "1 added, 2 changed")


def finds_it_in_the_history(page, person):
    page.goto(OURS)
    follows(page, "History of these records")
    says(page, person.name, "Head of flags", ROLES[KEEPER].who.partition(",")[0])
    assert "Head of flags" in str(downloads(page, "CSV"))


def takes_the_file_back(page):
    page.goto(OURS)
    follows(page, "Imports")
    follows(page, "people.csv")
    presses(page, "Undo this import")
    says(page, "Undone at")


def releases(page, person):
    page.goto(f"/skills/people/{person.pk}/")
    follows(page, "Transfer to another partner")
    page.select_option("#id_to_partner", label="City of Lincoln Council")
    presses(page, f"Release {person.name}")
    says(page, "City of Lincoln Council", "Withdraw this transfer")


def says_somebody_left(page, way, person):
    page.goto(f"{OURS}?name={person.name}")
    assert person.name in str(downloads(page, "Download these people as CSV"))
    page.check(f"#person-{person.pk}")
    presses(page, "Mark as left")
    shuts_nobody_out(page, way)
    presses(page, "Mark as left")
    says(page, "1 person marked as left: hidden at once")
    page.goto(f"/skills/?q={person.name}")
    assert page.get_by_role("link", name=person.name).count() == 0


def test_a_coordinator_keeps_the_records_right(visitor, way):
    one, other = ordinary_people("boston", 2)
    page = signs_in(visitor, KEEPER, way)
    looks_after_records(page)
    brings_people_in(page, way, one, other)
    finds_it_in_the_history(page, one)
    takes_the_file_back(page)
    releases(page, other)
    says_somebody_left(page, way, one)
    assert visitor.refused == []


# The partnership coordinator.


def answers_a_proposal(page):
    proposal = SkillProposal.objects.filter(state="open").first()
    page.goto("/skills/proposals/")
    follows(page, proposal.name)
    page.select_option("#id_accept-category", index=1)
    presses(page, "Add it to the catalogue")
    says(page, "is now in the catalogue")


def turns_a_gap_into_an_alias(page, words):
    page.goto("/skills/unanswered-searches/")
    follows(page, f"Choose another skill for {words}")
    page.fill("#id_alias-skill", "VMware vSphere")
    presses(page, "Add it as another name")
    page.goto(f"/skills/?q={words}")
    says(page, "VMware vSphere")
    assert page.locator(".app-result").count()


def accepts_a_transfer(page, person):
    releases(page, person)
    page.goto("/skills/our-people/")
    follows(page, "Transfers between partners")
    follows(page, person.name)
    presses(page, "Accept this transfer")
    person.refresh_from_db()
    assert person.partner.slug == "lincoln"


def reads_the_history(page):
    page.goto("/skills/our-people/")
    follows(page, "Lincolnshire County Council")
    follows(page, "History of these records")
    says(page, "Transfer", "City of Lincoln Council", "Margaret Ellershaw")


def test_the_partnership_coordinator_answers_everybody(visitor, way):
    page = signs_in(visitor, LEAD, way)
    answers_a_proposal(page)
    turns_a_gap_into_an_alias(page, GAPS[way])
    accepts_a_transfer(page, ordinary_people("lincolnshire", 1)[0])
    reads_the_history(page)
    assert visitor.refused == []


# A member of staff.


def adds_a_skill(page, typed):
    page.goto("/skills/my-record/")
    follows(page, "Add a skill")
    page.fill("#id_q", typed)
    presses(page, "Look it up")
    page.check("[name=skill] >> nth=0")
    presses(page, "Continue")
    page.check("[name=level][value='2']")
    presses(page, "Save")
    says(page, "Your skill is saved")
    presses(page, "Still right")
    says(page, "Your record is confirmed")


def proposes(page, name):
    follows(page, "Add a skill")
    page.fill("#id_q", name)
    presses(page, "Look it up")
    follows(page, "Propose it to the partnership coordinator")
    assert page.input_value("#id_name") == name
    page.fill("#id_description", "What the records of a year say")
    page.fill("#id_why", "The archive rings us")
    presses(page, "Propose")
    if page.get_by_text("Is it one of these?").count():
        page.get_by_label("None of these").check()
        presses(page, "Continue")
    says(page, f"“{name}” has been proposed")


def asks_why(page):
    page.goto("/skills/?q=cobol")
    follows(page, "Somebody missing?")
    page.fill("#id_person", "Callum Stubbings")
    presses(page, "Tell me why")
    says(page, "Callum Stubbings does not turn up", "What to do about it")


def test_a_member_of_staff_keeps_an_own_record(visitor, way):
    page = signs_in(visitor, STAFF, way)
    adds_a_skill(page, SKILLS[way])
    proposes(page, PROPOSED[way])
    asks_why(page)
    assert visitor.refused == []


# A reader.


def sees_no_mobile(page, person):
    page.goto(f"/skills/people/{person.pk}/")
    says(page, person.name)
    assert person.mobile not in page.content()


def finds_nothing_to_change(page):
    menu = page.get_by_role("navigation", name="Menu").inner_text()
    assert "Our people" not in menu
    assert page.locator("main form[method=post]").count() == 0
    for address in (OURS, "/skills/unanswered-searches/", "/skills/transfers/"):
        assert page.goto(address).status == 403


def test_a_reader_reads_and_changes_nothing(visitor, way):
    person = StaffMember.objects.in_post().exclude(mobile="").first()
    page = signs_in(visitor, READER, way)
    sees_no_mobile(page, person)
    finds_nothing_to_change(page)
    assert visitor.refused == []
