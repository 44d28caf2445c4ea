"""Our people: what a coordinator looks at once a month, and puts right."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners import refusals
from partners.accounts import invitations
from partners.forms.plain_english import PlainEnglishForm
from partners.models import Partner, StaffMember
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number
from skills.records import actions
from skills.records.exports import UPKEEP_HEADER, upkeep_rows
from skills.records.filters import UpkeepFilter
from skills.records.quality import FIGURES, figures, missing, with_details, with_upkeep

NOBODY = "Choose at least one person"
NOT_ONESELF = (
    "You cannot mark yourself as left: untick your own name or ask a colleague"
)
SHOWN_BY_NAME = 50
MOST_TOLD = 5
KEY = re.compile("[0-9]{1,18}")


class LeavingForm(PlainEnglishForm, forms.Form):
    """The day from which people are no longer in post."""

    called = {"left_on": "the first day no longer in post"}

    left_on = forms.DateField(
        label="First day no longer in post", initial=timezone.localdate
    )


@require_safe
def our_people(request):
    """Leads who keeps one partner to its people, and others to a choice."""
    if not request.user.standing.may_administer:
        raise PermissionDenied
    kept = Partner.objects.editable_by(request.user).current().order_by("name")
    if len(kept) == 1:
        return redirect("skills:partner_people", kept[0].slug)
    return render(request, "skills/our_people.html", {"kept": kept})


@require_safe
def people(request, slug):
    return _page(request, _kept(request.user, slug))


@require_safe
def people_export(request, slug):
    partner = _kept(request.user, slug)
    filters = UpkeepFilter(request.GET, queryset=_people(partner))
    ids = [*filters.qs.values_list("pk", flat=True)] if filters.is_valid() else []
    said = {"partner": [slug]} | {k: [v] for k, v in filters.said().items()}
    actions.note_export(by=request.user, what="our people", filters=said, staff_ids=ids)
    return csv_response(
        file_name("people", partner.short_name, *filters.said().values()),
        UPKEEP_HEADER,
        upkeep_rows(ids),
        excel=request.GET.get("excel") == "1",
    )


@require_POST
def confirm(request, slug):
    partner = _kept(request.user, slug)
    if not (chosen := _chosen(request, partner)).exists():
        return _page(request, partner, NOBODY)
    number = actions.confirm_records(by=request.user, people=chosen)
    messages.success(
        request, f"{_people_in_words(number)} confirmed, with their skills"
    )
    return redirect(_back(request, partner))


@require_POST
def ask(request, slug):
    partner = _kept(request.user, slug)
    if not (chosen := _chosen(request, partner)).exists():
        return _page(request, partner, NOBODY)
    asked = actions.ask_to_confirm(by=request.user, people=chosen)
    said = f"{_people_in_words(asked.now)} asked by e-mail to confirm their record"
    if asked.lately:
        said += f"; {asked.lately} had already been asked in the last seven days"
    messages.success(request, said)
    return redirect(_back(request, partner))


@require_POST
def invite(request, slug):
    partner = _kept(request.user, slug)
    if not (chosen := _chosen(request, partner)).exists():
        return _page(request, partner, NOBODY)
    sent, refused = invitations.invite_all(people=chosen, by=request.user)
    if sent:
        messages.success(request, f"{_people_in_words(len(sent))} invited by e-mail")
    if refused:
        more = f"; and {len(refused) - MOST_TOLD} more" if refused[MOST_TOLD:] else ""
        messages.warning(request, "; ".join(refused[:MOST_TOLD]) + more)
    return redirect(_back(request, partner))


@require_POST
def leave(request, slug):
    """Asks for the day first, naming the people; then hides them from that day."""
    partner = _kept(request.user, slug)
    chosen = _chosen(request, partner)
    if not chosen.exists():
        return _page(request, partner, NOBODY)
    if chosen.filter(pk=request.user.standing.staff_id).exists():
        return _page(request, partner, NOT_ONESELF)
    is_answer = "left_on" in request.POST
    form = LeavingForm(request.POST if is_answer else None)
    if is_answer and form.is_valid() and _are_gone(request, chosen, form):
        return redirect(_back(request, partner))
    context = {
        "partner": partner,
        "form": form,
        "chosen": chosen,
        "named": chosen[:SHOWN_BY_NAME],
        "back": _back(request, partner),
    }
    return render(request, "skills/people_leave.html", context)


def _are_gone(request, chosen, form):
    day = form.cleaned_data["left_on"]
    try:
        with transaction.atomic():
            number = actions.mark_as_left(by=request.user, people=chosen, left_on=day)
    except IntegrityError as error:
        form.add_error(None, refusals.sentence(error))
        return False
    hidden = "hidden at once" if day <= timezone.localdate() else "hidden on that day"
    messages.success(request, f"{_people_in_words(number)} marked as left: {hidden}")
    return True


def _kept(user, slug):
    partner = get_object_or_404(Partner.objects.visible_to(user), slug=slug)
    if not user.standing.coordinates_partner(partner.pk):
        raise PermissionDenied
    return partner


def _people(partner):
    return with_upkeep(StaffMember.objects.in_post().filter(partner=partner))


def _chosen(request, partner):
    """Who was ticked, or everybody the filters leave; of this partner only."""
    people = StaffMember.objects.in_post().filter(partner=partner)
    if request.POST.get("everybody") == "1":
        filters = UpkeepFilter(request.GET, queryset=_people(partner))
        kept = filters.qs.order_by().values("pk") if filters.is_valid() else []
        return people.filter(pk__in=kept)
    ticked = {whole_number(pk) for pk in request.POST.getlist("person")}
    return people.filter(pk__in=ticked - {None})


def _back(request, partner):
    asked = request.GET.urlencode()
    address = reverse("skills:partner_people", args=[partner.slug])
    return f"{address}?{asked}" if asked else address


def _page(request, partner, problem=""):
    filters = UpkeepFilter(request.GET, queryset=_people(partner))
    rows = filters.qs if filters.is_valid() else StaffMember.objects.none()
    page, problems = page_of(request, with_details(rows))
    numbers = figures(_people(partner))
    context = {
        "partner": partner,
        "filters": filters,
        "said": filters.said(),
        "asked": request.GET.urlencode(),
        "problem": problem,
        "problems": filters.not_understood() + problems,
        "total": numbers.pop("people"),
        "figures": [(k, FIGURES[k][1], n) for k, n in numbers.items()],
        "complete": numbers["complete"],
        "page": page,
        "people": [(person, missing(person)) for person in page],
        "ticked": set(request.POST.getlist("person")),
    }
    return render(request, "skills/people.html", context)


def _people_in_words(number):
    return "1 person" if number == 1 else f"{number:,} people"
