"""The history of a partner's plan."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disaster_recovery.models import (
    Plan,
    PlanEdition,
    PlanObject,
    PlanParameter,
    PlanUpdate,
)
from disaster_recovery.views.plans import kept_partner
from partners.history import changes, pages
from partners.history.pages import HistoryFilter, HistorySource, Owners
from partners.spreadsheets.writing import csv_response, file_name
from skills.records.actions import note_export

_EDITIONS = (
    "SELECT id, '-infinity'::timestamptz AS since, 'infinity'::timestamptz AS until"
    " FROM disaster_recovery_planedition WHERE plan_id = %s"
)


def _sources(partner):
    plan = Plan.objects.filter(partner=partner).first()
    if plan is None:
        raise Http404
    editions = Owners(_EDITIONS, (plan.pk,))
    return [
        HistorySource(Plan, "pgh_obj_id", pages.one_record(plan.pk)),
        HistorySource(PlanEdition, "pgh_obj_id", editions),
        HistorySource(PlanUpdate, "plan_id", pages.one_record(plan.pk)),
        HistorySource(PlanObject, "edition_id", editions),
        HistorySource(PlanParameter, "edition_id", editions),
    ]


@require_safe
def plan_history(request, slug):
    partner = kept_partner(request, slug)
    page, problems = pages.requested_page(request, _sources(partner))
    context = {"partner": partner, "page": page, "problems": problems}
    return render(request, "disaster_recovery/plan_history.html", context)


@require_safe
def plan_history_export(request, slug):
    partner = kept_partner(request, slug)
    history = pages.all_changes(_sources(partner), HistoryFilter(), reader=request.user)
    note_export(by=request.user, what="plan history", filters={}, staff_ids=[])
    name = file_name("history of plan", partner.slug)
    rows = changes.csv_rows(history)
    excel = request.GET.get("excel") == "1"
    return csv_response(name, changes.HEADER, rows, excel=excel)
