"""Packs: copies of approved plans for when the systems are down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from disaster_recovery.forms.packs import PackForm
from disaster_recovery.models import PlanEdition, PlanPack
from disaster_recovery.packs import building as actions
from disaster_recovery.views.asking import saved
from disaster_recovery.views.editions import edition_of
from partners.paging import page_of
from partners.spreadsheets.writing import file_name
from skills.records.actions import note_export


def _visible(request):
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    found = PlanPack.objects.visible_to(request.user)
    return found.select_related(
        "edition__plan__partner", "edition__generic", "made_by__person"
    )


@require_safe
def packs(request):
    page, problems = page_of(request, _visible(request))
    context = {"page": page, "rows": page, "problems": problems}
    return render(request, "disaster_recovery/packs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def packs_of(request, pk):
    found = edition_of(request, pk)
    is_kept = request.user.standing.coordinates_partner(found.plan.partner_id)
    may_make = is_kept and found.state == PlanEdition.State.APPROVED
    if request.method == "POST" and not may_make:
        raise PermissionDenied
    form = _form(request, found) if may_make else None
    if form and (made := saved(form, lambda: _made(request, found, form))):
        messages.success(request, f"Copy {made.copy_number} is made: download it now")
        return redirect("disaster_recovery:packs_of", pk)
    page, problems = page_of(request, _visible(request).filter(edition=found))
    context = {
        "edition": found,
        "partner": found.plan.partner,
        "form": form,
        "page": page,
        "rows": page,
        "problems": problems,
    }
    return render(request, "disaster_recovery/packs_of.html", context)


def _form(request, found):
    return PackForm(
        request.POST or None,
        partner=found.plan.partner,
        roles=actions.roles_of(found),
        last=actions.last_holders(found),
    )


def _made(request, found, form):
    return actions.make(
        by=request.user,
        edition=found,
        variant=form.cleaned_data["variant"],
        holders=form.holders(),
    )


@require_safe
def pack(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    try:
        said = actions.file_of(found)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("disaster_recovery:packs")
    note_export(
        by=request.user,
        what="pack",
        filters={"variant": [found.variant]},
        staff_ids=[person["id"] for person in found.contacts["people"]],
    )
    slug = found.edition.plan.partner.slug
    name = f"{slug}-{found.edition.number}-{found.variant}-{found.copy_number}"
    response = HttpResponse(said, content_type="application/zip")
    named = file_name("recovery-plan", name, ending="zip")
    response["Content-Disposition"] = f'attachment; filename="{named}"'
    return response
