"""An uploaded Excel workbook, inspected before anything in it is believed."""

import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise

from openpyxl import load_workbook

from partners.spreadsheets.table import MOST_COLUMNS, UnreadableFile, letters, quoted

SHEET = "Records"
_MOST_SHEETS = 50
_MOST_PARTS = 1_000
_MOST_UNPACKED = 50 * 1024 * 1024
# Tags in all, in one row, and where no rows are: each becomes an object or several.
_MOST_TAGS = 2_000_000
_MOST_LINES = 100_000
_MOST_TAGS_A_ROW = 100_000
_MOST_TAGS_BESIDE = 100_000
_LAST_LINE = 1_048_576
_BLOCK = 64 * 1024

_SHEETS = "xl/worksheets/"
_STRINGS = "xl/sharedstrings.xml"
_UTF_8 = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding=['\"](?!utf-8|us-ascii))", re.I
)
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=['\"]([^<>'\"]*)['\"]")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
# Bounded everywhere, so that no sheet makes the search itself a burden.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c( [^<>]{1,200})>\s*"
    rb"<(?:\w+:)?f\b[^<>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"\br=['\"]([A-Z]{1,3})([0-9]{1,7})['\"]")
_IS_TEXT = re.compile(rb"\bt=['\"]str['\"]")
_ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-F]{4})_", re.I)
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

NEW_WORKBOOK = (
    "Copy the table alone into a new workbook, save that as .xlsx and upload it"
)


def lines_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The cells of the sheet as text, each row with its number; UnreadableFile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, faults = _read(data)
    except UnreadableFile:
        raise
    except Exception as error:
        # What a broken workbook makes of the parsers under us has no common class.
        raise UnreadableFile(
            f"This workbook is damaged, or no Excel workbook. {NEW_WORKBOOK}"
        ) from error
    if faults:
        raise _faulty(faults)
    return iter(found)


