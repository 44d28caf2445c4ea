"""Databases of the tests: copied from a ready one, which is made once.

A migrated template is named after the migrations that made it, one filled with the
demonstration after what fills it as well. Whoever needs one makes it under a lock;
everybody else copies it in a second.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from psycopg2 import sql

HOME = Path(__file__).resolve().parents[2]
MIGRATIONS = ("*/migrations/*.py", "requirements/base.txt")
DEMONSTRATION = (
    *MIGRATIONS,
    "*/management/commands/load_*.py",
    "*/data/**/*",
    "lincs_ict/demonstration/**/*.py",
)
_PREFIX = "lincs_ict_ready"
_LOCK = 20_260_901


def migrated() -> str:
    """The name of a template with every table and no rows."""
    return _template("empty", _fingerprint(MIGRATIONS), _migrate)


def demonstration() -> str:
    """The name of a template that is filled with the demonstration as of today."""
    empty, today = migrated(), timezone.localdate().isoformat()

    def fill(cursor, draft):
        _create(cursor, draft, empty)
        with connected_to(draft), override_settings(DEMO=True):
            call_command("load_demonstration", stdout=io.StringIO())

    return _template("demonstration", _fingerprint(DEMONSTRATION, today), fill)


def copy(template: str, name: str) -> None:
    """Make database `name` anew as a copy of a template."""
    with _server() as cursor, _locked(cursor):
        _drop(cursor, name)
        _create(cursor, name, template)


def drop(name: str) -> None:
    with _server() as cursor:
        _drop(cursor, name)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Every connection that is opened meanwhile is one to this database."""
    connection.close()
    before = connection.settings_dict["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = before
        connection.settings_dict["NAME"] = before


def _template(kind, fingerprint, fill):
    """The template of this kind, made and renamed when it is whole."""
    name, draft = f"{_PREFIX}_{kind}_{fingerprint}", f"{_PREFIX}_{kind}_draft"
    with _server() as cursor, _locked(cursor):
        others = _names(cursor, kind)
        if name in others:
            return name
        for outdated in others:
            _drop(cursor, outdated)
        fill(cursor, draft)
        cursor.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(draft), sql.Identifier(name)
            )
        )
    return name


def _migrate(cursor, draft):
    _create(cursor, draft, "template0")
    with connected_to(draft):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def _fingerprint(patterns, *more):
    digest = hashlib.sha256(repr(more).encode())
    for path in sorted({path for pattern in patterns for path in HOME.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(HOME)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _server():
    """A cursor beside the tests' own connection, on the server's own database."""
    given = {**connection.get_connection_params(), "dbname": "postgres"}
    given.pop("cursor_factory", None)
    with closing(psycopg2.connect(**given)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor


@contextmanager
def _locked(cursor):
    """One maker or copier at a time; the lock goes with its connection."""
    cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _names(cursor, kind):
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s",
        [f"{_PREFIX}_{kind}_%"],
    )
    return [name for (name,) in cursor.fetchall()]


def _create(cursor, name, template):
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _drop(cursor, name):
    cursor.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )
