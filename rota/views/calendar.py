"""The calendar by month and by week, and the same as CSV."""

from collections import defaultdict
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from partners.models import BankHoliday
from partners.models.working_day import Weekday
from partners.spreadsheets.writing import csv_response, file_name
from rota.duties.calendar import by_day, entries, shown
from rota.duties.checks import names_of
from rota.forms.calendar import CalendarForm, slugs
from rota.scheduling import clock
from rota.scheduling.demand import days

HEADER = ["Day", "Rota", "Role", "From", "Until", "Who", "Partner", "How", "Marked"]
HEADER += ["From (UTC)", "Until (UTC)"]


def _calendar(request):
    """What was asked for, and its entries."""
    form = CalendarForm(request.GET or None, user=request.user)
    form.is_valid()
    rotas = form.rotas()
    zones = {rota.zone for rota in rotas}
    starts = [clock.day_begins(form.first, zone) for zone in zones]
    ends = [clock.day_begins(form.after, zone) for zone in zones]
    if not rotas:
        return form, []
    found = shown(rotas, min(starts), max(ends))
    skills = names_of({g.skill for each in found for g in each.gaps if g.skill})
    return form, [row for row in entries(found, skills) if _is_asked(form, row)]


def _is_asked(form, row):
    person, partner = form.said("person"), form.said("partner")
    duty = row.duty
    if duty is None:
        return not (person or partner)
    is_of_person = person is None or duty.staff_id == person.pk
    return is_of_person and (partner is None or duty.partner_id == partner.pk)


def _holidays(first, after):
    """The names of bank holidays by day."""
    named = defaultdict(list)
    listed = BankHoliday.objects.filter(partner=None, on__gte=first, on__lt=after)
    for holiday in listed:
        named[holiday.on].append(holiday.name)
    return named


def _address(form, **changed):
    asked = {name: form.data.get(name, "") for name in form.fields} | changed
    return "?" + urlencode({name: value for name, value in asked.items() if value})


@require_safe
def calendar(request):
    form, rows = _calendar(request)
    last = form.after - timedelta(days=1)
    sheet = by_day(rows, days(form.first, last), _holidays(form.first, form.after))
    cells = [None] * (0 if form.is_week else form.first.weekday()) + sheet
    context = {
        "form": form,
        "days": sheet,
        "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
        "weekdays": Weekday.labels,
        "today": form.today,
        "number": len(rows),
        "person": form.said("person"),
        "rota_choices": slugs(form.fields["rota"].queryset),
        "partner_choices": slugs(form.fields["partner"].queryset),
        "earlier": _address(form, on=form.before.isoformat()),
        "later": _address(form, on=form.after.isoformat()),
        "now": _address(form, on=""),
        "query": _address(form),
    }
    return render(request, "rota/calendar.html", context)


@require_safe
def calendar_export(request):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    form, rows = _calendar(request)
    excel = request.GET.get("excel") == "1"
    name = file_name(f"calendar-{form.first:%Y-%m-%d}")
    return csv_response(name, HEADER, map(_line, rows), excel=excel)


def _line(row):
    zone, duty, span = row.rota.zone, row.duty, (row.starts_at, row.ends_at)
    return [
        clock.local_day(row.starts_at, zone).isoformat(),
        row.rota.name,
        row.role_name,
        *(f"{clock.local(moment, zone):%Y-%m-%d %H:%M}" for moment in span),
        duty.staff.name if row.is_held else "",
        duty.partner.short_name if duty else "",
        duty.get_cause_display() if duty else "",
        row.mark,
        # An hour that the clock shows twice is told apart here.
        *(f"{moment.astimezone(clock.UTC):%Y-%m-%dT%H:%MZ}" for moment in span),
    ]
