"""Two skills made one: what would happen, what happened, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.models import StaffMember
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number
from skills.catalogue import merge as merging
from skills.catalogue.merge_plan import Plan, refuse_unlike
from skills.catalogue.merge_report import edited_rows, people_of, told, told_people
from skills.forms.catalogue import MergeForm, OtherSkillForm, UndoForm
from skills.models import Skill, SkillMerge
from skills.records import actions
from skills.views.proposals import refuse_others

HEADER = [
    *("Merged skill", "Into", "Merged on", "Merged by", "People moved"),
    *("People with both", "Wishes", "Certificates", "Other names"),
    *("Undone on", "Undone by", "Rows left as they were"),
]
WHOLE = ("from_skill", "into_skill", "merged_by__person", "undone_by__person")
STATES = [("in-force", "In force"), ("undone", "Undone"), ("all", "All")]


@require_http_methods(["GET", "HEAD", "POST"])
def merge_skill(request, pk):
    refuse_others(request)
    skill = get_object_or_404(Skill, pk=pk)
    into = whole_number(request.GET.get("into", ""))
    if into is not None:
        return _preview(request, skill, get_object_or_404(Skill, pk=into))
    is_asked = "skill" in request.GET
    form = OtherSkillForm(request.GET if is_asked else None, merged=skill)
    if is_asked and form.is_valid():
        return redirect(_address(skill, form.cleaned_data["skill"]))
    return render(request, "skills/merge_choose.html", {"skill": skill, "form": form})


def _address(skill, into):
    return f"{reverse('skills:merge_skill', args=[skill.pk])}?into={into.pk}"


def _preview(request, skill, into):
    """What the merge would do; done, if what was read is what still stands."""
    form = MergeForm(request.POST or None)
    try:
        refuse_unlike(skill, into)
        if request.method == "POST" and form.is_valid():
            return _merged(request, skill, into, form.cleaned_data["fingerprint"])
    except ValidationError as error:
        form = MergeForm({})
        form.add_error(None, error)
    plan = Plan(skill, into)
    context = {"skill": skill, "into": into, "form": form, "plan": plan}
    context |= _people(request, plan)
    return render(request, "skills/merge_preview.html", context)


def _merged(request, skill, into, fingerprint):
    done = merging.merge(
        by=request.user, from_skill=skill, into_skill=into, fingerprint=fingerprint
    )
    messages.success(request, f"“{skill}” has been merged into {into}")
    return redirect("skills:merge", done.pk)


def _people(request, plan):
    """Each person with the level in either skill and the one that results."""
    page, problems = page_of(request, plan.people())
    people = StaffMember.objects.select_related("partner")
    by_id = people.in_bulk([person for person, _, _ in page])
    rows = [told(by_id.get(person), theirs, ours) for person, theirs, ours in page]
    return {"page": page, "people": rows, "problems": problems}


def _merges(request):
    """The merges in the state the address names, and what was not understood."""
    refuse_others(request)
    state = request.GET.get("state", "all")
    every = SkillMerge.objects.select_related(*WHOLE)
    if state == "all":
        return every, state, []
    if state in dict(STATES):
        return every.filter(undone_at__isnull=state == "in-force"), state, []
    return every, "all", [f"There is no state “{state[:40]}”: showing all of them"]


@require_safe
def merges(request):
    rows, state, problems = _merges(request)
    page, beyond = page_of(request, rows)
    context = {
        "page": page,
        "state": state,
        "states": STATES,
        "problems": [*problems, *beyond],
    }
    return render(request, "skills/merges.html", context)


@require_safe
def merges_export(request):
    rows, state, _ = _merges(request)
    actions.note_export(
        by=request.user, what="merges", filters={"state": [state]}, staff_ids=[]
    )
    return csv_response(
        file_name("merged skills", state),
        HEADER,
        map(_row, rows),
        excel=request.GET.get("excel") == "1",
    )


def _row(merge):
    by, undone_by = merge.merged_by, merge.undone_by
    return (
        *(merge.from_skill, merge.into_skill),
        *(timezone.localtime(merge.merged_at).date(), by and by.get_full_name()),
        *(merge.moved, merge.both, merge.wishes, merge.certificates, merge.names),
        merge.undone_at and timezone.localtime(merge.undone_at).date(),
        *(undone_by and undone_by.get_full_name(), merge.left_alone),
    )


@require_safe
def merge(request, pk):
    refuse_others(request)
    merge = get_object_or_404(SkillMerge.objects.select_related(*WHOLE), pk=pk)
    return _told(request, merge, UndoForm())


def _told(request, merge, form, edited=()):
    page, problems = page_of(request, people_of(merge))
    context = {
        "merge": merge,
        "page": page,
        "people": told_people(merge, page.object_list),
        "problems": problems,
        "form": form,
        "edited": edited,
    }
    return render(request, "skills/merge.html", context)


@require_POST
def merge_undo(request, pk):
    refuse_others(request)
    merge = get_object_or_404(SkillMerge.objects.select_related(*WHOLE), pk=pk)
    form = UndoForm(request.POST)
    leaves = form.is_valid() and form.cleaned_data["leaves_edited"]
    try:
        merging.undo(by=request.user, merge=merge, leaves_edited=leaves)
    except merging.EditedSince as since:
        form.ask(len(since.rows))
        return _told(request, merge, form, edited_rows(since.rows))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Merge undone: “{merge.from_skill}” is back")
    return redirect("skills:merge", pk)
