"""What a row about a person comes to."""

from datetime import date

import pytest

from partners.models import StaffMember
from tests.factories import LONG_AGO, make_person, make_site
from tests.skills.imports.files import only, sentences

pytestmark = pytest.mark.django_db


def problem(batch):
    ((_, column, sentence),) = sentences(batch)
    return column, sentence


def test_a_new_e_mail_adds_a_person(people):
    row = only(people(["Name", "Work e-mail"], ["Bo New", "bo@boston.example"]))
    assert (row.outcome, row.label) == ("new", "Bo New")
    assert row.values["name"] == "Bo New"


def test_a_changed_cell_shows_old_and_new(people, ada):
    row = only(people(["e-mail", "POST"], ["ADA@boston.example", "Manager"]))
    assert (row.outcome, row.target, row.version) == ("changed", ada.pk, 1)
    assert row.changes == [["Post", "Engineer", "Manager"]]
    assert row.old == {"post": "Engineer"}


def test_nothing_is_written_by_a_check(people, ada):
    people(["Work e-mail", "Post"], ["ada@boston.example", "Manager"])
    ada.refresh_from_db()
    assert (ada.post, ada.version) == ("Engineer", 1)


def test_a_blank_cell_leaves_a_value_alone(people, ada):
    batch = people(["Work e-mail", "Post"], ["ada@boston.example", ""])
    assert only(batch).outcome == "unchanged"


def test_a_hyphen_clears_a_value(people, ada):
    batch = people(["Work e-mail", "Post"], ["ada@boston.example", "-"])
    assert only(batch).changes == [["Post", "Engineer", ""]]


def test_a_hyphen_does_not_clear_a_name(people, ada):
    batch = people(["Work e-mail", "Name"], ["ada@boston.example", "-"])
    assert problem(batch) == ("Name", "Enter the name: it cannot be cleared")


def test_a_record_that_says_a_hyphen_is_left_alone(people, ada):
    StaffMember.objects.filter(pk=ada.pk).update(post="-")
    batch = people(["Work e-mail", "Post"], ["ada@boston.example", "-"])
    assert only(batch).outcome == "unchanged"


def test_our_id_says_who_it_is(people, ada):
    batch = people(["Id", "Post"], [str(ada.pk), "Manager"])
    assert only(batch).target == ada.pk


def test_id_and_e_mail_must_agree(people, ada, staff_user):
    batch = people(["Id", "Work e-mail"], [ada.pk, staff_user.person.work_email])
    assert "The id belongs to Ada Able" in problem(batch)[1]


@pytest.mark.parametrize("number", ["x", "1.5", "9" * 30, "-1", "٣"])
def test_an_id_is_a_whole_number(people, number):
    assert "whole number" in problem(people(["Id", "Post"], [number, "x"]))[1]


def test_somebody_needs_an_id_or_an_e_mail(people):
    batch = people(["Name", "Work e-mail"], ["Bo New", ""])
    assert problem(batch) == ("Work e-mail", "Enter the work e-mail, or our id")


@pytest.mark.parametrize("who", ["pk", "work_email"])
def test_people_of_other_partners_are_refused_unnamed(people, lincoln, who):
    theirs = make_person(lincoln, "Tess Theirs", work_email="tess@lincoln.example")
    column = {"pk": "Id", "work_email": "Work e-mail"}[who]
    batch = people([column, "Post"], [getattr(theirs, who), "x"])
    row = only(batch)
    assert row.outcome == "error"
    assert "ask the partnership coordinator" in problem(batch)[1]
    assert "Tess" not in str([row.label, row.problems, row.old, row.changes])
    assert row.target is None


@pytest.mark.parametrize("named", ["Lincoln", "City of Lincoln Council", "lincoln"])
def test_a_row_that_names_another_partner_is_refused(people, ada, lincoln, named):
    batch = people(["Work e-mail", "Partner"], [ada.work_email, named])
    assert problem(batch)[0] == "Partner"


