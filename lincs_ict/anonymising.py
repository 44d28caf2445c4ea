"""Makes people who left nameless: their record, their history, words about them."""

from collections import Counter

import pgtrigger
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from post_office.models import Email

from disaster_recovery.models import PlanPack
from disaster_recovery.packs import building
from lincs_ict import traces
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

DAYS = 90
CLOSED = "closed_stays"


def due(days: int = DAYS) -> list[int]:
    """The ids of the people who left more than so many days ago."""
    people = StaffMember.objects.to_be_anonymised(days)
    return [*people.order_by("pk").values_list("pk", flat=True)]


def pseudonym(staff_id: int) -> str:
    return f"Former member of staff {staff_id}"


def address(staff_id: int) -> str:
    """An e-mail address that is nobody's: .invalid is never given away."""
    return f"former-{staff_id}@anonymised.invalid"


@transaction.atomic
def anonymise(*, staff_id: int, days: int = DAYS) -> dict[str, int] | None:
    """Take one leaver's name out of every table; how many rows of each.

    None if there is nothing to do: not gone so long, or anonymised already.
    """
    people = StaffMember.objects.to_be_anonymised(days).filter(pk=staff_id)
    person = people.select_for_update(of=("self",)).first()
    if person is None:
        return None
    found = traces.of(person, pseudonym(person.pk))
    rows = Counter()
    rows[PlanPack._meta.db_table] += building.forget(person.pk)
    for model, number in _rewrite(person, found):
        rows[model._meta.db_table] += number
    scrubbed = {table: number for table, number in sorted(rows.items()) if number}
    Anonymisation.objects.create(staff_id=person.pk, rows=scrubbed)
    return scrubbed


def _rewrite(person, found):
    """Each table with its rows. Records first: they leave events, scrubbed after."""
    # A refusal within is told as it is: hence a savepoint.
    with pgtrigger.ignore(*_keepers_of_what_is_closed()), transaction.atomic():
        yield from _forget_rows(person, found)
        yield from _forget_login(person)
        yield from traces.take_out_whole(person, traces.records())
        yield from traces.take_out(found, traces.records())
    _forget_person(person)
    yield StaffMember, 1
    _may_rewrite("on")
    yield from _forget_history(person)
    yield from traces.take_out_whole(person, traces.histories())
    yield from traces.take_out(found, traces.histories())
    _may_rewrite("off")


def _keepers_of_what_is_closed():
    """Triggers that keep what was decided as it is: only the words about it go."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
        if trigger.name.startswith(CLOSED)
    ]


def _may_rewrite(answer):
    """Let history be scrubbed until the transaction ends, or until told otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lincs_ict.anonymising', %s, true)", [answer])


def _forget_rows(person, found):
    """What exists only for the sake of this person goes."""
    for rows in (
        _import_rows(person, found),
        Certification.objects.filter(staff=person),
        Invitation.objects.filter(staff=person),
        Reminder.objects.filter(staff=person),
        MergedRow.objects.filter(
            kind=MergedRow.Kind.CERTIFICATE, before__staff_id=person.pk
        ),
        # Messages to the person; their logs go with them.
        traces.mentioning(Email.objects.all(), ("to", "cc", "bcc"), found.emails),
        *_searches(found),
    ):
        yield from _delete(rows)


def _delete(rows):
    for label, number in rows.delete()[1].items():
        yield apps.get_model(label), number


def _import_rows(person, found):
    """Lines of files about the person, whatever became of them."""
    rows = ImportRow.objects.alias(
        email=Lower(Trim(KT("cells__work_email"))), its_id=Trim(KT("cells__id"))
    )
    targets = {
        ImportBatch.Kind.PEOPLE: [person.pk],
        ImportBatch.Kind.HELD: _ever(SkillHeld, person),
        ImportBatch.Kind.ABSENCES: _ever(Absence, person),
    }
    about = Q(email__in=[email.lower() for email in found.emails])
    about |= Q(its_id=str(person.pk), batch__partner=person.partner_id)
    for kind, ids in targets.items():
        about |= Q(batch__kind=kind, target__in=ids)
    return ImportRow.objects.filter(pk__in=rows.filter(about).values("pk"))


def _ever(model, person):
    """The keys of the rows the person has or once had."""
    events = model.pgh_event_model.objects.filter(staff=person.pk)
    return [*events.values_list("pgh_obj_id", flat=True).distinct()]


def _searches(found):
    """Searches for the person that found nobody."""
    words = [*found.names, *found.emails]
    keys = [key for word in words if (key := normalise_key(word))]
    for model in (UnansweredSearch, HandledSearch):
        yield traces.mentioning(model.objects.all(), ("key", "words"), [*words, *keys])


def _forget_login(person):
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
    yield from _delete(Session.objects.filter(pk__in=_sessions(user)))


def _sessions(user):
    # Whose a session is stands only within it.
    return [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]


def _identity(person):
    """The columns that tell who it is, as they read from now on."""
    return {
        "name": pseudonym(person.pk),
        "work_email": address(person.pk),
        **dict.fromkeys(("post", "telephone", "mobile"), ""),
        "base_site": None,
    }


def _forget_person(person):
    for column, value in _identity(person).items():
        setattr(person, column, value)
    person.anonymised_on = timezone.localdate()
    person.save()


def _forget_history(person):
    """The events of the person's own records, in the columns that tell who it is."""
    kept = {
        StaffMember: (Q(pgh_obj=person.pk), _identity(person)),
        User: (Q(pgh_obj=person.user_id), {"email": address(person.pk)}),
    }
    for model, (whose, words) in kept.items():
        events = model.pgh_event_model
        yield events, events.objects.filter(whose).update(**words)
