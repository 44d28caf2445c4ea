"""Where duties fall short of what is needed, weeks ahead."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.export import csv_response, file_name
from rota import clock
from rota.checks import names_of
from rota.duties import MARKS, shown
from rota.forms.calendar import WeeksForm
from rota.models import Role

HEADER = ["Rota", "Role", "From", "Until", "Hours", "What is missing", "Skill"]


def _gaps(request):
    """What was asked for, and each rota with its gaps and their skills' names."""
    form = WeeksForm(request.GET or None, user=request.user)
    form.is_valid()
    now = timezone.now()
    found = shown(form.rotas(), now, now + timedelta(weeks=form.number()))
    skills = names_of({g.skill for each in found for g in each.gaps if g.skill})
    return form, [
        (each, [(gap, MARKS[gap.lack], skills.get(gap.skill, "")) for gap in each.gaps])
        for each in found
    ]


@require_safe
def gaps(request):
    form, found = _gaps(request)
    context = {
        "form": form,
        "found": found,
        "number": form.number(),
        "roles": dict(Role.choices),
        "query": request.GET.urlencode(),
    }
    return render(request, "rota/gaps.html", context)


@require_safe
def gaps_export(request):
    _, found = _gaps(request)
    lines = (
        _line(each.rota, gap, mark, skill)
        for each, rows in found
        for gap, mark, skill in rows
    )
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("gaps"), HEADER, lines, excel=excel)


def _line(rota, gap, mark, skill):
    first, last = (clock.local(m, rota.zone) for m in (gap.starts_at, gap.ends_at))
    hours = (gap.ends_at - gap.starts_at).total_seconds() / 3600
    return [
        rota.name,
        Role(gap.role).label,
        f"{first:%Y-%m-%d %H:%M}",
        f"{last:%Y-%m-%d %H:%M}",
        f"{hours:.2f}",
        mark,
        skill,
    ]
