"""The edit version: a save made from an older reading of a record is refused."""

import pghistory
import pgtrigger
from django.db import models

STALE = "version_is_newest"

# Generated columns are empty before the row is written: they do not count.
_REFUSE_STALE = f"""
    IF NEW.version <> OLD.version THEN
        RAISE EXCEPTION 'a newer version of this record was saved meanwhile'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = TG_TABLE_NAME || '_{STALE}';
    END IF;
    IF to_jsonb(NEW) - '{{name_key,search_key}}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{{name_key,search_key}}'::text[] THEN
        NEW.version = OLD.version + 1;
    END IF;
    RETURN NEW;
"""


# A new beginning is for the demonstration and the tests, whose settings say so.
_NEVER_EMPTIED = """
    IF current_setting('lincs_ict.may_start_over', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'history is added to and never emptied'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
"""

# Added to, not changed: save that leavers' names go, in a transaction that says so.
_APPEND_ONLY = """
    IF TG_OP = 'UPDATE' AND current_setting('lincs_ict.anonymising', true) = 'on' THEN
        IF (NEW.pgh_id, NEW.pgh_created_at, NEW.pgh_label, NEW.pgh_obj_id,
            NEW.pgh_context_id)
           IS NOT DISTINCT FROM
           (OLD.pgh_id, OLD.pgh_created_at, OLD.pgh_label, OLD.pgh_obj_id,
            OLD.pgh_context_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Cannot % rows of history', lower(TG_OP)
        USING ERRCODE = 'insufficient_privilege';
"""


def never_emptied():
    """A trigger that lets nobody empty a table of what happened."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=_NEVER_EMPTIED,
    )


def recorded(read_by=None, **options):
    """Class decorator: every insert, update and delete leaves a row of history.

    `read_by` names the column by which long histories are read, newest first.
    """
    meta = {
        "triggers": [
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_APPEND_ONLY,
            ),
            never_emptied(),
        ]
    }
    if read_by:
        columns = [read_by, "pgh_created_at", "pgh_id"]
        meta["indexes"] = [models.Index(fields=columns)]
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=False,  # by our own trigger, which knows of leavers
        meta=meta,
        **options,
    )


class Versioned(models.Model):
    """A record that people edit, and that knows which version of itself it is."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_REFUSE_STALE,
            )
        ]

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)
        if not is_new:
            self.refresh_from_db(fields=["version"])


def one_at_a_time(table, column):
    """A trigger that lets writers about the same record pass one after the other.

    Two at once would each wait for the other at an exclusion constraint, and the
    server would end one of them as a deadlock, without the constraint's sentence.
    """
    return pgtrigger.Trigger(
        name="one_at_a_time",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            PERFORM FROM {table} WHERE id = NEW.{column} FOR NO KEY UPDATE;
            RETURN NEW;
        """,
    )
