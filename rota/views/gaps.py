"""Where duties fall short of what is needed, weeks ahead."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.spreadsheets.writing import csv_response, file_name
from rota.duties.calendar import entries, shown
from rota.duties.checks import names_of
from rota.forms.calendar import WeeksForm, slugs
from rota.scheduling import clock

HEADER = ["Rota", "Role", "From", "Until", "Hours", "What is missing", "Whose turn"]
NO_HOURS = "No hours to cover"


def _gaps(request):
    """What was asked for, and each rota with what is open or missing."""
    form = WeeksForm(request.GET or None, user=request.user)
    form.is_valid()
    now = timezone.now()
    found = shown(form.rotas(), now, now + timedelta(weeks=form.number()))
    skills = names_of({g.skill for each in found for g in each.gaps if g.skill})
    return form, [
        (each, [row for row in entries([each], skills) if row.is_gap]) for each in found
    ]


@require_safe
def gaps(request):
    form, found = _gaps(request)
    context = {
        "form": form,
        "rota_choices": slugs(form.fields["rota"].queryset),
        "found": found,
        "number": form.number(),
        "query": request.GET.urlencode(),
    }
    return render(request, "rota/gaps.html", context)


@require_safe
def gaps_export(request):
    _, found = _gaps(request)
    lines = (line for each, rows in found for line in _lines(each, rows))
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("gaps"), HEADER, lines, excel=excel)


def _lines(each, rows):
    """A line for each gap; a rota that asks for nothing is not passed over."""
    if not each.has_hours:
        yield [each.rota.name, "", "", "", "", NO_HOURS, ""]
    for row in rows:
        first, last = (
            clock.local(moment, each.rota.zone)
            for moment in (row.starts_at, row.ends_at)
        )
        yield [
            each.rota.name,
            row.role_name,
            f"{first:%Y-%m-%d %H:%M}",
            f"{last:%Y-%m-%d %H:%M}",
            f"{(row.ends_at - row.starts_at).total_seconds() / 3600:.2f}",
            row.mark,
            row.duty.partner.short_name if row.duty else "",
        ]
