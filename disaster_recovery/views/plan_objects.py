"""The sections, services and tasks in the draft of a partner's plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from disaster_recovery.content.objects import overlaid
from disaster_recovery.content.schema import KINDS, OF_PLANS
from disaster_recovery.forms.objects import PlanObjectForm
from disaster_recovery.forms.plans import LeaveOutForm
from disaster_recovery.models import PlanObject
from disaster_recovery.plans import adaptations, reading
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.editions import draft_of

PAGE = "disaster_recovery/plan_object.html"


def thing_of(request, pk):
    """An object of a draft this login writes in."""
    if not (request.user.standing.staff_id or request.user.standing.may_administer):
        raise PermissionDenied
    found = PlanObject.objects.editable_by(request.user)
    found = found.select_related("edition__plan__partner", "base")
    return get_object_or_404(found, pk=pk)


def choices_of(edition, but=None):
    """The objects that others may name, by kind; what is left out says so."""
    found = {kind: [] for kind in KINDS}
    for one in reading.resolved(edition):
        label = f"{one.title} (left out)" if one.is_left_out else one.title
        if one.row != but:
            found[one.kind].append((one.key, label))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    thing = thing_of(request, pk)
    generic = adaptations.generic_of(thing)
    told = overlaid(generic, thing.fields)
    form = _form(request, thing, told)
    if saved(form, lambda: _edited(request, thing, form)):
        messages.success(request, f"Saved: {form.cleaned_data['title']}")
        return redirect("disaster_recovery:to_do", thing.edition_id)
    context = {"form": form, "thing": thing, "generic": generic}
    context["heading"] = told["title"]
    return render(request, PAGE, _about(thing.edition) | context)


def _form(request, thing, told):
    return PlanObjectForm(
        request.POST or None,
        instance=thing,
        kind=thing.kind,
        choices=choices_of(thing.edition, thing.pk),
        told=told,
        initial={"addendum": thing.addendum},
    )


def _edited(request, thing, form):
    return adaptations.adapt(
        by=request.user,
        thing=thing,
        fields=form.said(),
        addendum=form.cleaned_data.get("addendum", ""),
        overrule=form.overrules,
    )


def _about(edition):
    return {"edition": edition, "partner": edition.plan.partner}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk, kind):
    draft = draft_of(request, pk)
    if kind not in OF_PLANS:
        raise Http404
    form = PlanObjectForm(
        request.POST or None, kind=kind, choices=choices_of(draft), told={}
    )
    if made := saved(form, lambda: _added(request, draft, kind, form)):
        messages.success(request, f"Added to your plan: {made.fields['title']}")
        return redirect("disaster_recovery:to_do", pk)
    heading = f"Add of your own: {KINDS[kind].lower()}"
    return render(request, PAGE, _about(draft) | {"form": form, "heading": heading})


def _added(request, draft, kind, form):
    return adaptations.add_own(
        by=request.user,
        edition=draft,
        kind=kind,
        fields=form.said(),
        overrule=form.overrules,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave_out(request, pk):
    thing = thing_of(request, pk)
    generic = adaptations.generic_of(thing)
    is_mandatory = bool(generic.get("is_mandatory"))
    form = LeaveOutForm(request.POST or None)
    if saved(form, lambda: _left_out(request, thing, form, not is_mandatory)):
        messages.success(request, "It is left out of your plan, and can come back")
        return redirect("disaster_recovery:to_do", thing.edition_id)
    context = {
        "form": form,
        "thing": thing,
        "is_mandatory": is_mandatory,
        "title": overlaid(generic, thing.fields)["title"],
    }
    page = "disaster_recovery/leave_out.html"
    return render(request, page, _about(thing.edition) | context)


def _left_out(request, thing, form, is_applicable):
    reason = form.cleaned_data["reason"]
    return adaptations.leave_out(
        by=request.user, thing=thing, reason=reason, is_applicable=is_applicable
    )


def _button(request, pk, act, said=""):
    """Do what a button beside an object asks for."""
    thing = thing_of(request, pk)
    done(request, lambda: act(thing), said)
    return redirect("disaster_recovery:to_do", thing.edition_id)


@require_POST
def bring_back(request, pk):
    said = "It is in your plan again, as it was"
    return _button(
        request, pk, lambda t: adaptations.bring_back(by=request.user, thing=t), said
    )


@require_POST
def take_generic(request, pk):
    said = "Your plan says again what the generic plan says"
    return _button(
        request, pk, lambda t: adaptations.take_generic(by=request.user, thing=t), said
    )


@require_POST
def fits(request, pk):
    def act(thing):
        said = {"kind": thing.kind, "key": thing.key}
        adaptations.settle(by=request.user, edition=thing.edition, **said)

    return _button(request, pk, act, "Noted: it fits as it stands")


@require_POST
def move(request, pk):
    up = request.POST.get("way") == "up"
    return _button(
        request, pk, lambda t: adaptations.move(by=request.user, thing=t, up=up)
    )
