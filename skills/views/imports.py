"""Imports: the list of a partner's, a new one, and one from check to undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.models import Job, Partner
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name, xlsx_response
from partners.whole_numbers import whole_number
from skills.forms.imports import UploadForm
from skills.imports import report, workflow
from skills.imports.columns import titles
from skills.imports.guide import guides
from skills.imports.kinds import RULES
from skills.models import ImportBatch
from skills.records import actions


def _kept_partner(user, slug):
    partner = get_object_or_404(Partner.objects.visible_to(user), slug=slug)
    if not user.standing.coordinates_partner(partner.pk):
        raise PermissionDenied
    return partner


def _batch(user, pk):
    batches = ImportBatch.objects.visible_to(user).select_related("partner")
    return get_object_or_404(batches, pk=pk)


@require_safe
def imports(request, slug):
    partner = _kept_partner(request.user, slug)
    page, problems = page_of(request, report.listed(partner))
    context = {
        "partner": partner,
        "page": page,
        "names": report.names(page),
        "problems": problems,
    }
    return render(request, "skills/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request, slug):
    partner = _kept_partner(request.user, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = workflow.begin(
            by=request.user,
            partner=partner,
            kind=form.cleaned_data["kind"],
            file_name=form.cleaned_data["file"].name,
            data=form.contents,
            rows=form.rows,
        )
        return redirect("skills:import", batch.pk)
    context = {"partner": partner, "form": form, "guides": guides()}
    return render(request, "skills/import_new.html", context)


def _template(request, slug, ending):
    _kept_partner(request.user, slug)
    kind = request.GET.get("kind")
    kind = kind if kind in ImportBatch.Kind.values else ImportBatch.Kind.PEOPLE
    name = file_name("template", ImportBatch.Kind(kind).label).removesuffix("csv")
    return f"{name}{ending}", titles(RULES[kind].columns)


@require_safe
def import_template_csv(request, slug):
    name, header = _template(request, slug, "csv")
    return csv_response(name, header, [], excel=True)


@require_safe
def import_template_xlsx(request, slug):
    name, header = _template(request, slug, "xlsx")
    return xlsx_response(name, header, [])


@require_safe
def import_batch(request, pk):
    batch = _batch(request.user, pk)
    chosen, problems = report.chosen(request.GET.get("outcome", ""))
    page, beyond = page_of(request, report.rows(batch, chosen))
    context = {
        "batch": batch,
        "page": page,
        "problems": [*problems, *beyond],
        "chosen": chosen,
        "choices": report.choices(batch, chosen),
        "names": report.names([batch]),
        "job": batch.is_busy
        and Job.objects.filter(target=pk, kind=workflow.JOB).last(),
    }
    return render(request, "skills/import.html", context)


@require_safe
def import_rows_export(request, pk):
    batch = _batch(request.user, pk)
    actions.note_export(
        by=request.user,
        what="check of a file",
        filters={"import": [str(batch)], "partner": [batch.partner.slug]},
        staff_ids=report.people_in(batch),
    )
    return csv_response(
        file_name("check", batch.partner.short_name, batch.get_kind_display()),
        report.HEADER,
        report.export_rows(batch),
        excel=request.GET.get("excel") == "1",
    )


def _take(request, pk, step, **asked):
    """One step, and then the page that says what came of it."""
    batch = _batch(request.user, pk)
    try:
        step(by=request.user, batch=batch, **asked)
    except workflow.Refused as refused:
        messages.error(request, str(refused))
    return redirect("skills:import", pk)


@require_POST
def import_confirm(request, pk):
    checks = whole_number(request.POST.get("checks", ""))
    is_partial = request.POST.get("rows") == "good"
    return _take(request, pk, workflow.confirm, checks=checks, is_partial=is_partial)


@require_POST
def import_recheck(request, pk):
    return _take(request, pk, workflow.check_again)


@require_POST
def import_undo(request, pk):
    return _take(request, pk, workflow.take_back)


@require_POST
def import_discard(request, pk):
    return _take(request, pk, workflow.discard)
