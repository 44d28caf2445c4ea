"""A copy of what is held about somebody, in one file to take away."""

import json
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import get_template
from django.utils import timezone

from lincs_ict.own_data.gathering import (
    held_about,
    in_words,
    opened,
    sent,
    taken,
    told,
    told_history,
)
from lincs_ict.own_data.kinds import MESSAGES, OPENED, TAKEN
from partners.history import changes as history
from partners.models import User
from partners.spreadsheets import writing


def archive(user: User) -> bytes:
    """A ZIP file: everything as JSON, each kind as CSV, and what it means in words."""
    sections = held_about(user)
    sections += told(
        user, {OPENED: opened(user), TAKEN: taken(user), MESSAGES: sent(user)}
    )
    changes = told_history(user)
    files = {
        "README.txt": _readme(user, sections, changes),
        "about-me.json": _json(user, sections, changes),
        **{f"{one.kind.key}.csv": _csv(one.header, one.rows) for one in sections},
        "history.csv": _csv(history.HEADER, history.csv_rows(changes)),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return made.getvalue()


def _readme(user, sections, changes):
    context = {
        "user": user,
        "now": timezone.now(),
        "sections": sections,
        "changes": changes,
    }
    # Plain text, of ours: an apostrophe in a name stays one.
    return get_template("lincs_ict/about_me_readme.txt").render(context)


def _json(user, sections, changes):
    """Canonical: the same record gives the same text."""
    held = {
        one.kind.key: [
            {f.name: _plain(v) for f, v in zip(one.fields, row, strict=True)}
            for row in one.rows
        ]
        for one in sections
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
    """A value as a spreadsheet takes it: days as 2026-11-22."""
    plain = _plain(value)
    return plain if isinstance(plain, str) else in_words(plain)


def _plain(value):
    """A value as JSON has it: times as in Lincolnshire, numbers exact."""
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
