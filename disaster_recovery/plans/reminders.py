"""Who is reminded that a plan is to be reviewed: run daily, it sends what is due."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from disaster_recovery.models import PlanEdition
from partners.mail import queue
from partners.models import Partner, Reminder, StaffMember

AHEAD = timedelta(days=30)
_ONE_RUN = "SELECT pg_advisory_xact_lock(hashtext('disaster_recovery_reminders'))"


@transaction.atomic
def send(*, is_rehearsal: bool = False) -> list[tuple[StaffMember, PlanEdition]]:
    """Queue what is due, with its record: once ahead, then once a month overdue.

    Two runs at once send nothing twice: one waits, and finds it done.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_RUN)
    sent = []
    for person, edition, occasion in _due(timezone.localdate()):
        if not is_rehearsal:
            Reminder.objects.create(
                staff=person, kind=Reminder.Kind.PLAN, occasion=occasion
            )
            _queue(person, edition)
        sent.append((person, edition))
    return sent


def _due(today: date) -> Iterator[tuple[StaffMember, PlanEdition, str]]:
    plans = PlanEdition.objects.in_force().filter(
        review_on__lt=today + AHEAD,
        plan__partner__in=Partner.objects.current().order_by().values("pk"),
    )
    kept = Reminder.objects.filter(kind=Reminder.Kind.PLAN)
    known = {*kept.values_list("staff", "occasion")}
    for edition in plans.select_related("plan__partner").order_by("review_on", "pk"):
        is_late = edition.review_on < today
        occasion = f"{edition.pk} {today:%Y-%m}" if is_late else f"{edition.pk} ahead"
        for person in StaffMember.objects.coordinators_of(edition.plan.partner_id):
            if (person.pk, occasion) not in known:
                yield person, edition, occasion


def _queue(person, edition):
    partner = edition.plan.partner
    address = reverse("disaster_recovery:plan", args=[partner.slug])
    queue.add_message(
        to=person.work_email,
        subject=f"The recovery plan of {partner.short_name} is to be reviewed",
        template="plan_to_be_reviewed",
        context={
            "name": person.name,
            "partner": partner,
            "edition": edition,
            "address": queue.absolute_url(address),
        },
    )
