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
from disaster_recovery.content.schema import FIELDS, FIXED
from disaster_recovery.content.validation import keys_named
from disaster_recovery.forms.objects import GenericObjectForm
from disaster_recovery.forms.offers import DeclineForm, OfferForm, TakeNewForm
from disaster_recovery.models import Offer
from disaster_recovery.views import comparing
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.generic_objects import choices_of
from disaster_recovery.views.plan_objects import thing_of
from partners.history import pages
from partners.history.pages import HistorySource
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name

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
    said = actions.told_by(thing)
    as_offered = Offer(kind=thing.kind, key=thing.key, fields=said)
    now = actions.generic_now(as_offered, request.user)
    context = {
        "form": form,
        "thing": thing,
        "title": said["title"],
        "now": now,
        "fields": [*comparing.offered(as_offered, now)],
        "partner": thing.edition.plan.partner,
    }
    return render(request, "disaster_recovery/make_offer.html", context)


def _made(request, thing, form):
    said = {"why": form.cleaned_data["why"], "overrule": form.overrules}
    return actions.offer(by=request.user, thing=thing, **said)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    is_chief = request.user.standing.is_partnership_coordinator
    if request.method == "POST" and not is_chief:
        raise PermissionDenied
    now = actions.generic_now(found, request.user)
    answers = is_chief and found.state == Offer.State.OFFERED
    forms = _forms(request, found, now) if answers else {}
    if _answered(request, found, now, forms):
        return redirect("disaster_recovery:offer", pk)
    source = HistorySource(Offer, "pgh_obj_id", pages.one_record(found.pk))
    page, problems = pages.requested_page(request, [source])
    context = {"offer": found, "now": now, "page": page, "problems": problems, **forms}
    context["form"] = _bound(forms)
    context["fields"] = [*comparing.offered(found, now)]
    return render(request, "disaster_recovery/offer.html", context)


def _bound(forms):
    both = (forms.get("accept"), forms.get("decline"))
    return next((form for form in both if form and form.is_bound), None)


def _forms(request, found, now):
    draft = actions.draft_of_next()
    way = request.POST.get("way")
    decline = DeclineForm(request.POST if way == "decline" else None)
    if draft is None:
        return {"accept": None, "decline": decline}
    choices = choices_of(draft, now)
    accept = (GenericObjectForm if now else TakeNewForm)(
        request.POST if way == "accept" else None,
        instance=now,
        kind=found.kind,
        choices=choices,
        told=dict(now.fields) if now else {},
        initial=_begun(found, now),
    )
    return {"accept": accept, "decline": decline, "unknown": _unknown(found, choices)}


def _begun(found, now):
    """How the form begins: as offered, and empty where the offer says nothing."""
    said = {one.name: found.fields.get(one.name) for one in FIELDS[found.kind]}
    fixed = {name: now.fields.get(name) for name in FIXED} if now else {}
    return said | fixed | {"key": actions.key_of(found)}


def _unknown(found, choices):
    """What the offer names that the generic plan has not, by the field's label."""
    rows = [
        (one.label, sorted({*keys_named(found.fields, one)} - {*dict(choices[one.of])}))
        for one in FIELDS[found.kind]
        if one.of
    ]
    return [(label, keys) for label, keys in rows if keys]


def _answered(request, found, now, forms):
    """Do what the chosen form asks for; whether it was done."""
    way, said = request.POST.get("way"), {"by": request.user, "offer": found}
    form = forms.get(way) if way in ("accept", "decline") else None
    if form is None:
        return False
    if way == "decline":
        answer = lambda: _declined(form, said)  # noqa: E731
        told = "The offer is declined, and the partner is told why"
    else:
        answer = lambda: _accepted(form, now, said)  # noqa: E731
        told = "It is in the draft of the next version, with thanks to the partner"
    if not saved(form, answer):
        return False
    messages.success(request, told)
    return True


def _accepted(form, now, said):
    said |= {"key": form.cleaned_data.get("key", ""), "overrule": form.overrules}
    return actions.accept(fields=form.said(), thing=now, **said)


def _declined(form, said):
    answer = form.cleaned_data["answer"]
    return actions.decline(answer=answer, overrule=form.overrules, **said)


@require_POST
def withdraw(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    said = "The offer is taken back"
    done(request, lambda: actions.withdraw(by=request.user, offer=found), said)
    return redirect("disaster_recovery:offer", pk)
