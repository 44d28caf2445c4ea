"""What was searched for and nobody holds: the partnership coordinator's list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partners import refusals
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number
from skills.catalogue.names import near_names, nearest
from skills.forms.catalogue import NewSkillForm, SameSkillForm
from skills.models import HandledSearch, UnansweredSearch
from skills.records import actions
from skills.search.unanswered import (
    add_searched_skill,
    dismiss,
    name_after_search,
    undo_dismissal,
)

HEADER = ["Words", "Times asked", "First asked on", "Last asked on"]
HANDLED_HEADER = [*HEADER, "Outcome", "Skill", "Handled by", "Handled on"]


def _refuse_others(user):
    if not user.standing.is_partnership_coordinator:
        raise PermissionDenied


def _unanswered(user):
    _refuse_others(user)
    return UnansweredSearch.objects.all()


@require_safe
def unanswered_searches(request):
    page, problems = page_of(request, _unanswered(request.user))
    found = nearest([search.words for search in page])
    rows = [(search, next(iter(found[search.words]), None)) for search in page]
    context = {"page": page, "rows": rows, "problems": problems}
    return render(request, "skills/unanswered_searches.html", context)


@require_safe
def unanswered_searches_export(request):
    asked = _unanswered(request.user).values_list(
        "words", "times_asked", "first_asked_on", "last_asked_on"
    )
    actions.note_export(by=request.user, what="gaps", filters={}, staff_ids=[])
    return csv_response(
        file_name("unanswered searches"),
        HEADER,
        asked,
        excel=request.GET.get("excel") == "1",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def unanswered_search(request, pk):
    _refuse_others(request.user)
    search = UnansweredSearch.objects.filter(pk=pk).first()
    if search is None:
        messages.error(request, "This search has been dealt with: see “Handled”")
        return redirect("skills:unanswered_searches")
    decision = request.POST.get("decision", "")
    forms = _forms(request.POST if decision else None, decision, search)
    if request.method == "POST" and _handled(request, search, decision, forms):
        return redirect("skills:unanswered_searches")
    context = {
        "search": search,
        "forms": forms,
        "form": forms.get(decision),
        "near": near_names(search.words),
    }
    return render(request, "skills/unanswered_search.html", context)


def _forms(data, decision, search):
    near = near_names(search.words, 1)
    same = {"skill": near[0].skill.name, "kind": near[0].kind} if near else {}
    return {
        "alias": SameSkillForm(
            data if decision == "alias" else None,
            words=search.words,
            prefix="alias",
            initial=same,
        ),
        "skill": NewSkillForm(
            data if decision == "skill" else None,
            prefix="skill",
            initial={"name": search.words},
        ),
    }


HANDLE = {"alias": name_after_search, "skill": add_searched_skill}


def _handled(request, search, decision, forms):
    """Whether the row leaves the list: by us, or by somebody who was first."""
    kept, form = {}, forms.get(decision)
    if form and not form.is_valid():
        return False
    if form:
        kept = {k: v for k, v in form.cleaned_data.items() if k != "means_both"}
    elif decision != "dismiss":
        messages.error(request, "Choose what to do with the search")
        return True
    try:
        HANDLE.get(decision, dismiss)(by=request.user, search=search, **kept)
    except (ValidationError, IntegrityError) as error:
        return _refused(request, search, form, error)
    messages.success(request, f"“{search}” has been dealt with: see “Handled”")
    return True


def _refused(request, search, form, error):
    is_rule = isinstance(error, ValidationError)
    sentence = " ".join(error.messages) if is_rule else refusals.sentence(error)
    if not sentence:
        raise error
    if form and UnansweredSearch.objects.filter(pk=search.pk).exists():
        form.add_error(None, sentence)
        return False
    messages.error(request, sentence)
    return True


def _handled_rows(user):
    _refuse_others(user)
    return HandledSearch.objects.select_related("skill", "handled_by__person")


@require_http_methods(["GET", "HEAD", "POST"])
def handled_searches(request):
    rows = _handled_rows(request.user)
    if request.method == "POST":
        _undo(request)
        return redirect("skills:handled_searches")
    page, problems = page_of(request, rows)
    context = {"page": page, "problems": problems}
    return render(request, "skills/handled_searches.html", context)


@require_safe
def handled_searches_export(request):
    rows = _handled_rows(request.user)
    actions.note_export(by=request.user, what="handled gaps", filters={}, staff_ids=[])
    return csv_response(
        file_name("handled searches"),
        HANDLED_HEADER,
        map(_handled_row, rows),
        excel=request.GET.get("excel") == "1",
    )


def _handled_row(row):
    return (
        *(row.words, row.times_asked, row.first_asked_on, row.last_asked_on),
        *(row.get_outcome_display(), row.skill),
        row.handled_by and row.handled_by.get_full_name(),
        row.handled_at.date(),
    )


def _undo(request):
    handled_id = whole_number(request.POST.get("undo", "")) or 0
    try:
        search = undo_dismissal(by=request.user, handled_id=handled_id)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"“{search}” is back in the list")
