"""An edition of a plan: read as a whole, or as a list of what is still to do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from disaster_recovery.content import schema
from disaster_recovery.forms.plans import ParametersForm, PasteForm
from disaster_recovery.models import PlanEdition
from disaster_recovery.plans import adaptations, drafts, reading, reviews
from disaster_recovery.updates import workflow
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.generic import by_kind

TITLES = {
    schema.SECTION: "Sections",
    schema.SERVICE: "Services and systems",
    schema.TASK: "Tasks",
}


def edition_of(request, pk):
    """An edition this login reads."""
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    found = PlanEdition.objects.visible_to(request.user)
    found = found.select_related("plan__partner", "generic", "approver__person")
    return get_object_or_404(found, pk=pk)


def draft_of(request, pk):
    """A draft this login writes in."""
    found = edition_of(request, pk)
    if not request.user.standing.coordinates_partner(found.plan.partner_id):
        raise PermissionDenied
    return get_object_or_404(PlanEdition.objects.editable_by(request.user), pk=found.pk)


def may_edit(request, edition):
    keeps = request.user.standing.coordinates_partner(edition.plan.partner_id)
    return keeps and edition.is_draft


@require_safe
def edition(request, pk):
    found = edition_of(request, pk)
    things = reading.resolved(found)
    shown = [t for t in things if t.state != "removed"]
    writes = may_edit(request, found)
    context = {
        "edition": found,
        "partner": found.plan.partner,
        "tools": "disaster_recovery/_plan_tools.html" if writes else "",
        "may_edit": writes,
        "removed": [t for t in things if t.state == "removed"],
        "unfilled": sorted(reading.unfilled(things)),
        **by_kind(shown, named=things),
    }
    return render(request, "disaster_recovery/edition.html", context)


@require_safe
def to_do(request, pk):
    found = draft_of(request, pk)
    things = reading.resolved(found)
    asked = reading.parameters(found)
    update = found.plan.updates.still_open().select_related("generic").first()
    context = {
        "edition": found,
        "update": update,
        "partner": found.plan.partner,
        "groups": [_group(kind, things) for kind in TITLES],
        "parameters": asked,
        "missing": sum(one.is_missing for one in asked),
        "unfinished": reviews.wrong_with(things, asked, reading.values_of(found)),
        "done": sum(t.is_settled for t in things),
        "all": len(things),
        "kinds": {kind: schema.KINDS[kind] for kind in schema.OF_PLANS},
    }
    return render(request, "disaster_recovery/to_do.html", context)


def _group(kind, things):
    rows = [t for t in things if t.kind == kind]
    left = sum(not t.is_settled for t in rows)
    return {"kind": kind, "title": TITLES[kind], "things": rows, "left": left}


@require_POST
def settle(request, pk, kind):
    draft = draft_of(request, pk)
    said = "What you have not changed is noted as read, and as fitting"
    act = {"by": request.user, "edition": draft, "kind": kind}
    done(request, lambda: adaptations.settle(**act), said)
    return redirect("disaster_recovery:to_do", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request, pk):
    draft = draft_of(request, pk)
    form = ParametersForm(request.POST or None, parameters=reading.parameters(draft))
    if saved(form, lambda: _set_parameters(request, draft, form)):
        messages.success(request, "The values are saved")
        return redirect("disaster_recovery:to_do", pk)
    context = {"edition": draft, "partner": draft.plan.partner, "form": form}
    return render(request, "disaster_recovery/parameters.html", context)


def _set_parameters(request, draft, form):
    values = form.values()
    drafts.set_parameters(
        by=request.user, edition=draft, values=values, overrule=form.overrules
    )
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request, pk):
    draft = draft_of(request, pk)
    form = PasteForm(request.POST or None)
    if made := saved(form, lambda: _pasted(request, draft, form)):
        number = len(made)
        said = f"{number} section{'s are' if number > 1 else ' is'} added at the end"
        messages.success(request, said)
        return redirect("disaster_recovery:to_do", pk)
    context = {"edition": draft, "partner": draft.plan.partner, "form": form}
    return render(request, "disaster_recovery/paste.html", context)


def _pasted(request, draft, form):
    text, overrule = form.cleaned_data["text"], form.overrules
    return drafts.paste(by=request.user, edition=draft, text=text, overrule=overrule)


@require_POST
def discard(request, pk):
    draft = draft_of(request, pk)
    slug = draft.plan.partner.slug
    said = "The draft is given up: what is in force stays in force"
    done(request, lambda: workflow.delete_draft(by=request.user, edition=draft), said)
    return redirect("disaster_recovery:plan", slug)
