"""Hostile words in every text the tables hold, and what a page made of them."""

import csv
from html.parser import HTMLParser
from io import StringIO
from itertools import count

from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests import tree

SCRIPT = "'\"><script>go()</script><img src=x onerror=go()>"
FORMULA = '=HYPERLINK("//x")'
_number = count(1)


def plant(words: str) -> dict[str, int]:
    """Write the words into every text column of our tables that takes them.

    How many rows each column took: one that the database refuses (a telephone
    number, a choice) is left as it was.
    """
    taken = {}
    for app in tree.FLOORS:
        for model in apps.get_app_config(app).get_models():
            if hasattr(model, "pgh_tracked_model"):  # its triggers write it
                continue
            for field in texts(model):
                taken[f"{model._meta.label}.{field.name}"] = plant_in(
                    model._base_manager.all(), field, words
                )
    return taken


def texts(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (
            field.choices
            or field.generated
            or isinstance(field, models.SlugField)
            or field.name == "password"
        )
    ]


def plant_in(rows, field, words) -> int:
    """Write the words into one column of some rows; how many took them."""
    model, done = rows.model, 0
    for pk in rows.values_list("pk", flat=True):
        text = words[: field.max_length]
        if field.unique and not field.max_length:
            text = f"{words}{next(_number)}"
        try:
            with transaction.atomic():
                row = model._base_manager.filter(pk=pk)
                done += row.update(**{field.name: text})
        except IntegrityError:
            continue
    return done


class _Page(HTMLParser):
    """Collects what a browser would run of words that were only to be read."""

    def __init__(self):
        super().__init__()
        self.runs = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        is_data = ("type", "application/json") in attrs
        if tag == "script" and "src" not in names and not is_data:
            self.runs.append("script")
        self.runs += [name for name in names if name.startswith("on")]


def what_runs(page: str) -> list[str]:
    """The scripts and handlers written within a page."""
    parser = _Page()
    parser.feed(page)
    return parser.runs


def what_reckons(file: str) -> list[str]:
    """The cells of a CSV that a spreadsheet would take for a formula."""
    rows = csv.reader(StringIO(file.removeprefix("\ufeff")))
    return [
        cell for row in rows for cell in row if cell.lstrip()[:1] in set("=+-@＝＋－＠")
    ]
