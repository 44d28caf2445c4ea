"""When services are back, as a table, a drawing and a CSV: of plans and of versions."""

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
HEADER += ["In time?", "What makes it so late", "No time yet for"]
HEADER += ["Against what it depends on"]


def _version_of(request, pk):
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    return get_object_or_404(GenericVersion.objects.visible_to(request.user), pk=pk)


def _told(things):
    """The table and the drawings, or the sentence that says why there are none."""
    try:
        order = recovery_order(*inputs.read(things))
    except OrderError as error:
        return {"no_order": str(error)}
    timelines = [service_timeline(order), task_timeline(order)]
    return {"table": recovery_table(order), "timelines": timelines}


@require_safe
def edition_times(request, pk):
    found = edition_of(request, pk)
    context = {"edition": found, "partner": found.plan.partner}
    context |= _told(reading.resolved(found))
    return render(request, "disaster_recovery/times.html", context)


@require_safe
def version_times(request, pk):
    found = _version_of(request, pk)
    context = {"generic": found} | _told([*found.contents.all()])
    return render(request, "disaster_recovery/times.html", context)


@require_safe
def services_export(request, pk):
    found = edition_of(request, pk)
    told = _told(reading.resolved(found))
    if "table" not in told:
        # The page says what stands in the way.
        return redirect("disaster_recovery:edition_times", pk)
    name = file_name(f"services-{found.plan.partner.slug}-{found.number}")
    excel = request.GET.get("excel") == "1"
    return csv_response(name, HEADER, map(_line, told["table"].services), excel=excel)


def _line(row):
    return (
        row.title,
        "" if row.tier is None else row.tier,
        row.wave,
        *(row.rto, row.back, row.at_worst, row.alone, row.word),
        " → ".join(row.chain),
        ", ".join(row.missing),
        "; ".join(said for _, said in row.gaps),
    )
