"""Many rows of a table changed at once; its triggers see each of them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, models

_UPDATE = (
    "UPDATE {table} t SET {sets} FROM unnest({arrays}) AS v({columns})"
    " WHERE t.id = v.id RETURNING t.id{version}"
)
BLOCK = 1000


def blocks(rows: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(rows), BLOCK):
        yield rows[start : start + BLOCK]


def kept(value: object) -> object:
    """A value as JSON keeps it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def update(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[tuple],
    *,
    version: str = "",
) -> dict[int, int]:
    """Set these columns, a thousand rows a statement; each row begins with its id.

    Values may be as JSON keeps them. With the name of the column `version`, what the
    rows have there now is returned by id.
    """
    quote = connection.ops.quote_name
    found = [_column(model, name) for name in names]
    columns = [quote(column) for column, _ in found]
    types = ["bigint", *(kind for _, kind in found)]
    statement = _UPDATE.format(
        table=quote(model._meta.db_table),
        sets=", ".join(f"{column} = v.{column}" for column in columns),
        arrays=", ".join(f"%s::{kind}[]" for kind in types),
        columns=", ".join(["id", *columns]),
        version=f", t.{quote(version)}" if version else "",
    )
    after = {}
    with connection.cursor() as cursor, connection.wrap_database_errors:
        for block in blocks(rows):
            cursor.execute(
                statement, [[*column] for column in zip(*block, strict=True)]
            )
            after |= {row[0]: row[-1] for row in cursor.fetchall()}
    return after


def _column(model, name):
    field = next(f for f in model._meta.concrete_fields if f.attname == name)
    # The type of a foreign key's column, without what makes it a key.
    return field.column, field.rel_db_type(connection) if (
        field.is_relation
    ) else field.db_type(connection)
