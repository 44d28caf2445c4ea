"""Files people upload: what is read, and what is refused with what to do."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partners.spreadsheets.reading import MOST_BYTES, Column, UnreadableFile, read_table
from partners.spreadsheets.writing import lines

COLUMNS = {
    "name": Column("Name"),
    "post": Column("Post"),
    "work_email": Column("Work e-mail", ("e-mail",)),
}
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def read(text, name="people.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, name, COLUMNS)


def cells(text, name="people.csv"):
    found = read(text, name)
    return [tuple(filter(None, row.cells.values())) for row in found]


def refusal(text, name="people.csv"):
    with pytest.raises(UnreadableFile) as refused:
        read(text, name)
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_csv_is_read(delimiter, mark, end):
    rows = [["E-MAIL", "name"], ["z@b.example", "Zoë, the; first"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    assert cells(mark + text.getvalue()) == [("Zoë, the; first", "z@b.example")]


@pytest.mark.parametrize("name", ["a.CSV", "a.txt", "a.tsv", "my.people.csv"])
def test_the_name_may_be_any_of_a_text_file(name):
    assert cells("Name\nZoë\n", name) == [("Zoë",)]


def test_the_titles_say_what_the_delimiter_is_not_the_commonest_sign():
    text = 'Name;"Post";E-mail\n"a,b,c";"d,e,f,g";x\n'
    assert cells(text) == [("a,b,c", "d,e,f,g", "x")]


def test_a_csv_may_begin_with_any_letters():
    assert "“PK”" in str(refusal("PK,Name\n"))


def test_a_line_that_names_the_delimiter_is_believed():
    assert read("sep=;\r\nName;Post\r\nZoë;x\r\n")[0].line == 3


def test_a_row_begins_on_its_physical_line():
    text = 'Name,Post\n"a\nb",c\n\nd,"e\r\n\r\nf"\ng,h\n'
    assert [row.line for row in read(text)] == [2, 5, 8]
    assert read(text)[1].cells["post"] == "e\r\n\r\nf"


def test_one_guard_is_taken_off_and_blanks_around():
    text = "Name,Post\n'=1+1,  '+44  \n''=x,'tis\n"
    assert cells(text) == [("=1+1", "'+44"), ("'=x", "'tis")]


@pytest.mark.parametrize(
    ("data", "said", "line"),
    [
        (b"", "empty", None),
        (b"\xef\xbb\xbf", "empty", None),
        ("Name\nZoë\n".encode("cp1252"), "CSV UTF-8 (comma delimited)", 2),
        ("Name\nZoë\n".encode("utf-16"), "UTF-16", None),
        ("Name\nZoë\n".encode("utf-16-le"), "UTF-16", None),
        ("Name\nZoë\n".encode("utf-16-be"), "UTF-16", None),
        (b"Name,Post\na,b\na\0b,c\n" + b"d\n" * 100, "NUL", 3),
        (b'Name\nx\n"a\nb\n', "begins on line 3", 3),
        (b'Name\n"a"b\n', "quotation mark", 2),
        (b'Name\n"' + b"x" * 200_000 + b'"\n', "131,072 characters", 2),
        (b"Name\na,b\n", "column B", 2),
        (b"PK\x03\x04 not text", "ends in .xlsx", None),
        (OLD_WORKBOOK, ".xlsx", None),
        (b"Name\n" + b"a\n" * 20_001, "20,000 rows", None),
        (b"Name\n".ljust(MOST_BYTES + 1), "5 MB", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, said, line):
    error = refusal(data)
    assert said in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("people.xls", OLD_WORKBOOK, "save it as an Excel workbook (.xlsx)"),
        ("people.xlsx", OLD_WORKBOOK, "without a password"),
        ("people.ods", b"PK\x03\x04", "save it as an Excel workbook (.xlsx)"),
        ("people.xlsx", b"Name\nZoe\n", "ends in .csv"),
        ("people.xlsx", b"", "no Excel workbook"),
        ("people.pdf", b"%PDF-1.7", "ends in .csv or .xlsx"),
        ("people", b"Name\nZoe\n", "ends in .csv or .xlsx"),
        ("", b"Name\nZoe\n", "ends in .csv or .xlsx"),
        ("people.csv/../x.exe", b"MZ", "ends in .csv or .xlsx"),
    ],
)
def test_a_name_that_lies_or_is_of_something_else_is_refused(name, data, said):
    assert said in str(refusal(data, name))


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.xlsx", "x.xls", "x"]))
@example(b"PK\x05\x06" + bytes(18), "x.xlsx")
def test_no_bytes_at_all_do_harm(data, name):
    with suppress(UnreadableFile):
        assert isinstance(read(data, name), list)


ANY_TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
LIKE_FORMULAS = st.text(st.sampled_from("'=+-@ \t\r\n\u3000＝＠\"ë0,;a"), max_size=8)
TABLES = st.lists(st.tuples(*[ANY_TEXT | LIKE_FORMULAS] * 3), max_size=6)


@given(TABLES, st.booleans())
@example([("+44 1632 960001", "007", "''=1")], True)
def test_a_csv_of_ours_comes_back_as_it_went(table, excel):
    header = [column.title for column in COLUMNS.values()]
    back = read("".join(lines(header, table, excel=excel)))
    stripped = [tuple(map(str.strip, row)) for row in table]
    expected = [row for row in stripped if any(row)]
    assert [tuple(row.cells.values()) for row in back] == expected
