"""Laying out all rotas, one after the other, by the worker."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from partners import jobs, refusals
from partners.jobs import Progress
from partners.models import User
from rota.duties import generation
from rota.loading import holidays
from rota.models import LayingOut, Rota

JOB = "lay-out"
WHY = "All rotas were laid out until {:%-d %B %Y}"
State = LayingOut.State


@transaction.atomic
def start_generation(*, by: User, last_day: date) -> LayingOut:
    """Have all rotas laid out; IntegrityError while that is being done already."""
    if not by.standing.is_partnership_coordinator:
        raise PermissionDenied
    run = LayingOut.objects.create(asked_by=by, last_day=last_day)
    jobs.enqueue(JOB, run.pk)
    return run


def work(run_id: int, progress: Progress) -> None:
    """Lay out every rota that is in use; each for itself, so one keeps none back.

    Done again after a break, it finds what is laid out as it should be.
    """
    run = LayingOut.objects.select_related("asked_by").get(pk=run_id)
    rotas = list(Rota.objects.current().order_by("pk"))
    LayingOut.objects.filter(pk=run_id).update(rotas=len(rotas), refusals=[])
    days, refused = holidays(), []
    for number, rota in enumerate(rotas, 1):
        try:
            _lay_out(run, rota, days)
        except (ValidationError, IntegrityError) as error:
            refused.append([rota.name, rota.slug, _sentence(error)])
        progress.of(number, len(rotas))
    LayingOut.objects.filter(pk=run_id).update(
        state=State.DONE, refusals=refused, finished_at=timezone.now()
    )


def _lay_out(run, rota, days):
    with transaction.atomic():
        change = generation.generate(
            by=run.asked_by,
            rota=rota,
            until_at=generation.until(rota, _last_day(run, rota)),
            why=WHY.format(run.last_day),
            days=days,
        )
        if change:
            LayingOut.objects.filter(pk=run.pk).update(
                changed=F("changed") + 1,
                made=F("made") + change.made.count(),
                replaced=F("replaced") + change.replaced.count(),
            )


def _last_day(run, rota):
    """The day asked for, or the last on which the rota is in use."""
    if rota.closed_on:
        return min(run.last_day, rota.closed_on - generation.clock.DAY)
    return run.last_day


def _sentence(error):
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    found = refusals.sentence(error)
    if found is None:
        raise error
    return found


def give_up(run_id: int, sentence: str) -> None:
    """Say that it broke off; what was laid out of some rotas stays."""
    said = (
        "This stopped early. Some rotas are done and the others are "
        "unchanged: start it again"
    )
    LayingOut.objects.filter(pk=run_id, state=State.WAITING).update(
        state=State.FAILED, error=said, finished_at=timezone.now()
    )