def escaped(text: str) -> str:
    """Text as a workbook may hold it: characters XML has no room for, spelt out."""
    return _TO_ESCAPE.sub(lambda m: f"_x{ord(m[0]):04X}_", text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _read(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _inspected(archive)
    book = load_workbook(_repacked(parts), True, data_only=True, keep_links=False)
    sheet = _sheet(book)
    _refuse_disorder(parts[sheet._worksheet_path])
    faults = list(_uncomputed(parts[sheet._worksheet_path]))
    sheet.reset_dimensions()
    found = []
    for line, cells in enumerate(sheet.iter_rows(max_row=_LAST_LINE), start=1):
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(
                f"Line {line} has more than {MOST_COLUMNS:,} columns: delete those to "
                "the right of the table",
                line,
            )
        texts = [_text(cell) for cell in cells]
        if any(texts):
            found.append((line, texts))
            faults += _errors(line, cells)
    return found, faults


def _refuse_disorder(part: bytes) -> None:
    """Rows out of order, or past the last line, would be left out in silence."""
    numbers = [0, *map(int, _ROW_NUMBER.findall(part)), _LAST_LINE + 1]
    if any(later <= number for number, later in pairwise(numbers)):
        raise ValueError("The rows of the sheet are not in order")


def _uncomputed(part: bytes):
    """Formulas that no spreadsheet has worked out; an empty text is worked out."""
    for attributes in _FORMULA.findall(part):
        place = _PLACE.search(attributes)
        if place and not _IS_TEXT.search(attributes):
            cell = f"{place[1].decode()}{place[2].decode()}"
            yield int(place[2]), cell, "a formula without a value"


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """A workbook of nothing but what was inspected: no macros, no pictures.

    A sheet that does not say its size would be read twice to find it.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            if name.lower().startswith(_SHEETS):
                part = _DATA.sub(rb'<\1dimension ref="A1"/>\g<0>', part, count=1)
            archive.writestr(name, part)
    file.seek(0)
    return file


def _sheet(book):
    sheets = book.worksheets
    named = [sheet for sheet in sheets if sheet.title == SHEET]
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    return (named or shown or sheets)[0]


def _inspected(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts with text, all within bounds, whatever the directory says of them."""
    members = archive.infolist()
    is_large = sum(member.file_size for member in members) > _MOST_UNPACKED
    if is_large or len(members) > _MOST_PARTS:
        raise _too_large()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(
            "The workbook is locked with a password: save it without one, then "
            "upload it again"
        )
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or any(map(_is_packed_otherwise, members)):
        raise zipfile.BadZipFile
    parts, left = {}, _MOST_UNPACKED
    for member in members:
        part = _unpacked(archive, member, left)
        left -= len(part)
        if member.filename.lower().endswith((".xml", ".rels")):
            parts[member.filename] = part
    _refuse_crowded(parts)
    return parts


def _is_packed_otherwise(member) -> bool:
    return member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _unpacked(archive, member, most) -> bytes:
    """One part, read no further than `most` bytes; its check sum is compared."""
    blocks, size = [], 0
    with archive.open(member) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > most:
                raise _too_large()
            blocks.append(block)
    return b"".join(blocks)


def _refuse_crowded(parts):
    """Small files can still make millions of objects, or mean other files."""
    tags = beside = 0
    sheets = [name for name in parts if name.lower().startswith(_SHEETS)]
    if sum(name.endswith(".xml") for name in sheets) > _MOST_SHEETS:
        raise UnreadableFile(
            f"The workbook has more than {_MOST_SHEETS} sheets. {NEW_WORKBOOK}"
        )
    for name, part in parts.items():
        if not _UTF_8.match(part) or b"\0" in part or b"<!" in part:
            raise UnreadableFile(f"The workbook refers to other files. {NEW_WORKBOOK}")
        here = part.count(b"<")
        tags += here
        if name in sheets:
            beside += _beside_rows(part)
        elif name.lower() != _STRINGS:
            beside += here
    if tags > _MOST_TAGS or beside > _MOST_TAGS_BESIDE:
        raise _too_large()


def _beside_rows(part: bytes) -> int:
    """Tags of a sheet that are in no row; too many in one row are refused."""
    *rows, beside = _ROW_END.split(part)
    if len(rows) > _MOST_LINES:
        raise UnreadableFile(
            f"The workbook has more than {_MOST_LINES:,} rows, blank ones among them. "
            f"{NEW_WORKBOOK}"
        )
    number = beside.count(b"<")
    for row in rows:
        begins = _ROW.search(row)
        number += row.count(b"<", 0, begins.start() if begins else None)
        if row.count(b"<") > _MOST_TAGS_A_ROW:
            raise _too_large()
    return number


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        f"The workbook is far larger inside than a table of records. {NEW_WORKBOOK}"
    )


def _text(cell) -> str:
    """What a cell says, in the words of our own exports."""
    value = cell.value
    if isinstance(value, str):
        return _unescaped(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else _moment(value)
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours:02}:{rest // 60:02}"
    return str(value)


def _number(value: float) -> str:
    """A number with the 15 digits a spreadsheet shows; a whole one without a point."""
    if not math.isfinite(value):
        raise ValueError("A number is out of bounds")
    return str(int(value)) if value.is_integer() else format(value, ".15g")


def _moment(value: datetime) -> str:
    return f"{value.date().isoformat()} {_clock(value.time())}"


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


def _errors(line, cells):
    for place, cell in enumerate(cells):
        if cell.data_type == "e":
            yield line, f"{letters(place)}{line}", f"the error {cell.value}"
        elif isinstance(cell.value, str) and "\0" in _unescaped(cell.value):
            yield line, f"{letters(place)}{line}", "a character nobody can see (NUL)"


def _faulty(faults) -> UnreadableFile:
    cells = quoted(f"{cell}: {what}" for _, cell, what in faults)
    return UnreadableFile(
        f"What stands in some cells cannot be used – {cells}. Write there what should "
        "stand there, save the workbook and upload it again",
        faults[0][0],
    )
