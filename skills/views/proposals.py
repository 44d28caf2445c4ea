"""Missing skills: proposed by anybody, decided by the partnership coordinator."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partners import refusals
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from skills.catalogue.names import near_names, tidy
from skills.catalogue.proposals import (
    accept,
    decline,
    may_propose,
    person_of,
    propose,
    provenance,
    take_as_alias,
)
from skills.forms.catalogue import (
    DeclineForm,
    NewSkillForm,
    ProposalForm,
    SameSkillForm,
)
from skills.models import SkillProposal
from skills.records import actions

HEADER = [
    *("Name", "What it is", "Category", "Why", "Level", "Proposed by", "Proposed on"),
    *("State", "Skill", "Reason", "Decided by", "Decided on"),
]
State = SkillProposal.State


@require_http_methods(["GET", "HEAD", "POST"])
def propose_skill(request):
    if not may_propose(request.user):
        raise PermissionDenied
    form = ProposalForm(
        request.POST or None,
        has_record=person_of(request.user) is not None,
        initial={"name": tidy(request.GET.get("name", ""))[:100]},
    )
    if request.method == "POST" and (led_to := _proposed(request, form)):
        return redirect(led_to)
    own = request.user.proposals.select_related("skill")
    page, problems = page_of(request, own)
    context = {"form": form, "page": page, "problems": problems}
    return render(request, "skills/propose.html", context)


def _proposed(request, form):
    """Where the form leads; nowhere while something is left to say."""
    is_valid = form.is_valid()
    if form.chosen:
        return reverse("skills:skill", args=[form.chosen])
    if not is_valid or form.is_asking:
        return None
    kept = {k: v for k, v in form.cleaned_data.items() if k not in ("asked", "choice")}
    try:
        proposal = propose(by=request.user, **kept)
    except IntegrityError as error:
        form.add_error("name", _said(error))
        return None
    sentence = f"“{proposal}” has been proposed. We will e-mail you when it is decided"
    messages.success(request, sentence)
    return reverse("skills:propose")


def _said(error):
    """The sentence of a refusal, or the error itself where it is no rule of ours."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if sentence := refusals.sentence(error):
        return sentence
    raise error


def refuse_others(request):
    if not request.user.standing.is_partnership_coordinator:
        raise PermissionDenied


def _proposals(request):
    """The proposals in the state the address names, and what was not understood."""
    refuse_others(request)
    state = request.GET.get("state", State.OPEN)
    people = ("proposed_by__person__partner", "decided_by__person")
    every = SkillProposal.objects.select_related("category", "skill", *people)
    if state in State.values:
        return every.filter(state=state), state, []
    if state == "all":
        return every, state, []
    return every, "all", [f"There is no state “{state[:40]}”: showing all of them"]


@require_safe
def proposals(request):
    rows, state, problems = _proposals(request)
    page, beyond = page_of(request, rows)
    context = {
        "page": page,
        "state": state,
        "states": [*State.choices, ("all", "All")],
        "problems": [*problems, *beyond],
    }
    return render(request, "skills/proposals.html", context)


@require_safe
def proposals_export(request):
    rows, state, _ = _proposals(request)
    actions.note_export(
        by=request.user, what="proposals", filters={"state": [state]}, staff_ids=[]
    )
    return csv_response(
        file_name("proposed skills", state),
        HEADER,
        map(_row, rows),
        excel=request.GET.get("excel") == "1",
    )


def _row(proposal):
    by, decided = proposal.proposed_by, proposal.decided_by
    return (
        *(proposal.name, proposal.description, proposal.category, proposal.why),
        *(proposal.get_level_display(), by and by.get_full_name()),
        *(proposal.proposed_at.date(), proposal.get_state_display(), proposal.skill),
        *(proposal.reason, decided and decided.get_full_name()),
        proposal.decided_at and proposal.decided_at.date(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk):
    refuse_others(request)
    proposal = get_object_or_404(SkillProposal, pk=pk)
    decision = request.POST.get("decision", "")
    forms = _forms(request.POST if decision else None, decision, proposal)
    if request.method == "POST" and _decided(request, proposal, decision, forms):
        return redirect("skills:proposal", pk)
    context = {
        "proposal": proposal,
        "forms": forms,
        "form": forms.get(decision),
        "same": _also_proposed(proposal),
        "near": near_names(proposal.name) if proposal.is_open else [],
        "provenance": provenance(proposal),
    }
    return render(request, "skills/proposal.html", context)


def _also_proposed(proposal):
    """What was decided of the same name before, or is proposed again since."""
    return SkillProposal.objects.filter(key=proposal.key).exclude(pk=proposal.pk)[:5]


KINDS = {"accept": NewSkillForm, "alias": SameSkillForm, "decline": DeclineForm}


def _forms(data, decision, proposal):
    """The three forms of the page, of which one may have been sent."""
    more = {
        "accept": {"initial": _as_skill(proposal)},
        "alias": {
            "initial": _nearest(proposal),
            "words": proposal.name,
            "may_be_known": True,
        },
        "decline": {},
    }
    return {
        name: kind(data if name == decision else None, prefix=name, **more[name])
        for name, kind in KINDS.items()
    }


def _as_skill(proposal):
    kept = ("name", "category", "description")
    return {name: getattr(proposal, name) for name in kept}


def _nearest(proposal):
    near = near_names(proposal.name, 1)
    return {"skill": near[0].skill.name, "kind": near[0].kind} if near else {}


DECIDE = {"accept": accept, "alias": take_as_alias, "decline": decline}
DONE = {
    "accept": "is now in the catalogue",
    "alias": "is now another name of a skill",
    "decline": "has been declined",
}


def _decided(request, proposal, decision, forms):
    """Whether the form was good and the decision ours, or too late, to take."""
    if decision not in forms:
        messages.error(request, "Choose what to do with the proposal")
        return True
    form = forms[decision]
    if not form.is_valid():
        return False
    kept = {k: v for k, v in form.cleaned_data.items() if k != "means_both"}
    try:
        DECIDE[decision](by=request.user, proposal=proposal, **kept)
    except (ValidationError, IntegrityError) as error:
        return _too_late(request, proposal, form, _said(error))
    messages.success(request, f"“{proposal}” {DONE[decision]}")
    return True


def _too_late(request, proposal, form, sentence):
    """Somebody decided meanwhile: the page says what; else the form says why not."""
    if SkillProposal.objects.filter(Q(pk=proposal.pk), ~Q(state=State.OPEN)).exists():
        messages.error(request, sentence)
        return True
    form.add_error(None, sentence)
    return False
