"""Many rows at once: COPY, with the triggers of the tables at rest."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import StringIO
from itertools import islice

from django.db import connection, models

BLOCK = 20_000
NULL = r"\N"


@contextmanager
def without_triggers(*tables: type[models.Model]) -> Iterator[None]:
    """Fill tables without history, inside a transaction.

    Invented rows need no history, and writing it would take longer than the rows.
    The owner of a table may rest its own triggers without special rights; foreign
    keys and constraints are still checked, and a rollback wakes the triggers too.
    """
    names = [connection.ops.quote_name(table._meta.db_table) for table in tables]
    with connection.cursor() as cursor:
        # A table with checks still to be made cannot be altered: make them at once.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy(
    table: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple]
) -> int:
    """Store rows with COPY, block by block; how many there were.

    Every row is the first version of itself.
    """
    named = ", ".join(map(connection.ops.quote_name, (*columns, "version")))
    name = connection.ops.quote_name(table._meta.db_table)
    iterator, total = iter(rows), 0
    with connection.cursor() as cursor, connection.wrap_database_errors:
        while block := list(islice(iterator, BLOCK)):
            text = "".join(_line(row) for row in block)
            cursor.copy_expert(f"COPY {name} ({named}) FROM STDIN", StringIO(text))
            total += len(block)
    return total


def _line(row) -> str:
    return "\t".join(map(_cell, row)) + "\t1\n"


def _cell(value) -> str:
    if value is None:
        return NULL
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def reserve_ids(table: type[models.Model], count: int) -> int:
    """The first of `count` ids in a row, taken out of the table's sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(s, nextval(s) + %s - 1)"
            " FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS s) AS q",
            [count, table._meta.db_table],
        )
        return cursor.fetchone()[0] - count + 1


def tidy(*tables: type[models.Model]) -> None:
    """Let the planner know what is in the tables now."""
    # Inside a transaction (a test's) the visibility map must wait.
    order = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table._meta.db_table)
            cursor.execute(f"{order} {name}")
