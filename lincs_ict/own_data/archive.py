"""A copy of the data held about somebody, in one file to download."""

import json
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import get_template
from django.utils import timezone

from lincs_ict.own_data.kinds import MESSAGES, OPENED, TAKEN
from lincs_ict.own_data.sections import (
    held_about,
    history_of,
    in_words,
    opened,
    read_sections,
    sent,
    taken,
)
from partners.history import changes as history
from partners.models import User
from partners.spreadsheets import writing


def zip_of(user: User) -> bytes:
    """A ZIP file: everything as JSON, each kind as CSV, and a README."""
    sections = held_about(user)
    sections += read_sections(
        user, {OPENED: opened(user), TAKEN: taken(user), MESSAGES: sent(user)}
    )
    changes = history_of(user)
    files = {
        "README.txt": _readme(user, sections, changes),
        "about-me.json": _json(user, sections, changes),
        **{f"{s.kind.key}.csv": _csv(s.header, s.rows) for s in sections},
        "history.csv": _csv(history.HEADER, history.csv_rows(changes)),
    }
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return archive.getvalue()


def _readme(user, sections, changes):
    context = {
        "user": user,
        "now": timezone.now(),
        "sections": sections,
        "changes": changes,
    }
    # The template is plain text: it must not turn apostrophes into HTML.
    return get_template("lincs_ict/about_me_readme.txt").render(context)


def _json(user, sections, changes):
    """Keys in a fixed order: the same data give the same text."""
    held = {
        section.kind.key: [
            {f.name: _plain(v) for f, v in zip(section.fields, row, strict=True)}
            for row in section.rows
        ]
        for section in sections
    }
    held["history"] = [
        {
            "at": _plain(change.at),
            "who": change.who,
            "what": change.what,
            "done": change.action,
            "fields": [
                {"field": str(field), "was": was, "is": now}
                for field, was, now in change.fields
            ],
        }
        for change in changes
    ]
    about = {"login": user.email, "taken_at": _plain(timezone.now()), "held": held}
    return json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True)


def _csv(header, rows):
    return "".join(writing.lines(header, [[*map(_cell, row)] for row in rows]))


def _cell(value):
    """A value for a spreadsheet cell: days as 2026-11-22."""
    plain = _plain(value)
    return plain if isinstance(plain, str) else in_words(plain)


def _plain(value):
    """A value for JSON: local times, exact numbers."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value is None or isinstance(value, bool | int | str | dict):
        return value
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    return str(value)
