"""One's own duties: to come, past, and confirmed."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners.spreadsheets.writing import csv_response, file_name
from rota.duties import cover
from rota.duties.on_duty import duty_periods
from rota.models import Duty
from rota.scheduling import clock

LOOK_BACK = timedelta(weeks=26)
HEADER = ["Rota", "Role", "From", "Until", "Hours", "How", "Confirmed"]


def _own(request):
    staff = request.user.standing.staff_id
    if staff is None:
        return Duty.objects.none()
    return Duty.objects.filter(staff=staff, ends_at__gt=timezone.now() - LOOK_BACK)


@require_safe
def mine(request):
    now = timezone.now()
    all_ = duty_periods(_own(request))
    found = [period for period in all_ if period.is_held]
    context = {
        "away": [w for w in all_ if not w.is_held and w.ends_at > now],
        "coming": [period for period in found if period.ends_at > now],
        "past": [period for period in reversed(found) if period.ends_at <= now],
        "has_person": request.user.standing.staff_id is not None,
    }
    return render(request, "rota/mine.html", context)


@require_safe
def mine_export(request):
    found = [period for period in duty_periods(_own(request)) if period.is_held]
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("my-duties"), HEADER, map(_line, found), excel=excel)


def _line(period):
    duty, zone = period.duty, period.duty.rota.zone
    hours = (period.ends_at - period.starts_at).total_seconds() / 3600
    return [
        duty.rota.name,
        duty.get_role_display(),
        f"{clock.local(period.starts_at, zone):%Y-%m-%d %H:%M}",
        f"{clock.local(period.ends_at, zone):%Y-%m-%d %H:%M}",
        f"{hours:.2f}",
        duty.get_cause_display(),
        "yes" if duty.confirmed_at else "no",
    ]


@require_POST
def confirm(request, duty):
    """I know of it and will be there."""
    duty = get_object_or_404(Duty.objects.current(), pk=duty)
    if cover.confirm(by=request.user, duty=duty):
        messages.success(request, "Duty confirmed. Thank you")
    else:
        messages.info(request, "There is nothing to confirm")
    return redirect("rota:mine")
