"""Opens an update in every plan when a version is published, and retries once a day."""

from django.db import transaction
from django.urls import reverse

from disaster_recovery.models import GenericVersion, Plan
from disaster_recovery.updates import workflow
from disaster_recovery.updates.comparison import Versions
from partners.jobs import Progress
from partners.mail import queue
from partners.models import StaffMember


def work(generic_id: int, progress: Progress) -> None:
    """Open an update of every plan; running it again adds nothing.

    If a newer version has been published since, that one is opened instead.
    """
    generic = GenericVersion.objects.published().newest_first()[0]
    plans = Plan.objects.filter(partner__left_on=None).select_related("partner")
    versions = Versions()
    for number, plan in enumerate(plans, 1):
        _open_update(plan, generic, versions)
        progress.of(number, len(plans))


@transaction.atomic
def _open_update(plan, generic, versions):
    before = plan.updates.still_open().filter(generic=generic).exists()
    update = workflow.open_update(plan=plan, generic=generic, versions=versions)
    if update and update.generic_id == generic.pk and update.open_items and not before:
        _notify_coordinators(plan, update)


def _notify_coordinators(plan, update):
    for person in StaffMember.objects.coordinators_of(plan.partner_id):
        queue.add_message(
            to=person.work_email,
            subject=f"Update to your recovery plan: version {update.generic.number}",
            template="plan_update",
            context={
                "name": person.name,
                "partner": plan.partner,
                "update": update,
                "address": queue.absolute_url(
                    reverse("disaster_recovery:update", args=[update.pk])
                ),
            },
        )


def give_up(generic_id: int, sentence: str) -> None:
    """Nothing is half done: plans that were not reached get their update next day."""


def catch_up() -> None:
    """Open an update of the newest version in plans that do not have it yet."""
    newest = GenericVersion.objects.published().newest_first().first()
    if newest is not None:
        work(newest.pk, Progress())
