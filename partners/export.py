"""CSV that is safe to open in a spreadsheet and honest when it breaks off."""

import csv
import logging
import re
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone

logger = logging.getLogger(__name__)

# What a spreadsheet takes for a formula, also after spaces and in full width.
_TRIGGER = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[ \u3000]*[\t\r])")
BROKEN_OFF = "This file is incomplete: something went wrong while it was written."
_BLOCK = 200


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
    yield from _blocks(writer, rows)


def _blocks(writer, rows) -> Iterator[str]:
    block = []
    try:
        for row in rows:
            block.append(writer.writerow([*map(_cell, row)]))
            if len(block) == _BLOCK:
                yield "".join(block)
                block.clear()
    except Exception:
        logger.exception("An export broke off")
        block.append(writer.writerow([BROKEN_OFF]))
    yield "".join(block)


def _cell(value):
    text = "" if value is None else str(value)
    # Most cells begin with a letter or a digit, and the pattern takes its time.
    return text if text[:1].isalnum() else guard(text)


def file_name(*parts: str) -> str:
    """What the file is about, and today's date."""
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(filter(None, parts)).lower())
    return f"{words.strip('-')[:80]}-{timezone.localdate().isoformat()}.csv"


def csv_response(name, header, rows, *, excel=False) -> StreamingHttpResponse:
    """A download streamed row by row."""
    return StreamingHttpResponse(
        lines(header, rows, excel=excel),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
