"""Offers to the generic plan: made by partners, answered by the partnership."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from disaster_recovery import offers as actions
from disaster_recovery.forms.objects import GenericObjectForm
from disaster_recovery.forms.offers import DeclineForm, OfferForm
from disaster_recovery.models import Offer
from disaster_recovery.views import comparing
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.generic_objects import choices_of
from disaster_recovery.views.plan_objects import thing_of
from partners import chronicle
from partners.chronicle import Source
from partners.export import csv_response, file_name
from partners.paging import page_of

STATES = {"": "All", **dict(Offer.State.choices)}
HEADER = ["Partner", "Kind", "Object", "What is better", "Offered at", "State"]
HEADER += ["Answer", "Answered at", "Taken into"]


def _visible(request):
    standing = request.user.standing
    if not (standing.coordinates or standing.is_partnership_coordinator):
        raise PermissionDenied
    found = Offer.objects.visible_to(request.user)
    return found.select_related(
        "partner", "taken_into", "base", "offered_by__person", "answered_by__person"
    )


def _asked(request):
    state = request.GET.get("state", "")
    found = _visible(request)
    return (found.filter(state=state), state) if state in STATES else (found, "")


@require_safe
def offers(request):
    found, state = _asked(request)
    page, problems = page_of(request, found if state else _visible(request))
    context = {"page": page, "rows": page, "problems": problems}
    context |= {"states": STATES.items(), "state": state}
    return render(request, "disaster_recovery/offers.html", context)


@require_safe
def offers_export(request):
    found, state = _asked(request)
    rows = map(_line, found if state else _visible(request))
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("offers"), HEADER, rows, excel=excel)


def _line(one):
    answered = one.answered_at
    return (
        one.partner.name,
        one.get_kind_display(),
        one.title,
        one.why,
        one.offered_at.isoformat(timespec="seconds"),
        one.get_state_display(),
        one.answer,
        answered.isoformat(timespec="seconds") if answered else "",
        (one.taken_into.number or "the draft") if one.taken_into else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def make(request, pk):
    thing = thing_of(request, pk)
    form = OfferForm(request.POST or None)
    if made := saved(form, lambda: _made(request, thing, form)):
        messages.success(request, "It is offered: you are told what became of it")
        return redirect("disaster_recovery:offer", made.pk)
    context = {
        "form": form,
        "thing": thing,
        "title": actions.told_by(thing)["title"],
        "partner": thing.edition.plan.partner,
    }
    return render(request, "disaster_recovery/make_offer.html", context)


def _made(request, thing, form):
    return actions.offer(by=request.user, thing=thing, why=form.cleaned_data["why"])


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    is_chief = request.user.standing.is_partnership_coordinator
    if request.method == "POST" and not is_chief:
        raise PermissionDenied
    now = actions.generic_now(found)
    answers = is_chief and found.state == Offer.State.OFFERED
    forms = _forms(request, found, now) if answers else {}
    if _answered(request, found, now, forms):
        return redirect("disaster_recovery:offer", pk)
    source = Source(Offer, "pgh_obj_id", chronicle.one(found.pk))
    page, problems = chronicle.page_of(request, [source])
    context = {"offer": found, "now": now, "page": page, "problems": problems, **forms}
    context["form"] = next((f for f in forms.values() if f and f.is_bound), None)
    context["fields"] = [*comparing.offered(found, now)]
    return render(request, "disaster_recovery/offer.html", context)


def _forms(request, found, now):
    draft = actions.draft_of_next()
    way = request.POST.get("way")
    decline = DeclineForm(request.POST if way == "decline" else None)
    if draft is None:
        return {"accept": None, "decline": decline}
    accept = GenericObjectForm(
        request.POST if way == "accept" else None,
        instance=now,
        kind=found.kind,
        choices=choices_of(draft, now),
        told=dict(now.fields) if now else {},
        initial=found.fields,
    )
    return {"accept": accept, "decline": decline}


def _answered(request, found, now, forms):
    """Do what the chosen form asks for; whether it was done."""
    way, said = request.POST.get("way"), {"by": request.user, "offer": found}
    form = forms.get(way)
    if form is None:
        return False
    if way == "decline":
        answer = lambda: actions.decline(answer=form.cleaned_data["answer"], **said)  # noqa: E731
        told = "The offer is declined, and the partner is told why"
    else:
        answer = lambda: _accepted(form, now, said)  # noqa: E731
        told = "It is in the draft of the next version, with thanks to the partner"
    if not saved(form, answer):
        return False
    messages.success(request, told)
    return True


def _accepted(form, now, said):
    fields, overrule = form.said(), form.overrules
    return actions.accept(fields=fields, thing=now, overrule=overrule, **said)


@require_POST
def withdraw(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    said = "The offer is taken back"
    done(request, lambda: actions.withdraw(by=request.user, offer=found), said)
    return redirect("disaster_recovery:offer", pk)
