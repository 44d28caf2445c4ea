"""Lists taken away from the administration, each remembered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect

from partners.spreadsheets.table import MOST_ROWS
from partners.spreadsheets.writing import download
from skills.imports.columns import titles
from skills.records import actions

TOO_MANY = (
    f"A workbook holds at most {MOST_ROWS:,} rows, as many as an import takes: "
    "filter the list, or download it as CSV"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken away: whose records, how many rows, and how they are made."""

    what: str
    columns: dict
    ids: list[int]
    rows: Iterable
    staff_ids: list[int]


def hand_over(request, taken: Taken, form: str):
    """The file in this form, noted with its filters and the people in it."""
    if form == "xlsx" and len(taken.ids) > MOST_ROWS:
        messages.error(request, TOO_MANY)
        listed = request.path.rpartition("/")[0]
        return redirect(f"{listed}/?{request.GET.urlencode()}")
    actions.note_export(
        by=request.user,
        what=taken.what,
        filters={key: request.GET.getlist(key) for key in request.GET},
        staff_ids=taken.staff_ids,
    )
    about = (taken.what.replace(" ", "-"), *request.GET.values())
    return download(form, about, titles(taken.columns), taken.rows)
