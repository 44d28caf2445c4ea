"""Titles of columns as people write them, and sentences about those nobody knows."""

import pytest

from partners.spreadsheets.table import (
    Column,
    UnreadableFile,
    letters,
    plain,
    quoted,
    rows_of,
)

COLUMNS = {
    "work_email": Column("Work e-mail", ("e-mail", "mail address")),
    "name": Column("Name", ("Prénom et nom",)),
    "skill": Column("Skill", is_required=True),
}


def read(*lines):
    return rows_of(enumerate(lines, start=1), COLUMNS)


def refusal(*lines):
    with pytest.raises(UnreadableFile) as refused:
        read(*lines)
    return str(refused.value)


@pytest.mark.parametrize(
    "title",
    [
        *("Work e-mail", "WORK E-MAIL", "work email", " Work  E–mail ", "workemail"),
        *("E-mail", "Email", "e mail", "work_email", "Ｅ-mail", "Mail-Address"),
    ],
)
def test_a_title_is_known_however_it_is_written(title):
    (row,) = read([title, "Skill"], ["a@b.example", "DNS"])
    assert row.cells == {"work_email": "a@b.example", "name": "", "skill": "DNS"}


@pytest.mark.parametrize("title", ["PRENOM ET NOM", "Pre\u0301nom et nom"])
def test_accents_do_not_matter_in_a_title(title):
    (row,) = read(["skill", title], ["DNS", "Zoë"])
    assert row.cells["name"] == "Zoë"


def test_a_row_knows_its_line_and_blank_ones_are_passed_over():
    rows = read([], ["", " "], ["Skill"], [" "], ["DNS"], [], ["VPN "])
    assert [(row.line, row.cells["skill"]) for row in rows] == [(5, "DNS"), (7, "VPN")]


def test_a_header_alone_is_no_mistake():
    assert read(["Skill"]) == []


def test_short_rows_and_empty_columns_are_no_mistake():
    (row,) = read(["Skill", "Name", "", " "], ["DNS", "", "", ""])
    assert row.cells["name"] == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "The file is empty"),
        ([[], [""]], "The file is empty"),
        ([["Skill", "Nmae"]], "A column of the file is not known: “Nmae”. Did you"),
        ([["Skill", "Nmae"]], "mean “Name”?"),
        ([["Skill", "a1", "b2"]], "Columns of the file are not known: “a1” and “b2”"),
        ([["Skill", "zzz"]], "The columns are Work e-mail, Name, Skill."),
        ([["x", "y"]], "The first row must hold the titles"),
        ([["Name"]], "needs a column called “Skill”"),
        ([["Skill", "E-mail", "Work email"]], "Columns B (“E-mail”) and C (“Work em"),
        ([["Skill", "E-mail", "Work email"]], "are both “Work e-mail”: keep one"),
        ([["Skill"], ["DNS", "more"]], "Line 2 has “more” in column B, which has no"),
        ([["Skill", "", "Name"], ["DNS", "x"]], "Line 2 has “x” in column B"),
        ([["Skill", *[""] * 1000]], "more than 1,000 columns"),
    ],
)
def test_what_cannot_be_taken_is_said_with_what_to_do(lines, said):
    assert said in refusal(*lines)


def test_no_more_rows_are_read_than_an_import_takes(monkeypatch):
    monkeypatch.setattr("partners.spreadsheets.table.MOST_ROWS", 2)
    assert len(read(["Skill"], ["a"], ["b"], [])) == 2
    assert "more than 2 rows" in refusal(["Skill"], ["a"], [], ["b"], ["c"])


def test_a_refusal_is_short_however_long_the_titles_are():
    titles = ["x" * 10_000 + str(n) for n in range(500)]
    assert len(refusal(["Skill", *titles])) < 1000


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_what_is_quoted_is_tidy_and_short():
    assert quoted(["a\n\0b"]) == "“a b”"
    assert quoted(["a", "b", "c"]) == "“a”, “b” and “c”"
    assert quoted("abcdefg") == "“a”, “b”, “c”, “d”, “e” and 2 more"


def test_a_title_in_no_letters_at_all_is_like_none():
    assert plain("–") == ""
