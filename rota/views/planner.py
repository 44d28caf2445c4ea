"""A quarter of one rota, to be filled and put right."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rota.duties.calendar import MARKS, OPEN, entries, shown
from rota.duties.checks import names_of
from rota.forms.covering import everybody
from rota.forms.planner import PlannerForm, tick
from rota.models import Rota
from rota.scheduling import clock

QUARTER = timedelta(weeks=13)
NOT_A_DAY = "Enter the first day like 23 11 2026: this page starts today"


def _first(request, rota):
    today = clock.local_day(timezone.now(), rota.zone)
    typed = request.GET.get("from", "")
    try:
        first = date.fromisoformat(typed) if typed else today
    except ValueError:
        return today, [NOT_A_DAY]
    is_near = abs((first - today).days) < 4 * 366
    return (first, []) if is_near else (today, [NOT_A_DAY])


def _rows(rota, first):
    """Duties coming up and gaps of a quarter; skills missing are told with the gap."""
    from_at = max(clock.day_begins(first, rota.zone), timezone.now())
    found = shown([rota], from_at, clock.day_begins(first + QUARTER, rota.zone))
    skills = names_of({g.skill for each in found for g in each.gaps if g.skill})
    open_marks = {MARKS[lack] for lack in OPEN}
    rows = entries(found, skills)
    return [(row, bool(row.duty) or row.mark in open_marks) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def planner(request, rota):
    rota = get_object_or_404(Rota.objects.visible_to(request.user), slug=rota)
    if not Rota.objects.staffed_by(request.user).filter(pk=rota.pk).exists():
        raise PermissionDenied
    first, problems = _first(request, rota)
    rows = _rows(rota, first)
    form = PlannerForm(
        request.POST or None,
        user=request.user,
        rota=rota,
        choices=everybody(rota, request.user),
        rows=[row for row, may_tick in rows if may_tick],
    )
    if form.is_valid():
        messages.success(request, "Rota changed")
        return redirect(request.get_full_path())
    context = _context(form, rota, first, rows) | {"problems": problems}
    return render(request, "rota/planner.html", context)


def _context(form, rota, first, rows):
    return {
        "form": form,
        "rota": rota,
        "first": first,
        "last": first + QUARTER - clock.DAY,
        "rows": [
            (row, tick(row) if may_tick else "", tick(row) in form.ticked)
            for row, may_tick in rows
        ],
        "before": first - QUARTER,
        "after": first + QUARTER,
    }
