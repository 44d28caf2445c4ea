"""Recovery times of plans and generic versions: a table, timelines and a CSV file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from disaster_recovery.models import GenericVersion
from disaster_recovery.plans import reading
from disaster_recovery.recovery import inputs
from disaster_recovery.recovery.dependencies import OrderError
from disaster_recovery.recovery.order import recovery_order
from disaster_recovery.recovery.table import recovery_table
from disaster_recovery.recovery.timeline import service_timeline, task_timeline
from disaster_recovery.views.editions import edition_of
from partners.spreadsheets.writing import csv_response, file_name

HEADER = ["Service", "Tier", "Wave", "RTO", "Back after", "At worst", "One person"]
HEADER += ["In time?", "Critical path", "No time yet for", "RTO against dependencies"]


def _version_of(request, pk):
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    return get_object_or_404(GenericVersion.objects.visible_to(request.user), pk=pk)


def _recovery(things):
    """The table and the timelines, or the sentence that says why there are none."""
    try:
        order = recovery_order(*inputs.read(things))
    except OrderError as error:
        return {"order_error": str(error)}
    timelines = [service_timeline(order), task_timeline(order)]
    return {"recovery": recovery_table(order), "timelines": timelines}


@require_safe
def edition_times(request, pk):
    edition = edition_of(request, pk)
    context = {"edition": edition, "partner": edition.plan.partner}
    context |= _recovery(reading.resolved(edition))
    return render(request, "disaster_recovery/times.html", context)


@require_safe
def version_times(request, pk):
    version = _version_of(request, pk)
    context = {"generic": version} | _recovery([*version.contents.all()])
    return render(request, "disaster_recovery/times.html", context)


@require_safe
def services_export(request, pk):
    edition = edition_of(request, pk)
    recovery = _recovery(reading.resolved(edition)).get("recovery")
    if recovery is None:
        # The page says what is wrong.
        return redirect("disaster_recovery:edition_times", pk)
    name = file_name(f"services-{edition.plan.partner.slug}-{edition.number}")
    excel = request.GET.get("excel") == "1"
    return csv_response(name, HEADER, map(_csv_row, recovery.services), excel=excel)


def _csv_row(row):
    return (
        row.title,
        "" if row.tier is None else row.tier,
        row.wave,
        *(row.rto, row.back, row.at_worst, row.alone, row.word),
        " → ".join(row.chain),
        ", ".join(row.missing),
        "; ".join(sentence for _, sentence in row.gaps),
    )
