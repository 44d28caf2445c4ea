"""Files as coordinators bring them in, written a row at a time."""

import csv
import io

from partners.spreadsheets.reading import read_table
from skills.imports import workflow
from skills.imports.kinds import RULES


def table(header, *rows):
    """A CSV file as a spreadsheet would save it."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def bring_in(by, partner, kind, data, name="file.csv"):
    """The batch of a file, checked; or waiting for the worker if it is long."""
    rows = read_table(data, name, RULES[kind].columns)
    return workflow.begin(
        by=by, partner=partner, kind=kind, file_name=name, data=data, rows=rows
    )


def confirm(by, batch, *, is_partial=False):
    workflow.confirm(by=by, batch=batch, checks=batch.checks, is_partial=is_partial)
    batch.refresh_from_db()
    return batch


def only(batch):
    """The one row of a batch."""
    return batch.rows.get()


def sentences(batch):
    """What is wrong, by line: (line, column, sentence)."""
    return [
        (row.line, column, sentence)
        for row in batch.rows.order_by("line")
        for column, _, sentence in row.problems
    ]
