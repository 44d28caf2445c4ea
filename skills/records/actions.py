"""Records the directory keeps of being asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from partners.mail import queue
from partners.models import Disclosure, Reminder, StaffMember, User, WorkingDay
from skills.matching.text import normalise_key, visible
from skills.models import SkillHeld, UnansweredSearch

ASKED = Reminder.Kind.ASKED
WEEK = timedelta(days=7)


def note_unanswered(*, words: str) -> None:
    """Count a search nobody could answer; who asked is not kept."""
    key = normalise_key(words)
    if not key:
        return
    words = " ".join(visible(words).split())[:100]
    today = timezone.localdate()
    row, is_new = UnansweredSearch.objects.get_or_create(
        key=key, defaults={"words": words, "last_asked_on": today}
    )
    if not is_new:
        UnansweredSearch.objects.filter(pk=row.pk).update(
            times_asked=F("times_asked") + 1, last_asked_on=today
        )


def note_page_opened(*, by: User, person: StaffMember) -> None:
    """Remember who opened somebody's contact details."""
    Disclosure.objects.create(
        by=by, kind=Disclosure.Kind.PAGE, what="person", staff_ids=[person.pk]
    )


def note_export(
    *, by: User, what: str, filters: dict[str, list[str]], staff_ids: list[int]
) -> None:
    """Remember who took a list away, with its filters and the people in it."""
    Disclosure.objects.create(
        by=by,
        kind=Disclosure.Kind.EXPORT,
        what=what,
        filters={key: [*map(visible, values)] for key, values in filters.items()},
        staff_ids=staff_ids,
    )


@transaction.atomic
def confirm_records(*, by: User, people: QuerySet[StaffMember]) -> int:
    """Say that records and the levels in them are right now; how many people."""
    ids = [*people.order_by().values_list("pk", flat=True)]
    kept = StaffMember.objects.editable_by(by).filter(pk__in=ids)
    now = timezone.now()
    SkillHeld.objects.filter(staff__in=kept).update(confirmed_at=now, confirmed_by=by)
    return kept.update(confirmed_at=now, confirmed_by=by)


@transaction.atomic
def mark_as_left(
    *, by: User, people: QuerySet[StaffMember], left_on: date | None = None
) -> int:
    """Hide people from their first day no longer in post (today); how many.

    Nobody marks themselves. Raises IntegrityError for the last coordinator of all.
    """
    ids = [*people.order_by().values_list("pk", flat=True)]
    kept = StaffMember.objects.editable_by(by).in_post().filter(pk__in=ids)
    gone = kept.exclude(pk=by.standing.staff_id).values_list("pk", flat=True)
    return StaffMember.objects.filter(pk__in=[*gone]).update(
        left_on=left_on or timezone.localdate()
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were sent a message, and how many had one lately."""

    now: int
    lately: int


@transaction.atomic
def ask_to_confirm(*, by: User, people: QuerySet[StaffMember]) -> Asked:
    """Ask people to look through their records, none of them twice in a week."""
    ids = [*people.order_by().values_list("pk", flat=True)]
    kept = StaffMember.objects.editable_by(by).in_post().filter(pk__in=ids)
    # Two coordinators at once ask one after the other: the second finds it done.
    locked = kept.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {person.pk: person for person in locked}
    lately = Reminder.objects.filter(
        staff__in=found, kind=ASKED, queued_at__gt=timezone.now() - WEEK
    ).values_list("staff", flat=True)
    asked = [found[pk] for pk in found.keys() - {*lately}]
    day = timezone.localdate().isoformat()
    Reminder.objects.bulk_create(
        Reminder(staff=person, kind=ASKED, occasion=day) for person in asked
    )
    for person in asked:
        queue.add_message(
            to=person.work_email,
            subject="Please check your record",
            template="asked_to_confirm",
            context={
                "name": person.name,
                "sender": by.get_full_name(),
                "address": queue.absolute_url(
                    reverse("skills:person", args=[person.pk])
                ),
            },
        )
    return Asked(len(asked), len(found) - len(asked))


@transaction.atomic
def confirm_own_record(*, by: User) -> None:
    """Say that one's own record is right today; levels stay the coordinator's."""
    people = StaffMember.objects.in_post().filter(pk=by.standing.staff_id)
    people.update(confirmed_at=timezone.now(), confirmed_by=by)


@transaction.atomic
def set_working_week(*, by: User, days: Iterable[WorkingDay]) -> None:
    """Keep the days that have hours, and take out of the week those without.

    Raises PermissionDenied for a week that is not one's own.
    """
    for day in days:
        if day.staff_id != by.standing.staff_id:
            raise PermissionDenied
        if day.starts_at and day.ends_at:
            day.save()
        elif day.pk:
            day.delete()
