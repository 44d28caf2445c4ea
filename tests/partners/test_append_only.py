"""What happened is added to: the tables refuse to change, lose or forget it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests import tree
from tests.factories import make_person, make_site


def kept():
    """Every table of events of ours."""
    return sorted(
        model._meta.db_table
        for app in tree.FLOORS
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "pgh_tracked_model")
    )


def refuses(sql):
    """Whether the database refuses, as it is outside demonstration and tests."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lincs_ict.may_start_over = 'off'")
        try:
            with transaction.atomic():
                cursor.execute(sql)
        except DatabaseError as error:
            return str(error)
    return None


def test_every_record_people_edit_has_a_table_of_events():
    assert "partners_transferevent" in kept()
    assert len(kept()) > 12


@pytest.mark.django_db
@pytest.mark.parametrize("table", kept())
def test_history_is_never_emptied(table):
    assert "never emptied" in refuses(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("table", kept())
@pytest.mark.parametrize("trigger", ["append_only", "never_emptied"])
def test_every_table_of_events_is_guarded(table, trigger):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname LIKE %s AND tgenabled IN ('O', 'A')",
            [table, f"pgtrigger_{trigger}_%"],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("what", ["DELETE FROM {}", "UPDATE {} SET pgh_label = 'x'"])
def test_no_row_of_history_is_changed_or_removed(boston, what):
    make_site(boston)
    make_person(boston)
    for table in ("partner", "site", "staffmember"):
        said = refuses(what.format(f"partners_{table}event"))
        assert "Cannot" in said, table
