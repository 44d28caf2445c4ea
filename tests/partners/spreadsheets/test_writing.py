"""Files a spreadsheet opens as text, and that come back byte for byte."""

import csv
import io
import logging

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from partners.spreadsheets.writing import (
    BROKEN_OFF,
    FORMS,
    csv_response,
    download,
    file_name,
    guard,
    lines,
    unguard,
    xlsx_response,
)

DANGEROUS = [
    *("=1+1", "+44 1632 960001", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "  @x"),
    *(
        "\u3000=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "'=1",
        "''=1",
        "' =1",
        "\t",
        "\r",
        "\n=1",
    ),
    "\u00a0=1",
]
HARMLESS = ["", "Ada", "01632 960001", "a=1", "O'Neill", "'tis", "Zoë\nAdams", "0012"]


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_made_text(text):
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(text):
    assert guard(text) == text
    assert unguard(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\n\u3000＝＠ab0"), max_size=8))
@example("'''=")
def test_a_guarded_cell_always_comes_back(text):
    assert unguard(guard(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_begins_as_a_formula_does(text):
    assert guard(text).lstrip()[:1] not in {*"=+-@＝＋－＠"} - {""}


@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
def test_a_file_of_ours_comes_back_byte_for_byte(cells):
    header, *rows = read("".join(lines(["H"], [[cell] for cell in cells])))
    back = [unguard(row[0]) if row else "" for row in rows]
    assert header == ["H"]
    assert back == cells


def test_lines_end_as_the_standard_says_and_quotes_are_doubled():
    text = "".join(lines(["A", "B"], [['say "hi"', "x,y"], [None, 3]]))
    assert text == 'A,B\r\n"say ""hi""","x,y"\r\n,3\r\n'


@pytest.mark.parametrize(("excel", "begins"), [(True, "\ufeffA"), (False, "A")])
def test_the_mark_for_excel_is_there_when_asked_for(excel, begins):
    assert "".join(lines(["A"], [], excel=excel)).startswith(begins)


def test_a_file_that_breaks_off_says_so_in_its_last_line(caplog):
    def rows():
        yield ["Ada"]
        raise OSError("disk")

    with caplog.at_level(logging.ERROR):
        text = "".join(lines(["Name"], rows()))
    assert read(text)[-1] == [BROKEN_OFF]
    assert "An export broke off" in caplog.text


def test_rows_before_the_break_are_kept():
    def rows():
        yield ["Ada"]
        raise OSError("disk")

    assert read("".join(lines(["Name"], rows()))) == [["Name"], ["Ada"], [BROKEN_OFF]]


def test_rows_are_written_as_they_come():
    taken = []
    rows = ([taken.append(n) or str(n)] for n in range(1000))
    written = lines(["N"], rows)
    next(written), next(written)
    assert 0 < len(taken) < 1000


@time_machine.travel("2026-11-22T23:30:00Z")
@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("skills", "VPN", "Boston"), "skills-vpn-boston-2026-11-22.csv"),
        (("skills", "", "Level: Expert"), "skills-level-expert-2026-11-22.csv"),
        (("skills", '"; rm -rf\r\nX: y'), "skills-rm-rf-x-y-2026-11-22.csv"),
        (("skills", "x" * 300), f"skills-{'x' * 73}-2026-11-22.csv"),
    ],
)
def test_a_file_is_named_for_what_it_holds_and_when(parts, name):
    assert file_name(*parts) == name


def test_a_download_is_kept_by_nobody_on_the_way():
    response = csv_response("x.csv", ["A"], [["1"]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="x.csv"'
    assert response["Cache-Control"] == "no-store"
    assert response.streaming


def sheet_of(*args):
    return load_workbook(io.BytesIO(xlsx_response("x.xlsx", *args).content)).active


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS, "1e5", "TRUE", "#N/A"])
def test_every_cell_of_a_workbook_is_text(text):
    cell = sheet_of(["A"], [[text]])["A2"]
    assert cell.number_format == "@"
    assert cell.data_type == ("s" if text else "n")


def test_a_workbook_is_made_to_be_read():
    sheet = sheet_of(["Name", "Work e-mail"], [["Ada", "a" * 20], [None, "b" * 99]])
    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert sheet.freeze_panes == "A2"
    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert widths == [10, 48]
    assert sheet["A3"].value is None


def test_a_workbook_that_breaks_off_says_so_in_its_last_row(caplog):
    sheet = sheet_of(["Name", "Post"], [["Ada", "x"], ["Bob", "y" * 40_000]])
    assert [cell.value for cell in sheet[3]] == [BROKEN_OFF, None]
    assert "An export broke off" in caplog.text


@time_machine.travel("2026-11-22T12:00:00Z")
@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_its_name_and_kind(form):
    response = download(form, ("people", "Boston"), ["A"], [["1"]])
    ending = "xlsx" if form == "xlsx" else "csv"
    kind = "officedocument.spreadsheetml" if form == "xlsx" else "text/csv"
    assert f'people-boston-2026-11-22.{ending}"' in response["Content-Disposition"]
    assert kind in response["Content-Type"]
    assert response["Cache-Control"] == "no-store"
    assert response.getvalue().startswith("\ufeff".encode()) == (form == "excel")
