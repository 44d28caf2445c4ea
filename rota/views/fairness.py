"""How evenly duties are shared, drawn and tabled."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.spreadsheets.writing import csv_response, file_name
from rota.forms.calendar import slugs
from rota.forms.fairness import FairnessForm
from rota.reports import fairness as shared
from rota.scheduling.fairness import Measure, rounded

HEADER = ["Person or partner", "Partner", "Full-time equivalents that could serve"]
HEADER += [
    f"{measure.capitalize()} {what}"
    for measure in Measure
    for what in ("done", "even share")
]


def _asked(request):
    form = FairnessForm(request.GET or None, user=request.user)
    form.is_valid()
    rotas, period = form.rotas(), form.period()
    return form, rotas, period, shared(rotas, period)


def _bars(shares):
    """Hours of each for a whole post, with the length of a bar of 200 at most."""
    each = [(share, share.each(Measure.HOURS)) for share in shares]
    most = max((hours for _, hours in each), default=0)
    return [
        (share, rounded(hours), int(hours * 200 / most) if most else 0)
        for share, hours in each
    ]


def _cells(share):
    return [
        (measure.value, rounded(share.done[measure]), rounded(share.over(measure), 1))
        for measure in Measure
    ]


@require_safe
def fairness(request):
    form, rotas, period, found = _asked(request)
    context = {
        "form": form,
        "rota_choices": slugs(form.fields["rota"].queryset),
        "rotas": rotas,
        "period": period,
        "measures": [measure.value for measure in Measure],
        "evenness": [
            (m.value, rounded(e.total), rounded(e.jain * 100, 1), rounded(e.spread, 1))
            for m, e in found.evenness.items()
        ],
        "people": [(share, _cells(share)) for share in found.people],
        "partners": [(share, _cells(share)) for share in found.partners],
        "bars": [("people", _bars(found.people)), ("partners", _bars(found.partners))],
        "query": request.GET.urlencode(),
    }
    return render(request, "rota/fairness.html", context)


@require_safe
def fairness_export(request):
    *_, found = _asked(request)
    lines = (_line(share) for share in (*found.people, *found.partners))
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("fairness"), HEADER, lines, excel=excel)


def _line(share):
    told = [share.name, share.partner if share.person else "", rounded(share.weight, 2)]
    for measure in Measure:
        told += [rounded(share.done[measure], 2), rounded(share.expected[measure], 2)]
    return [str(value) for value in told]
