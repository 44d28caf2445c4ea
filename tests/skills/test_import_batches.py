"""The pages by which a file comes in, is read, confirmed and undone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure, Job, StaffMember
from skills.imports import workflow
from skills.models import ImportBatch
from tests.factories import make_batch, make_person
from tests.skills.imports.files import bring_in, table
from tests.skills.pages import text

LIST = "/skills/partners/boston/imports/"
NEW = f"{LIST}new/"
HEADER = ["Name", "Work e-mail", "Post"]
BO = ["Bo New", "bo@boston.example", "Operator"]


@pytest.fixture
def keeper(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def upload(keeper):
    def sent(data, name="people.csv", kind="people"):
        file = SimpleUploadedFile(name, data)
        return keeper.post(NEW, {"kind": kind, "file": file}, follow=True)

    return sent


def press(client, page, step):
    """Press the button of a step on a batch's page."""
    address = f"{page.request['PATH_INFO']}{step}/"
    body = page.content.decode()
    form = body[body.index(f'action="{address}"') :].partition("</form>")[0]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return client.post(address, dict(fields), follow=True)


def test_a_partner_without_files_says_so(keeper):
    assert "Nothing has been imported yet" in text(keeper.get(LIST))


def test_from_upload_to_undo(keeper, upload):
    page = upload(table(HEADER, BO))
    assert "1 change : 1 new, 0 changed" in text(page)
    page = press(keeper, page, "confirm")
    assert "1 added, 0 changed" in text(page)
    assert StaffMember.objects.filter(name="Bo New").exists()
    page = press(keeper, page, "undo")
    assert "People, Boston: undone" in text(page)
    assert not StaffMember.objects.filter(name="Bo New").exists()


def test_errors_are_shown_with_line_column_value_and_what_to_do(upload):
    page = text(upload(table([*HEADER, "Left on"], [*BO[:2], "x", "32/1/2026"])))
    assert "Left on “32/1/2026”: “32/1/2026” is not in the calendar" in page.replace(
        " :", ":"
    ), page
    assert "0 changes" in page


