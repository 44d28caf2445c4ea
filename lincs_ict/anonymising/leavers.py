"""Anonymises people who left: their record, its history, and mentions of them."""

import logging
from collections import Counter
from collections.abc import Iterator

import pgtrigger
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from post_office.models import Email

from disaster_recovery.models import PlanPack
from disaster_recovery.packs import building
from lincs_ict.anonymising import mentions
from partners import refusals
from partners.models import (
    Absence,
    Anonymisation,
    Invitation,
    Reminder,
    StaffMember,
    User,
)
from skills.matching.text import normalise_key
from skills.models import (
    Certification,
    HandledSearch,
    ImportBatch,
    ImportRow,
    MergedRow,
    SkillHeld,
    UnansweredSearch,
)

logger = logging.getLogger(__name__)
DAYS = 90
CLOSED = "closed_stays"


def daily() -> None:
    """What the worker does once a day: what stands in the way goes into the log."""
    for staff_id, _, obstacle in anonymise_due():
        if obstacle:
            logger.warning("Person %s was not anonymised: %s", staff_id, obstacle)


def anonymise_due(days: int = DAYS) -> Iterator[tuple[int, dict[str, int], str]]:
    """Anonymise whoever left so long ago, each in a transaction of their own.

    For each: the person's id, the rows of each table, and what stood in the way.
    """
    for staff_id in due(days):
        try:
            yield staff_id, anonymise(staff_id=staff_id, days=days) or {}, ""
        except DatabaseError as error:
            yield staff_id, {}, refusals.sentence(error) or str(error)


def due(days: int = DAYS) -> list[int]:
    """The ids of the people who left more than so many days ago."""
    people = StaffMember.objects.to_be_anonymised(days)
    return [*people.order_by("pk").values_list("pk", flat=True)]


def pseudonym(staff_id: int) -> str:
    return f"Former member of staff {staff_id}"


def address(staff_id: int) -> str:
    """An e-mail address that can never exist: .invalid is a reserved domain."""
    return f"former-{staff_id}@anonymised.invalid"


@transaction.atomic
def anonymise(*, staff_id: int, days: int = DAYS) -> dict[str, int] | None:
    """Remove one leaver's name from every table; the number of rows of each.

    None if there is nothing to do: they left too recently, or are anonymous already.
    """
    people = StaffMember.objects.to_be_anonymised(days).filter(pk=staff_id)
    person = people.select_for_update(of=("self",)).first()
    if person is None:
        return None
    identifiers = mentions.identifiers_of(person, pseudonym(person.pk))
    rows = Counter()
    rows[PlanPack._meta.db_table] += building.forget(person.pk)
    for model, number in _rewrite(person, identifiers):
        rows[model._meta.db_table] += number
    scrubbed = {table: number for table, number in sorted(rows.items()) if number}
    Anonymisation.objects.create(staff_id=person.pk, rows=scrubbed)
    return scrubbed


def _rewrite(person, identifiers):
    """Each table with its rows. Changing records makes events, so those come last."""
    # The savepoint lets a refusal in here be reported as it is.
    with pgtrigger.ignore(*_triggers_on_closed_rows()), transaction.atomic():
        yield from _delete_rows(person, identifiers)
        yield from _close_login(person)
        yield from mentions.clear_own_rows(person, mentions.record_models())
        yield from mentions.replace_mentions(identifiers, mentions.record_models())
    for column, value in _anonymous_values(person).items():
        setattr(person, column, value)
    person.anonymised_on = timezone.localdate()
    person.save()
    yield StaffMember, 1
    _allow_history_changes("on")
    yield from _rewrite_events(person)
    yield from mentions.clear_own_rows(person, mentions.history_models())
    yield from mentions.replace_mentions(identifiers, mentions.history_models())
    _allow_history_changes("off")


def _triggers_on_closed_rows():
    """The triggers that protect decided rows: only the words in them change here."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
        if trigger.name.startswith(CLOSED)
    ]


def _allow_history_changes(switch):
    """Let events be rewritten, at most until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lincs_ict.anonymising', %s, true)", [switch])


def _delete_rows(person, identifiers):
    """Delete the rows that exist only because of this person."""
    for rows in (
        _import_rows(person, identifiers),
        Certification.objects.filter(staff=person),
        Invitation.objects.filter(staff=person),
        Reminder.objects.filter(staff=person),
        MergedRow.objects.filter(
            kind=MergedRow.Kind.CERTIFICATE, before__staff_id=person.pk
        ),
        # Their logs are deleted with them.
        mentions.rows_mentioning(
            Email.objects.all(), ("to", "cc", "bcc"), identifiers.emails
        ),
        *_searches_for(identifiers),
    ):
        yield from _delete(rows)


def _delete(rows):
    for label, number in rows.delete()[1].items():
        yield apps.get_model(label), number


def _import_rows(person, identifiers):
    """The rows about the person in imported files, applied or not."""
    rows = ImportRow.objects.alias(
        email=Lower(Trim(KT("cells__work_email"))), cell_id=Trim(KT("cells__id"))
    )
    targets = {
        ImportBatch.Kind.PEOPLE: [person.pk],
        ImportBatch.Kind.HELD: _past_ids(SkillHeld, person),
        ImportBatch.Kind.ABSENCES: _past_ids(Absence, person),
    }
    about = Q(email__in=[email.lower() for email in identifiers.emails])
    about |= Q(cell_id=str(person.pk), batch__partner=person.partner_id)
    for kind, ids in targets.items():
        about |= Q(batch__kind=kind, target__in=ids)
    return ImportRow.objects.filter(pk__in=rows.filter(about).values("pk"))


def _past_ids(model, person):
    """The ids of the rows the person has or once had."""
    events = model.pgh_event_model.objects.filter(staff=person.pk)
    return [*events.values_list("pgh_obj_id", flat=True).distinct()]


def _searches_for(person):
    """Unanswered searches for the person."""
    words = [*person.names, *person.emails]
    keys = [key for word in words if (key := normalise_key(word))]
    for model in (UnansweredSearch, HandledSearch):
        yield mentions.rows_mentioning(
            model.objects.all(), ("key", "words"), [*words, *keys]
        )


def _close_login(person):
    user = person.user
    if user is None:
        return
    user.email, user.is_active, user.last_login = address(person.pk), False, None
    user.set_unusable_password()
    user.save()
    yield User, 1
    yield from _delete(user.emailaddress_set.all())
    yield from _delete(user.socialaccount_set.all())
    yield from _delete(user.usersession_set.all())
    yield from _delete(Authenticator.objects.filter(user=user))
    # Only the encoded data of a session say whose it is.
    sessions = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    yield from _delete(Session.objects.filter(pk__in=sessions))


def _anonymous_values(person):
    """The columns that identify the person, with their new values."""
    return {
        "name": pseudonym(person.pk),
        "work_email": address(person.pk),
        **dict.fromkeys(("post", "telephone", "mobile"), ""),
        "base_site": None,
    }


def _rewrite_events(person):
    """The history of the person's own record and login."""
    new_values = {
        StaffMember: (Q(pgh_obj=person.pk), _anonymous_values(person)),
        User: (Q(pgh_obj=person.user_id), {"email": address(person.pk)}),
    }
    for model, (of_person, values) in new_values.items():
        events = model.pgh_event_model
        yield events, events.objects.filter(of_person).update(**values)
