"""Lists taken away in each form, and read back as an import reads them."""

import pytest
import time_machine

from partners.models import Disclosure, StaffMember
from partners.spreadsheets.reading import read_table
from skills.admin import downloads
from skills.imports import columns
from skills.models import Skill
from tests.administration import CANARY, listing, told
from tests.factories import (
    CONFIRMED,
    LONG_AGO,
    make_absence,
    make_alias,
    make_held,
    make_person,
    make_site,
    make_skill,
)

FORMS = ["csv", "csv?excel=1", "xlsx"]
PEOPLE, SKILLS = listing(StaffMember), listing(Skill)
HELD = "/admin/skills/skillheld/"


@pytest.fixture
def person(boston, coordinator):
    return make_person(
        boston,
        "Zoë  O'Neill",
        work_email="zoe@boston.example",
        post="=1+1\n\u3000-@SUM(A1)",
        telephone="+44 1632 960001",
        mobile="07700900123",
        base_site=make_site(boston, "'=Hall"),
        full_time_equivalent="0.60",
        confirmed_at=CONFIRMED,
    )


def back(client, address, table):
    """The file, read as somebody's upload."""
    answer = client.get(address)
    name = answer["Content-Disposition"].split('"')[1]
    assert "no-store" in answer["Cache-Control"]
    return [row.cells for row in read_table(answer.getvalue(), name, table)]


@pytest.mark.parametrize("form", FORMS)
def test_people_come_back_as_they_went(keeping, person, form):
    *_, row = back(keeping, f"{PEOPLE}export.{form}", columns.PEOPLE)
    assert row == {
        "id": str(person.pk),
        "work_email": "zoe@boston.example",
        "name": "Zoë  O'Neill",
        "post": person.post,
        "partner": person.partner.name,
        "telephone": "+44 1632 960001",
        "mobile": "07700900123",
        "base_site": "'=Hall",
        "full_time_equivalent": "0.6",
        "is_willing_to_help": "no",
        "confirmed_on": "2026-10-01",
        "left_on": "",
    }


@pytest.mark.parametrize("form", FORMS)
def test_skills_held_come_back_as_they_went(keeping, person, form):
    make_held(person, make_skill("C++"), 4, since_on=LONG_AGO, can_teach=True)
    (row,) = back(keeping, f"{HELD}export.{form}", columns.SKILLS_HELD)
    assert row == {
        "id": str(person.pk),
        "work_email": "zoe@boston.example",
        "name": "Zoë  O'Neill",
        "partner": "Boston Borough Council",
        "skill": "C++",
        "level": "Expert",
        "can_teach": "yes",
        "since_on": "2020-01-01",
        "last_used_on": "",
        "confirmed_on": "",
    }


@pytest.mark.parametrize("form", FORMS)
def test_absences_come_back_as_they_went(keeping, person, boston, form):
    cover = make_person(boston, work_email="ada@boston.example")
    absence = make_absence(person, LONG_AGO, cover=cover)
    (row,) = back(keeping, f"{PEOPLE}absences.{form}", columns.ABSENCES)
    assert row == {
        "id": str(absence.pk),
        "work_email": "zoe@boston.example",
        "name": "Zoë  O'Neill",
        "partner": "Boston Borough Council",
        "begins_on": "2020-01-01",
        "ends_on": "",
        "cover": "ada@boston.example",
    }


@pytest.mark.parametrize("form", FORMS)
def test_the_catalogue_goes_out_with_its_other_names(keeping, form):
    skill = make_skill("VPN", description="Ways in\nfrom outside")
    make_alias(skill, "virtual private network")
    make_alias(skill, "AnyConnect")
    (row,) = back(keeping, f"{SKILLS}export.{form}", columns.CATALOGUE)
    assert row["skill"] == "VPN"
    assert row["kind"] == "Product"
    assert row["category"] == "Networks"
    assert row["aliases"] == "AnyConnect; virtual private network"
    assert row["description"] == "Ways in\nfrom outside"


def test_the_absences_are_those_of_the_people_shown(keeping, person, boston, canary):
    make_absence(canary, LONG_AGO)
    make_absence(make_person(boston, "Bess Ordinary"), LONG_AGO)
    shown = back(keeping, f"{PEOPLE}absences.csv?q=bess", columns.ABSENCES)
    assert [row["name"] for row in shown] == ["Bess Ordinary"]
    assert len(back(keeping, f"{PEOPLE}absences.xlsx", columns.ABSENCES)) == 1
    note = Disclosure.objects.first()
    assert note.what == "absences"
    assert canary.pk not in note.staff_ids


@pytest.mark.parametrize("file", ["export", "absences"])
def test_a_workbook_holds_no_other_partner_s_people(keeping, canary, file):
    make_absence(canary, LONG_AGO)
    table = columns.PEOPLE if file == "export" else columns.ABSENCES
    rows = back(keeping, f"{PEOPLE}{file}.xlsx?post=all&o=-1", table)
    assert CANARY not in str(rows)


@time_machine.travel("2026-11-22T12:00:00Z")
def test_a_workbook_is_named_and_noted_like_the_rest(keeping, person, coordinator):
    answer = keeping.get(f"{PEOPLE}export.xlsx?q=neill&p=0")
    name = 'attachment; filename="people-neill-2026-11-22.xlsx"'
    assert answer["Content-Disposition"] == name
    note = Disclosure.objects.get()
    assert (note.by, note.what, note.staff_ids) == (coordinator, "people", [person.pk])
    assert note.filters == {"q": ["neill"]}


def test_more_than_an_import_takes_goes_out_as_csv_only(keeping, person, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_ROWS", 0)
    answer = keeping.get(f"{PEOPLE}export.xlsx?q=neill", follow=True)
    assert answer.redirect_chain == [(f"{PEOPLE}?q=neill", 302)]
    assert told(answer) == [downloads.TOO_MANY]
    assert not Disclosure.objects.exists()
    assert keeping.get(f"{PEOPLE}export.csv?q=neill").status_code == 200


@pytest.mark.parametrize("address", [PEOPLE, HELD, SKILLS])
def test_each_list_offers_each_form_with_its_filters(keeping, person, address):
    said = keeping.get(f"{address}?q=x&p=0").text
    for link in ("export.csv?q=x", "export.csv?q=x&amp;excel=1", "export.xlsx?q=x"):
        assert f'href="{link}"' in said


@pytest.mark.parametrize("number", [1, 20])
def test_a_file_is_made_with_as_many_queries_however_many_rows(
    keeping, boston, number, django_assert_num_queries
):
    for _ in range(number):
        make_absence(make_person(boston), LONG_AGO)
    keeping.get(PEOPLE)
    with django_assert_num_queries(10):
        keeping.get(f"{PEOPLE}absences.xlsx").getvalue()
