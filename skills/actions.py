"""Records the directory keeps of being asked."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from partners.models import Disclosure, StaffMember, User, WorkingDay
from skills.models import SkillHeld, UnansweredSearch
from skills.wording import normalise_key, visible


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
def mark_as_left(*, by: User, people: QuerySet[StaffMember]) -> int:
    """Hide people who left today; how many were still in post."""
    ids = [*people.order_by().values_list("pk", flat=True)]
    kept = StaffMember.objects.editable_by(by).in_post().filter(pk__in=ids)
    return StaffMember.objects.filter(
        pk__in=[*kept.values_list("pk", flat=True)]
    ).update(left_on=timezone.localdate())


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