def test_good_rows_are_applied_by_choice(keeper, upload):
    page = upload(table(HEADER, BO, ["Al", "nonsense", ""]))
    assert "Apply the 1 good row, leave out the 1 with errors" in text(page)
    page = press(keeper, page, "confirm")
    assert "1 row with errors left out" in text(page)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "people.csv", "The file is empty"),
        (b"Name,Work e-mail\r\n", "people.csv", "no rows"),
        (b"%PDF-1.7", "people.pdf", ".csv or .xlsx"),
        (b"Gadget\r\nx\r\n", "people.csv", "Gadget"),
        ("Näme".encode("latin-1"), "people.csv", "UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "people.csv", "larger than 5 MB"),
        (b"Name,Work e-mail\r\n" + b"x,y\r\n" * 20_001, "a.csv", "20,000"),
        (b"Name,Work e-mail\r\na\0b,c\r\n", "people.csv", "NUL"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(upload, data, name, said):
    page = upload(data, name)
    assert page.request["PATH_INFO"] == NEW
    assert said in text(page)
    assert text(page).startswith("Error: ")
    assert not ImportBatch.objects.exists()


def test_an_upload_without_a_file_says_so(keeper):
    page = text(keeper.post(NEW, {"kind": "gadgets"}))
    assert "Choose a file" in page
    assert "Choose what the file holds from the list" in page


@pytest.mark.parametrize("kind", ["people", "held", "absences", "nonsense"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_comes_back_as_a_file_without_rows(keeper, upload, kind, ending):
    empty = keeper.get(f"{LIST}template.{ending}", {"kind": kind}).getvalue()
    known = kind if kind in ImportBatch.Kind.values else "people"
    assert "a header row and no rows" in text(upload(empty, f"x.{ending}", known))


def test_a_stale_confirmation_is_refused_on_the_page(keeper, upload):
    page = upload(table(HEADER, BO))
    press(keeper, page, "recheck")
    page = press(keeper, page, "confirm")
    assert "has been checked again" in text(page)
    assert not StaffMember.objects.filter(name="Bo New").exists()


@pytest.mark.parametrize("checks", ["", "x", "9" * 40, "-1", "²"])
def test_a_forged_confirmation_is_refused(keeper, upload, checks):
    page = upload(table(HEADER, BO))
    address = f"{page.request['PATH_INFO']}confirm/"
    page = keeper.post(address, {"checks": checks}, follow=True)
    assert "has been checked again" in text(page)


def test_what_changed_meanwhile_is_shown(keeper, upload, boston):
    ada = make_person(boston, "Ada Able", work_email="ada@boston.example")
    page = upload(table(HEADER, ["", "ada@boston.example", "Manager"]))
    StaffMember.objects.filter(pk=ada.pk).update(post="Architect")
    page = press(keeper, page, "confirm")
    assert "records changed after the check" in text(page)
    assert "Changed since the check (1)" in text(page)
    assert "“ICT officer” to “Architect”" in text(page)


def test_rows_are_narrowed_by_outcome(keeper, upload):
    page = upload(table(HEADER, BO, ["Al", "nonsense", ""]))
    address = page.request["PATH_INFO"]
    assert "Bo New" not in text(keeper.get(address, {"outcome": "error"}))
    assert "Bo New" in text(keeper.get(address, {"outcome": "new"}))
    assert "no outcome “x”" in text(keeper.get(address, {"outcome": "x", "page": "9"}))


def test_a_long_file_shows_its_progress_without_script(keeper, upload, monkeypatch):
    monkeypatch.setattr(workflow, "DIRECT", 0)
    page = upload(table(HEADER, BO))
    assert b'http-equiv="refresh"' in page.content
    assert "waiting for its turn" in text(page)
    Job.objects.update(done=10, total=300)
    assert "10 of 300 rows" in text(keeper.get(page.request["PATH_INFO"]))


def test_the_check_is_taken_away_as_csv_and_remembered(keeper, upload):
    page = upload(table(HEADER, BO, ["Al", "=1+1", ""]))
    got = keeper.get(f"{page.request['PATH_INFO']}rows.csv").getvalue().decode()
    lines = got.splitlines()
    assert lines[0] == "Line,Outcome,About,Column,Was,Is,What to do"
    assert "2,New,Bo New,Post,,Operator," in lines
    assert any("'=1+1" in line for line in lines)
    assert Disclosure.objects.get().what == "check of a file"


def test_script_in_a_file_is_text_on_the_page(upload):
    evil = "<script>alert(1)</script>"
    page = upload(table(HEADER, [evil, "bo@boston.example", evil]), f"{evil}.csv")
    assert evil not in page.content.decode()


def test_who_keeps_other_records_sees_no_file(client_of, their_coordinator, boston):
    batch = make_batch(boston)
    client = client_of(their_coordinator)
    assert client.get(f"/skills/imports/{batch.pk}/").status_code == 404
    for step in ("confirm", "recheck", "undo", "discard"):
        assert client.post(f"/skills/imports/{batch.pk}/{step}/").status_code == 404


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    return len(found)


@pytest.mark.parametrize("page", ["list", "batch"])
def test_a_page_asks_as_often_for_20_rows_as_for_one(keeper, coordinator, boston, page):
    def brought_in(number):
        rows = [[f"N {n}", f"n{number}.{n}@boston.example", ""] for n in range(number)]
        return bring_in(coordinator, boston, "people", table(HEADER, *rows)).pk

    one = brought_in(1)
    address = "/skills/imports/{}/" if page == "batch" else LIST
    keeper.get(LIST)
    before = queries(keeper, address.format(one))
    [make_batch(boston, uploaded_by=coordinator) for _ in range(19)]
    many = brought_in(20)
    assert queries(keeper, address.format(many)) == before
