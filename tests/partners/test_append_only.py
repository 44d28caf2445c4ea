"""What happened is added to: the tables refuse to change, lose or forget it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from partners.models import Anonymisation
from tests import tree
from tests.factories import make_partner, make_person, make_site


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


@pytest.mark.django_db
@pytest.mark.parametrize("table", kept())
def test_only_who_makes_leavers_nameless_may_rewrite_history(table):
    body = _guard(table)
    assert "current_setting('lincs_ict.anonymising', true) = 'on'" in body
    assert "TG_OP = 'UPDATE'" in body


def _guard(table):
    """What the trigger of a table of events does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_append_only_%%'",
            [table],
        )
        return cursor.fetchone()[0]


SCRUB = "SET LOCAL lincs_ict.anonymising = 'on'; "


@pytest.mark.parametrize(
    "what",
    [
        "DELETE FROM {}",
        "UPDATE {} SET pgh_label = 'x'",
        "UPDATE {} SET pgh_created_at = now() - interval '1 day'",
        "UPDATE {} SET pgh_obj_id = 0",
    ],
)
def test_even_they_remove_nothing_and_change_no_moment(boston, what):
    assert "Cannot" in refuses(SCRUB + what.format("partners_partnerevent"))


def test_even_they_empty_nothing(boston):
    assert "never emptied" in refuses(SCRUB + "TRUNCATE partners_partnerevent")


@pytest.mark.django_db(transaction=True)
def test_the_leave_to_rewrite_ends_with_the_transaction():
    make_partner("Boston")
    rewrite = "UPDATE partners_partnerevent SET short_name = 'Bosten'"
    with transaction.atomic():
        assert refuses(SCRUB + rewrite) is None
    assert "Cannot" in refuses(rewrite)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["DELETE FROM {}", "UPDATE {} SET at = now()"])
def test_who_was_made_nameless_stays_written_down(what):
    Anonymisation.objects.create(staff_id=1, rows={})
    assert "Cannot" in refuses(SCRUB + what.format("partners_anonymisation"))
    assert "never emptied" in refuses("TRUNCATE partners_anonymisation")
