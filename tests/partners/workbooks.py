"""Workbooks made for tests, and what reading them gives."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from partners.spreadsheets.reading import Column, UnreadableFile, read_table
from partners.spreadsheets.writing import write_workbook

COLUMNS = {"name": Column("Name"), "post": Column("Post"), "base": Column("Base")}
HEADER = ["Name", "Post", "Base"]
SHEET = "xl/worksheets/sheet1.xml"


def saved(*rows, book=None):
    book = book or Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ours(rows, header=HEADER):
    file = io.BytesIO()
    write_workbook(file, header, rows)
    return file.getvalue()


def rows_of(data):
    return [tuple(row.cells.values()) for row in read_table(data, "x.xlsx", COLUMNS)]


def refusal(data):
    with pytest.raises(UnreadableFile) as refused:
        read_table(data, "x.xlsx", COLUMNS)
    return refused.value


def changed(data, *, packing=zipfile.ZIP_DEFLATED, **parts):
    """The same workbook with other text in some parts, each by a function."""
    names = {
        "sheet": SHEET,
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "types": "[Content_Types].xml",
    }
    file = io.BytesIO()
    edits = {names[part]: edit for part, edit in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", packing) as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, edits.get(name, str)(text))
    return file.getvalue()
