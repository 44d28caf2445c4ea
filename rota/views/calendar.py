"""The calendar as a picture of a month or a week, as a list, and as CSV."""

from collections import defaultdict
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from partners.models import BankHoliday
from partners.spreadsheets.writing import csv_response, file_name
from rota.duties import picture
from rota.duties.calendar import by_day, entries, shown
from rota.duties.checks import names_of
from rota.forms.calendar import LIST, MONTH, VIEWS, CalendarForm, slugs
from rota.models import Duty
from rota.scheduling import clock
from rota.scheduling.demand import days

# A telephone shows so many days in place of the picture.
DAYS_BESIDE_PICTURE = 7
# What was arranged by hand.
CHANGED = (Duty.Cause.COVER, Duty.Cause.SWAP)
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
    named = _holidays(form.first, form.after)
    last = form.after - timedelta(days=1)
    sheet = by_day(rows, days(form.first, last), named)
    context = {
        "form": form,
        "days": sheet if form.shown_as == LIST else _from_today(form, sheet),
        "whole_list": _address(form, view=LIST),
        "today": form.today,
        "number": len(rows),
        "person": form.said("person"),
        "rota_choices": slugs(form.fields["rota"].queryset),
        "partner_choices": slugs(form.fields["partner"].queryset),
        "steps": _steps(form),
        "views": [(name, value, _address(form, view=value)) for value, name in VIEWS],
        "query": _address(form),
        **_notes(rows),
        **_picture(request, form, rows, named),
    }
    return render(request, "rota/calendar.html", context)


def _from_today(form, sheet):
    """On a narrow screen the picture gives way to the next days."""
    coming = [day for day in sheet if day.day >= form.today] or sheet
    return coming[:DAYS_BESIDE_PICTURE]


def _steps(form):
    """The pages before and after, and today, by name."""
    return [
        (f"‹ {_called(form, form.before)}", _address(form, on=form.before.isoformat())),
        ("Today", _address(form, on="")),
        (f"{_called(form, form.after)} ›", _address(form, on=form.after.isoformat())),
    ]


def _called(form, day):
    if form.shown_as == MONTH:
        return f"{day:%B}"
    return "Earlier" if day < form.first else "Later"


def _notes(rows):
    """What needs somebody's eye: gaps, and what was changed by hand."""
    changed = [row for row in rows if row.is_held and row.duty.cause in CHANGED]
    return {
        "gap_count": sum(row.is_gap for row in rows),
        "covers": [row for row in changed if row.duty.cause == Duty.Cause.COVER],
        "swaps": [row for row in changed if row.duty.cause == Duty.Cause.SWAP],
    }


def _picture(request, form, rows, named):
    if form.shown_as == LIST or not rows:
        return {}
    frame = picture.Frame(
        form.first,
        picture.days_between(form.first, form.after),
        timezone.now(),
        named,
        may_arrange=request.user.standing.may_administer,
    )
    rotas = [rota for rota in form.rotas() if rota.pk in {r.rota.pk for r in rows}]
    return {
        "head": picture.head(frame, rotas[0].zone),
        "rotas": picture.pictures(rotas, rows, frame),
    }


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
