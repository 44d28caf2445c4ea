"""The sheet of one week of a rota, to be printed and pinned up."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.spreadsheets.writing import csv_response, file_name
from rota.duties.on_duty import duty_periods, within
from rota.models import Role, Rota
from rota.on_call import numbers_of
from rota.scheduling import clock
from rota.scheduling.demand import days
from skills.records.actions import note_export

NOT_A_DAY = "Enter a day like 23 11 2026: this page shows the current week"
HEADER = ["Day", "Role", "Place", "From", "Until", "Who", "Partner", "Numbers"]


def _week(request, slug):
    """The rota, its Monday, each day with its watches, and what was wrong."""
    rota = get_object_or_404(Rota.objects.visible_to(request.user), slug=slug)
    typed, problems = request.GET.get("from", ""), []
    asked = clock.local_day(timezone.now(), rota.zone)
    try:
        said = date.fromisoformat(typed) if typed else asked
    except ValueError:
        said = date.min
    if 2000 <= said.year < 2100:
        asked = said
    else:
        problems = [NOT_A_DAY]
    monday = asked - timedelta(days=asked.weekday())
    until_at = clock.day_begins(monday + timedelta(weeks=1), rota.zone)
    from_at = clock.day_begins(monday, rota.zone)
    found = within(
        duty_periods(rota.duties.touching(from_at, until_at)), from_at, until_at
    )
    return rota, monday, _by_day(rota, monday, found), problems


def _by_day(rota, monday, found):
    """What goes on as the week begins stands under its first day."""
    sheet = {day: [] for day in days(monday, monday + timedelta(days=6))}
    for period in found:
        sheet[max(clock.local_day(period.starts_at, rota.zone), monday)].append(period)
    return sheet


def _rows(request, sheet):
    sees = request.user.standing.sees_mobile_of
    for day, found in sheet.items():
        yield day, [(w, numbers_of(w.staff, sees) if w.staff else ()) for w in found]


@require_safe
def week(request, rota):
    rota, monday, sheet, problems = _week(request, rota)
    context = {
        "rota": rota,
        "monday": monday,
        "sheet": list(_rows(request, sheet)),
        "problems": problems,
        "before": monday - timedelta(weeks=1),
        "after": monday + timedelta(weeks=1),
    }
    return render(request, "rota/week.html", context)


@require_safe
def week_export(request, rota):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    rota, monday, sheet, _ = _week(request, rota)
    rows = [(day, *row) for day, found in _rows(request, sheet) for row in found]
    lines = [_line(rota, *row) for row in rows]
    note_export(
        by=request.user,
        what=f"week of the rota {rota.name}",
        filters={"from": [monday.isoformat()]},
        staff_ids=sorted({w.duty.staff_id for _, w, _ in rows if w.staff}),
    )
    excel = request.GET.get("excel") == "1"
    name = file_name(f"{rota.slug}-{monday:%Y-%m-%d}")
    return csv_response(name, HEADER, lines, excel=excel)


def _line(rota, day, period, numbers):
    first, last = (
        clock.local(m, rota.zone) for m in (period.starts_at, period.ends_at)
    )
    who = period.staff.name if period.staff else f"Gap: {period.open_because}"
    return [
        day.isoformat(),
        Role(period.duty.role).label,
        period.duty.place,
        f"{first:%Y-%m-%d %H:%M}",
        f"{last:%Y-%m-%d %H:%M}",
        who,
        period.duty.partner.short_name,
        ", ".join(numbers),
    ]