@pytest.mark.parametrize("named", ["", "BOSTON", "Boston Borough Council"])
def test_a_row_may_name_its_own_partner(people, ada, named):
    batch = people(["Work e-mail", "Partner"], [ada.work_email, named])
    assert only(batch).outcome == "unchanged"


def test_a_key_twice_in_the_file_names_the_other_line(people, ada):
    header = ["Id", "Work e-mail", "Post"]
    batch = people(header, [ada.pk, "", "x"], ["", "Ada@Boston.example", "y"])
    assert [(line, said[:6]) for line, _, said in sentences(batch)] == [
        (2, "Line 3"),
        (3, "Line 2"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Name", "x" * 121, "Shorten the name to 120"),
        ("Work telephone", "ring me", "Enter a telephone number"),
        ("Work mobile", "7.7E+09", "spreadsheet cut"),
        ("Base site", "Nowhere", "own sites: Town Hall"),
        ("Full-time equivalent", "2", "from 0.01 to 1"),
        ("Full-time equivalent", "0.123", "from 0.01 to 1"),
        ("Full-time equivalent", "NaN", "is no share"),
        ("Willing to help", "perhaps", "neither yes nor no"),
        ("Left on", "31/02/2026", "calendar"),
        ("Post", "a\x0bb", "invisible characters"),
    ],
)
def test_a_bad_cell_says_what_to_do(people, ada, boston, column, value, said):
    make_site(boston)
    batch = people(["Work e-mail", column], [ada.work_email, value])
    found, sentence = problem(batch)
    assert found == column
    assert said in sentence


def test_every_bad_cell_of_a_row_is_said(people, ada):
    header = ["Work e-mail", "Work telephone", "Left on"]
    batch = people(header, [ada.work_email, "x", "y"])
    assert [c for _, c, _ in sentences(batch)] == ["Work telephone", "Left on"]


def test_somebody_new_needs_a_name_and_a_proper_e_mail(people):
    batch = people(["Name", "Work e-mail"], ["", "nonsense"])
    assert [said for *_, said in sentences(batch)] == [
        "Enter the work e-mail in the form name@partner.gov.uk",
        "Enter the name",
    ]


def test_a_lost_nought_is_put_back_and_said(people, ada):
    batch = people(["Work e-mail", "Work mobile"], [ada.work_email, "7700900123"])
    (change,) = only(batch).changes
    assert change[2].startswith("07700900123 (The 0")


def test_a_leaver_s_record_is_not_changed(people, boston):
    gone = make_person(boston, "Gil Gone", left_on=LONG_AGO)
    batch = people(["Work e-mail", "Left on"], [gone.work_email, "-"])
    assert "has left" in problem(batch)[1]


def test_a_leaver_s_row_may_stand_unchanged(people, boston):
    gone = make_person(boston, "Gil Gone", left_on=LONG_AGO)
    batch = people(["Work e-mail", "Left on"], [gone.work_email, "1/1/2020"])
    assert only(batch).outcome == "unchanged"


def test_nobody_marks_themselves_as_left(people, coordinator):
    own = coordinator.person.work_email
    batch = people(["Work e-mail", "Left on"], [own, "1/1/2026"])
    assert "You cannot mark yourself" in problem(batch)[1]


def test_all_columns_are_written(people, apply, boston):
    hall = make_site(boston)
    header = ["Name", "E-mail", "Job", "Site", "FTE", "Willing"]
    apply(people(header, ["Bo", "bo@boston.example", "Ops", "town hall", "60%", "Y"]))
    bo = StaffMember.objects.get(work_email="bo@boston.example")
    assert (bo.name, bo.post, bo.base_site) == ("Bo", "Ops", hall)
    assert (str(bo.full_time_equivalent), bo.is_willing_to_help) == ("0.60", True)
    assert (bo.partner, bo.version) == (boston, 1)


def test_a_colleague_is_marked_as_left_on_a_day(people, apply, ada):
    apply(people(["Work e-mail", "Left on"], [ada.work_email, "1 November 2026"]))
    ada.refresh_from_db()
    assert ada.left_on == date(2026, 11, 1)
