"""The recovery plans of the partners: where each stands, and how one begins."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from disaster_recovery.forms.plans import AdoptForm, PasteForm
from disaster_recovery.models import (
    GenericVersion,
    Plan,
    PlanEdition,
    PlanObject,
    PlanPack,
    PlanUpdate,
)
from disaster_recovery.plans import drafts as actions
from disaster_recovery.views.asking import done, saved
from partners.models import Partner
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from skills.records.actions import note_export

SOON = timedelta(days=30)
STATES = {
    "": "All",
    "overdue": "To be reviewed now",
    "none": "Without a plan in force",
    "open": "With a draft",
    "behind": "With changes of the generic plan to decide on",
}
HEADER = ["Partner", "In force", "Generic version", "Adapted", "Approved on"]
HEADER += ["Approver", "To be reviewed by", "Overdue", "Last pack", "Draft"]
HEADER += ["Version that waits", "Changes to decide on", "Of which conflicts"]


def kept_partner(request, slug):
    """The partner whose plan this login keeps."""
    found = get_object_or_404(Partner, slug=slug)
    if not request.user.standing.coordinates_partner(found.pk):
        raise PermissionDenied
    return found


def _partners(user):
    """The partners whose plans this login reads, each with what stands of it."""
    standing = user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    found = Partner.objects.current()
    if not standing.is_partnership_coordinator:
        found = found.filter(pk__in={*standing.coordinates, standing.partner_id})
    editions = PlanEdition.objects.visible_to(user).exclude(state="superseded")
    editions = editions.select_related("generic", "approver__person")
    told = Prefetch("plan__editions", _counted(editions), to_attr="current")
    still = PlanUpdate.objects.still_open().select_related("generic")
    waiting = Prefetch("plan__updates", still, to_attr="waiting")
    return found.select_related("plan").prefetch_related(told, waiting)


def _counted(editions):
    """With how much is not as in the generic plan, and when it was last packed."""
    packs = PlanPack.objects.filter(edition=OuterRef("pk")).order_by("-made_at")
    own = PlanObject.objects.filter(edition=OuterRef("pk")).exclude(state="inherited")
    number = own.order_by().values("edition").annotate(number=Count("pk"))
    return editions.annotate(
        adapted=Coalesce(Subquery(number.values("number")), 0),
        packed_at=Subquery(packs.values("made_at")[:1]),
    )


def _asked(request):
    """The partners as the page and its file show them, by what is asked for."""
    state = request.GET.get("state", "")
    found = _partners(request.user)
    in_force = PlanEdition.objects.in_force().order_by()
    if state == "overdue":
        late = PlanEdition.objects.overdue().order_by()
        return found.filter(plan__in=late.values("plan")), state
    if state == "none":
        return found.exclude(plan__in=in_force.values("plan")), state
    if state == "open":
        seen = PlanEdition.objects.visible_to(request.user).still_open().order_by()
        return found.filter(plan__in=seen.values("plan")), state
    if state == "behind":
        behind = PlanUpdate.objects.still_open().order_by()
        return found.filter(plan__in=behind.values("plan")), state
    return found, ""


def standing_of(partner):
    """What is in force at a partner, and what is being written."""
    editions = getattr(getattr(partner, "plan", None), "current", [])
    in_force = next((e for e in editions if e.state == "approved"), None)
    is_open = next((e for e in editions if e.is_open), None)
    today = timezone.localdate()
    waiting = getattr(getattr(partner, "plan", None), "waiting", [])
    return {
        "partner": partner,
        "update": waiting[0] if waiting else None,
        "in_force": in_force,
        "open": is_open,
        "is_overdue": bool(in_force and in_force.review_on < today),
        "is_soon": bool(in_force and in_force.review_on < today + SOON),
    }


@require_safe
def plans(request):
    found, state = _asked(request)
    page, problems = page_of(request, found)
    context = {
        "page": page,
        "problems": problems,
        "rows": [standing_of(partner) for partner in page],
        "states": STATES.items(),
        "state": state,
    }
    return render(request, "disaster_recovery/plans.html", context)


@require_safe
def plans_export(request):
    found, state = _asked(request)
    rows = [standing_of(partner) for partner in found]
    named = [r["in_force"].approver for r in rows if r["in_force"]]
    note_export(
        by=request.user,
        what="plans",
        filters={"state": [state]} if state else {},
        staff_ids=[user.person.pk for user in named if hasattr(user, "person")],
    )
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("plans"), HEADER, map(_line, rows), excel=excel)


def _line(row):
    now, new, update = row["in_force"], row["open"], row["update"]
    told = _of_edition(now, row["is_overdue"]) if now else ("",) * 8
    waits = ("", "", "")
    if update:
        waits = (update.generic.number, update.open_items, update.conflicts)
    draft = new.get_state_display() if new else ""
    return (row["partner"].name, *told, draft, *waits)


def _of_edition(now, is_overdue):
    return (
        f"Edition {now.number}",
        now.generic.number if now.generic else "",
        now.adapted,
        timezone.localtime(now.approved_at).date(),
        now.approver.get_full_name(),
        now.review_on,
        "yes" if is_overdue else "no",
        timezone.localtime(now.packed_at).date() if now.packed_at else "",
    )


@require_safe
def plan(request, slug):
    partner = get_object_or_404(Partner, slug=slug)
    found = _partners(request.user).filter(pk=partner.pk).first()
    if found is None:
        raise PermissionDenied
    editions = PlanEdition.objects.visible_to(request.user).filter(
        plan__partner=partner
    )
    done = PlanUpdate.objects.visible_to(request.user).filter(plan__partner=partner)
    done = done.filter(closed_at__isnull=False).select_related("generic")
    context = {
        **standing_of(found),
        "done": done[:25],
        "plan": Plan.objects.filter(partner=partner).first(),
        "may_edit": request.user.standing.coordinates_partner(partner.pk),
        "has_generic": GenericVersion.objects.published().exists(),
        "old": editions.filter(Q(state="superseded")).order_by("-number")[:25],
    }
    return render(request, "disaster_recovery/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request, slug):
    partner = kept_partner(request, slug)
    form = AdoptForm(request.POST or None)
    if draft := saved(form, lambda: _adopted(request, partner, form)):
        messages.success(request, "Your plan has begun: first fill in its values")
        return redirect("disaster_recovery:parameters", draft.pk)
    context = {"partner": partner, "form": form}
    return render(request, "disaster_recovery/adopt.html", context)


def _adopted(request, partner, form):
    return actions.adopt(
        by=request.user,
        partner=partner,
        generic=form.cleaned_data["generic"],
        values={"council_name": partner.name},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request, slug):
    partner = kept_partner(request, slug)
    form = PasteForm(request.POST or None)
    if draft := saved(form, lambda: _brought(request, partner, form)):
        messages.success(request, "Your text is in sections now: look through them")
        return redirect("disaster_recovery:to_do", draft.pk)
    context = {"partner": partner, "form": form}
    return render(request, "disaster_recovery/bring.html", context)


def _brought(request, partner, form):
    return actions.start_from_text(
        by=request.user,
        partner=partner,
        text=form.cleaned_data["text"],
        overrule=form.overrules,
    )


@require_POST
def start_draft(request, slug):
    partner = kept_partner(request, slug)
    found = get_object_or_404(Plan, partner=partner)
    said = "The new draft has all that is in force, which stays in force meanwhile"
    done(request, lambda: actions.start_draft(by=request.user, plan=found), said)
    draft = found.editions.still_open().first()
    if draft is None:
        return redirect("disaster_recovery:plan", slug)
    return redirect("disaster_recovery:to_do", draft.pk)
