"""Turns the name of a broken constraint into the sentence that says what to do."""

from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError

from partners.models.appointment import LAST_COORDINATOR, WAY_IN
from partners.models.correction import CLOSED_STAYS_CLOSED as ANSWERED_ONCE
from partners.models.staff import MOVES_BY_TRANSFER, STAYS_ANONYMOUS
from partners.models.transfer import CLOSED_STAYS_CLOSED, NOT_THEIRS
from partners.models.versioned import STALE

STALE_SENTENCE = (
    "Somebody saved a newer version of this record while you were writing. "
    "Look at what it says now, then save again"
)
JOINED_SENTENCE = (
    "Something this record is joined to was added or removed meanwhile. "
    "Look at the list again, then save again"
)
_FOREIGN_KEY = "23503"
_SPECIAL = {
    LAST_COORDINATOR: (
        "The partnership needs at least one partnership coordinator: "
        "appoint another first"
    ),
    WAY_IN: (
        "Nobody else keeps the records of this partner: the partnership coordinator "
        "appoints somebody, or ends this role, first"
    ),
    MOVES_BY_TRANSFER: (
        "People move to another partner by a transfer, which both partners agree to: "
        "start one from the person’s page"
    ),
    STAYS_ANONYMOUS: (
        "The name of this person was taken out of the records after they left: "
        "make a new record if they are back"
    ),
    NOT_THEIRS: (
        "This person is not in post at the partner that releases them: look at "
        "their record again"
    ),
    CLOSED_STAYS_CLOSED: (
        "This transfer was answered or withdrawn meanwhile: look at what it says now"
    ),
    ANSWERED_ONCE: ("Somebody answered this request meanwhile: look at what they said"),
}


def sentence(error: IntegrityError) -> str | None:
    """What to tell the person whose save was refused; None if it is no rule of ours."""
    if isinstance(error, ProtectedError | RestrictedError):
        return _still_used(error)
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    if name.endswith(STALE):
        return STALE_SENTENCE
    if getattr(diagnosis, "sqlstate", None) == _FOREIGN_KEY:
        return JOINED_SENTENCE
    return _SPECIAL.get(name) or _sentences().get(name)


def _still_used(error):
    users = getattr(error, "protected_objects", None) or error.restricted_objects
    names = sorted({str(record) for record in users})
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"This is still used by {', '.join(names[:3])}{more}: change that first"


@cache
def _sentences():
    """The sentences of all our constraints, unique columns and triggers, by name."""
    found = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            found[constraint.name] = str(constraint.violation_error_message)
        found |= _unique_columns(model) | getattr(model, "trigger_sentences", {})
    return found


def _unique_columns(model):
    # PostgreSQL names them after table and column, cut to 63 letters.
    return {
        f"{model._meta.db_table}_{field.column}_key"[:63]: str(
            field.error_messages["unique"]
        )
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }
