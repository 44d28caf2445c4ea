"""Reading a table somebody uploaded."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from partners.spreadsheets import workbook
from partners.spreadsheets.table import (
    Column,
    Row,
    UnreadableFile,
    known_titles,
    plain,
    rows_of,
)
from partners.spreadsheets.values import (
    Telephone,
    parse_day,
    parse_share,
    parse_telephone,
    parse_yes_no,
)
from partners.spreadsheets.writing import unguard

__all__ = [
    "MOST_BYTES",
    "Column",
    "Row",
    "Telephone",
    "UnreadableFile",
    "parse_day",
    "parse_share",
    "parse_telephone",
    "parse_yes_no",
    "read_table",
]

MOST_BYTES = 5 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
_TEXT_NAMES = {".csv", ".txt", ".tsv", ".tab"}
_WORKBOOK_NAMES = {".xlsx", ".xlsm"}
_OTHER_WORKBOOKS = {".xls", ".xlsb", ".ods", ".numbers", ".xlt", ".xltx"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\r?\n?')

SAVE_AS_UTF_8 = (
    "Save it again as UTF-8 (in Excel: File, Save as, “CSV UTF-8 (comma delimited)”), "
    "or upload it as .xlsx"
)
SAVE_AS_XLSX = "Open it and save it as an Excel workbook (.xlsx), without a password"


def read_table(data: bytes, file_name: str, columns: Mapping[str, Column]) -> list[Row]:
    """The rows of a CSV or XLSX file; raises UnreadableFile with a sentence.

    Cells are unguarded and stripped; a column the file does not have reads "".
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile("The file is larger than 5 MB: cut it in two")
    ending = PurePath(file_name).suffix.lower()
    if data.startswith(_OLD_OFFICE) or ending in _OTHER_WORKBOOKS:
        raise UnreadableFile(
            f"This workbook is of an older or other kind, or locked. {SAVE_AS_XLSX}"
        )
    if ending in _TEXT_NAMES:
        lines = _lines(_text(data), columns)
    elif ending in _WORKBOOK_NAMES:
        if not data.startswith(_ZIP):
            raise UnreadableFile(
                "This is no Excel workbook, whatever its name says. If it is a CSV "
                "file, give it a name that ends in .csv"
            )
        lines = workbook.lines_of(data)
    else:
        raise UnreadableFile("Upload a spreadsheet whose name ends in .csv or .xlsx")
    return rows_of(_unguarded(lines), columns)


def _unguarded(lines):
    for line, cells in lines:
        yield line, [unguard(cell) for cell in cells]


def _text(data: bytes) -> str:
    if data.startswith(_ZIP):
        raise UnreadableFile(
            "This is no CSV file, whatever its name says. If it is an Excel workbook, "
            "give it a name that ends in .xlsx"
        )
    if data.startswith(_UTF_16) or data[:200].count(0) > len(data[:200]) // 4:
        raise UnreadableFile(f"The file is text in UTF-16. {SAVE_AS_UTF_8}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(data.decode("latin-1"), error.start)
        raise UnreadableFile(
            f"Line {line} has characters that are not UTF-8. {SAVE_AS_UTF_8}", line
        ) from error
    if "\0" in text:
        line = _line_at(text, text.index("\0"))
        raise UnreadableFile(
            f"Line {line} has a character nobody can see (NUL): delete it, or save "
            "the file again from your spreadsheet",
            line,
        )
    return text


def _line_at(text: str, place: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:place])) + 1


def _lines(text: str, columns: Mapping[str, Column]) -> Iterator[tuple[int, list[str]]]:
    """Every row with the physical line it begins on."""
    said = _SEPARATOR.match(text)
    delimiter = said[1] if said else _delimiter(text, columns)
    reader = _reader(text, delimiter)
    if said:
        next(reader)
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile(_broken(line, error), line) from error
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1


def _reader(text, delimiter):
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _broken(line: int, error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"The row on line {line} has a cell of more than "
            f"{csv.field_size_limit():,} characters: look for a quotation mark "
            "that is never closed"
        )
    return (
        f"The row that begins on line {line} has a quotation mark that is not closed, "
        "or not doubled inside a cell: correct it, or save the file again from "
        "your spreadsheet"
    )


def _delimiter(text: str, columns: Mapping[str, Column]) -> str:
    """The delimiter under which the header row has the most known titles."""
    known = known_titles(columns)

    def fitness(delimiter):
        titles = _first_row(text, delimiter)
        return len(known.keys() & map(plain, titles)), len(titles)

    return max(DELIMITERS, key=fitness)


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        rows = _reader(text, delimiter)
        return next((row for row in rows if any(map(str.strip, row))), [])
    except csv.Error:
        return []
