"""Excel workbooks people upload: what is read of them, and what is not."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from partners.spreadsheets import workbook
from partners.spreadsheets.reading import UnreadableFile, read_table
from tests.partners.workbooks import (
    COLUMNS,
    HEADER,
    changed,
    ours,
    refusal,
    rows_of,
    saved,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 14, 30), "2026-11-22 14:30"),
        (time(9, 30), "09:30"),
        (time(9, 30, 15), "09:30:15"),
        (timedelta(hours=30), "30:00"),
        (7700900123, "7700900123"),
        (7700900123.0, "7700900123"),
        (0.6, "0.6"),
        (0.1 + 0.2, "0.3"),
        (True, "yes"),
        (False, "no"),
        (" Zoë\nAda ", "Zoë\nAda"),
        ("a_x000D_b", "a\rb"),
        ("'=1+1", "=1+1"),
        (None, ""),
    ],
)
def test_a_cell_says_what_our_own_exports_say(value, text):
    assert rows_of(saved(HEADER, ["x", value])) == [("x", text, "")]


def test_a_row_knows_its_number_in_the_sheet():
    data = saved([], HEADER, [], ["a"], [None, " "], ["b"])
    rows = read_table(data, "x.xlsx", COLUMNS)
    assert [(row.line, row.cells["name"]) for row in rows] == [(4, "a"), (6, "b")]


def test_the_first_sheet_is_read_unless_one_is_named_as_ours():
    book = Workbook()
    book.active.title = "Notes"
    book.create_sheet("More").append(HEADER)
    assert rows_of(saved(HEADER, ["first"], book=book))[0][0] == "first"
    records = book.create_sheet(workbook.SHEET)
    records.append(HEADER)
    records.append(["ours"])
    assert rows_of(saved(book=book))[0][0] == "ours"


def test_a_hidden_first_sheet_is_passed_over():
    book = Workbook()
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Shown")
    shown.append(HEADER)
    shown.append(["x"])
    assert rows_of(saved(["secret"], book=book)) == [("x", "", "")]


def test_a_formula_counts_by_the_value_its_spreadsheet_stored():
    data = saved(HEADER, ["=1+1", "=A1"])
    for value in ("<v>2</v>", "<v>2.5</v>"):
        done = changed(data, sheet=lambda text, v=value: text.replace("<v />", v))
        assert rows_of(done)[0][0] == value[3:-4]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["=1+1"], "“A2: a formula without a value”"),
        ([None, "#N/A"], "“B2: the error #N/A”"),
        (["=A1", "#REF!"], "“A2: a formula without a value” and “B2: the error #REF!”"),
        (["a_x0000_b"], "“A2: a character nobody can see (NUL)”"),
    ],
)
def test_a_cell_without_a_value_is_said_by_its_place(row, said):
    error = refusal(saved(HEADER, row))
    assert said in str(error)
    assert error.line == 2


def test_an_empty_text_from_a_formula_is_a_blank():
    data = saved(HEADER, ["x", '=""'])
    data = changed(data, sheet=lambda s: s.replace('r="B2"', 'r="B2" t="str"'))
    assert rows_of(data) == [("x", "", "")]


def test_too_many_columns_are_refused_by_line():
    assert "more than 1,000 columns" in str(refusal(saved(HEADER, ["x"] * 1001)))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("partners.spreadsheets.table.MOST_ROWS", 2)
    assert "more than 2 rows" in str(refusal(saved(HEADER, ["a"], ["b"], ["c"])))


def test_an_empty_workbook_and_a_header_alone():
    assert "empty" in str(refusal(saved()))
    assert rows_of(saved(HEADER)) == []


def test_macros_are_left_behind():
    file = io.BytesIO(saved(HEADER, ["x"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 anything")
    rows = read_table(file.getvalue(), "x.xlsm", COLUMNS)
    assert rows[0].cells["name"] == "x"


PLAIN = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
LIKELY = st.text(st.sampled_from("'=+-@ \t\r\n\u3000＝＠\"ë0_xD4\x07;a"), max_size=9)
TABLES = st.lists(st.tuples(*[PLAIN | LIKELY] * 3), max_size=4)


@settings(max_examples=60, deadline=None)
@given(TABLES)
@example([("+44 1632 960001", "007", "''=1"), ("_x0041_", "_x_x000D_", "\ufffe")])
def test_a_workbook_of_ours_comes_back_as_it_went(table):
    stripped = [tuple(map(str.strip, row)) for row in table]
    assert rows_of(ours(table)) == [row for row in stripped if any(row)]


PLACES = st.tuples(st.floats(0, 0.999), st.integers(0, 255))


@settings(max_examples=150, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=4))
def test_a_damaged_workbook_is_refused_or_read_but_never_breaks(damage):
    whole = bytearray(ours([["a", "b", "c"]]))
    for place, byte in damage:
        whole[int(place * len(whole))] = byte
    with suppress(UnreadableFile):
        assert isinstance(rows_of(bytes(whole)), list)
