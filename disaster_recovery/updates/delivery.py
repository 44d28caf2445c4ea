"""A published version on its way to every plan: by the worker, and once a day again."""

from django.db import transaction
from django.urls import reverse

from disaster_recovery.models import GenericVersion, Plan
from disaster_recovery.updates import workflow
from disaster_recovery.updates.comparison import Versions
from partners.jobs import Progress
from partners.mail import queue
from partners.models import StaffMember


def work(generic_id: int, progress: Progress) -> None:
    """Open an update of every plan; done again after a break, it adds nothing.

    Where a newer version came out meanwhile, that one is brought.
    """
    generic = GenericVersion.objects.published().newest_first()[0]
    found = Plan.objects.filter(partner__left_on=None)
    plans, versions = [*found.select_related("partner")], Versions()
    for number, plan in enumerate(plans, 1):
        _bring(plan, generic, versions)
        progress.of(number, len(plans))


@transaction.atomic
def _bring(plan, generic, versions):
    before = plan.updates.still_open().filter(generic=generic).exists()
    update = workflow.bring(plan=plan, generic=generic, versions=versions)
    if update and update.generic_id == generic.pk and update.open_items and not before:
        _tell(plan, update)


def _tell(plan, update):
    for person in StaffMember.objects.coordinators_of(plan.partner_id):
        queue.queue(
            to=person.work_email,
            subject=f"New in the generic recovery plan: {update.generic.number}",
            template="plan_update",
            context={
                "name": person.name,
                "partner": plan.partner,
                "update": update,
                "address": queue.link(
                    reverse("disaster_recovery:update", args=[update.pk])
                ),
            },
        )


def give_up(generic_id: int, sentence: str) -> None:
    """Nothing is half done: what was not reached is brought once a day."""


def catch_up() -> None:
    """Bring the newest version to the plans that have not heard of it."""
    newest = GenericVersion.objects.published().newest_first().first()
    if newest is not None:
        work(newest.pk, Progress())
