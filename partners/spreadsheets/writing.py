"""Files that are safe to open in a spreadsheet and honest when they break off."""

import csv
import io
import logging
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from partners.spreadsheets.workbook import SHEET, escaped

logger = logging.getLogger(__name__)

# What a spreadsheet takes for a formula, also after spaces and in full width.
_TRIGGER = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[ \u3000]*[\t\r])")
BROKEN_OFF = "This file is incomplete: something went wrong while it was written."
_BLOCK = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AS_TEXT = "@"
_WIDTHS = (10, 48)
_LONGEST_TEXT = 32_767
FORMS = ("csv", "excel", "xlsx")


def guard(text: str) -> str:
    """The cell as it may safely stand in a file: an apostrophe before a formula."""
    return f"'{text}" if _TRIGGER.match(text) else text


def unguard(cell: str) -> str:
    """The text a guarded cell stands for: exactly one apostrophe taken off."""
    if cell.startswith("'") and _TRIGGER.match(cell):
        return cell[1:]
    return cell


class _Line:
    """Takes what the csv writer writes and hands it on."""

    def write(self, text):
        return text


def lines(header: Iterable[str], rows: Iterable[Iterable], *, excel=False):
    """The file in blocks of text; a break is logged and said in its last line."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield ("\ufeff" if excel else "") + writer.writerow(header)
    written = map(writer.writerow, _whole([*map(_cell, row)] for row in rows))
    while block := list(islice(written, _BLOCK)):
        yield "".join(block)


def _whole(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows; where they break off, one that says so."""
    try:
        yield from rows
    except Exception:
        logger.exception("An export broke off")
        yield [BROKEN_OFF]


def _cell(value):
    text = "" if value is None else str(value)
    # Most cells begin with a letter or a digit, and the pattern takes its time.
    return text if text[:1].isalnum() else guard(text)


def file_name(*parts: str, ending: str = "csv") -> str:
    """What the file is about, and today's date."""
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(filter(None, parts)).lower())
    return f"{words.strip('-')[:80]}-{timezone.localdate().isoformat()}.{ending}"


def csv_response(name, header, rows, *, excel=False) -> StreamingHttpResponse:
    """A download streamed row by row."""
    return StreamingHttpResponse(
        lines(header, rows, excel=excel),
        content_type="text/csv; charset=utf-8",
        headers=_headers(name),
    )


def xlsx_response(name, header, rows) -> HttpResponse:
    """A workbook in which every cell is text: nothing is worked out or cut short."""
    file = io.BytesIO()
    write_workbook(file, header, rows)
    return HttpResponse(file.getvalue(), content_type=_XLSX, headers=_headers(name))


def download(form: str, about, header, rows) -> HttpResponseBase:
    """A file in one of the FORMS; `about` is what its name is made of."""
    if form == "xlsx":
        return xlsx_response(file_name(*about, ending="xlsx"), header, rows)
    return csv_response(file_name(*about), header, rows, excel=form == "excel")


def _headers(name):
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }


def write_workbook(file, header: Iterable[str], rows: Iterable[Iterable]) -> None:
    """One sheet of text cells; a break is logged and said in its last row."""
    header = list(header)
    written = _whole([*map(_text, row)] for row in rows)
    first = list(islice(written, _BLOCK))
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    _set_columns(sheet, [header, *first])
    cells = [_cell_of_text(sheet) for _ in header]
    sheet.append([_title(sheet, text) for text in header])
    for row in chain(first, written):
        for cell, text in zip(cells, row, strict=False):
            cell.value = text or None
            # Whatever it begins with or looks like.
            cell.data_type = "s" if text else "n"
        sheet.append(cells[: len(row)])
    book.save(file)


def _text(value) -> str:
    text = "" if value is None else str(value)
    if len(text) > _LONGEST_TEXT:
        raise ValueError("A cell of a workbook has at most 32,767 characters")
    # A person's file may have been guarded as CSV, so reading takes one guard off.
    return escaped(text if unguard(text) == text else f"'{text}")


def _set_columns(sheet, rows):
    """Each as wide as what is in it, and text also where somebody adds a row."""
    for place, texts in enumerate(zip_longest(*rows, fillvalue=""), start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        widest = max(map(len, texts)) + 2
        column.width = min(max(widest, _WIDTHS[0]), _WIDTHS[1])
        column.number_format = _AS_TEXT


def _cell_of_text(sheet):
    cell = WriteOnlyCell(sheet)
    cell.number_format = _AS_TEXT
    return cell


def _title(sheet, text):
    cell = _cell_of_text(sheet)
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell
