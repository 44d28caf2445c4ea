"""The rows of somebody's own record: skills, wishes, certificates, absences."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.models import Absence, Versioned
from partners.whole_numbers import whole_number
from skills.forms.own import (
    AbsenceForm,
    CertificationForm,
    HeldForm,
    OwnForm,
    WishForm,
)
from skills.matching.text import visible
from skills.models import Certification, LearningWish, Level, Skill, SkillHeld
from skills.search import suggestions

from .own import FORM, RECORD, own

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: what it is called, and which of them one may change."""

    model: type[Versioned]
    form: type[OwnForm]
    noun: str
    rows: Callable[..., QuerySet]


def _to_come(person):
    return person.absences.not_over(timezone.localdate())


KINDS = {
    "skill": Kind(
        SkillHeld, HeldForm, "skill", lambda p: p.skills_held.select_related("skill")
    ),
    "wish": Kind(
        LearningWish,
        WishForm,
        "wish to learn",
        lambda p: p.learning_wishes.select_related("skill"),
    ),
    "certificate": Kind(
        Certification, CertificationForm, "certificate", lambda p: p.certifications
    ),
    # What is over is kept as it was; a coordinator may still put it right.
    "absence": Kind(Absence, AbsenceForm, "absence", _to_come),
}


@FORM
@own
def add(request, person, kind):
    kind = KINDS[kind]
    return _write(request, kind, kind.model(staff=person), f"Add a {kind.noun}")


@FORM
@own
def add_skill(request, person, pk):
    skill = get_object_or_404(Skill.objects.current(), pk=pk)
    held = person.skills_held.filter(skill=skill).first()
    if held and request.method != "POST":
        return redirect("skills:change_my_skill", held.pk)
    row = SkillHeld(staff=person, skill=skill)
    return _write(request, KINDS["skill"], row, f"Add a skill: {skill.name}")


@FORM
@own
def change(request, person, kind, pk):
    kind = KINDS[kind]
    row = get_object_or_404(kind.rows(person), pk=pk)
    name = row.skill.name if kind.model is SkillHeld else str(row)
    return _write(request, kind, row, f"Change a {kind.noun}: {name}")


def _write(request, kind, row, heading):
    posted = request.POST if request.method == "POST" else None
    form = kind.form(posted, instance=row, person=row.staff)
    form.reader = request.user
    if posted is not None and form.is_valid() and form.is_saved():
        return _back(request, kind, "saved")
    heading = heading.replace("a absence", "an absence")
    context = {"form": form, "heading": heading, "levels": Level}
    return render(request, "skills/own/form.html", context)


def _back(request, kind, done):
    messages.success(request, f"Your {kind.noun} is {done}")
    return redirect(f"{reverse(RECORD)}#{kind.model._meta.model_name}")


@FORM
@own
def remove(request, person, kind, pk):
    kind = KINDS[kind]
    row = get_object_or_404(kind.rows(person), pk=pk)
    posted = request.method == "POST"
    if posted and _is_removed(kind.rows(person), row, request.POST.get("edition")):
        return _back(request, kind, "removed")
    context = {"row": row, "noun": kind.noun, "is_behind": posted}
    return render(request, "skills/own/remove.html", context)


def _is_removed(rows, row, edition):
    """Nobody removes what they have not read."""
    if edition != str(row.version):
        return False
    return bool(rows.filter(pk=row.pk, version=row.version).delete()[0])


@require_safe
@own
def choose_skill(request, person):
    chosen = whole_number(request.GET.get("skill", ""))
    if chosen is not None:
        skill = Skill.objects.current().filter(pk=chosen).first()
        if skill:
            return redirect("skills:add_my_skill", skill.pk)
    levels = dict(person.skills_held.values_list("skill", "level"))
    had = {pk: f"you have it at {Level(level).label}" for pk, level in levels.items()}
    problem = "Choose a skill from the list" if "choose" in request.GET else ""
    context = _choice(request, had) | {"heading": "Add a skill"}
    context["problem"] = context["problem"] or problem
    return render(request, "skills/own/choose.html", context)


@FORM
@own
def choose_wish(request, person):
    form = None
    if request.method == "POST":
        row = LearningWish(staff=person)
        form = WishForm(request.POST, instance=row, person=person)
        if form.is_valid() and form.is_saved():
            return _back(request, KINDS["wish"], "saved")
    wishes = person.learning_wishes.values_list("skill", flat=True)
    had = dict.fromkeys(wishes, "it is already on your list to learn")
    context = _choice(request, had) | {"heading": "Add a wish to learn"}
    if form:
        context["problem"] = " ".join(form.errors.get("skill", form.non_field_errors()))
    context["is_wish"] = True
    return render(request, "skills/own/choose.html", context)


def _choice(request, had):
    """The skills that typed words may mean, those one has told apart."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    query = visible(asked.get("q", "")).strip()[:MOST_LETTERS]
    found = suggestions.skills_called(query) if query else []
    return {
        "query": query,
        "found": [(skill, why) for skill, why in found if skill.pk not in had],
        "had": [(skill, had[skill.pk]) for skill, _ in found if skill.pk in had],
        "names": Skill.objects.current().values_list("name", flat=True),
        "problem": "" if query or "q" not in asked else "Type what the skill is called",
    }
