"""What is broader, narrower and related: the partnership coordinator keeps it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partners import refusals
from partners.whole_numbers import whole_number
from skills.catalogue.relations import (
    add_relation,
    by_side,
    neighbours,
    remove_relation,
)
from skills.forms.relations import RelationForm
from skills.models import Skill

MEANWHILE = "That relation has been changed or removed: this is how it is now"


@require_http_methods(["GET", "HEAD", "POST"])
def relations(request, pk):
    if not request.user.standing.is_partnership_coordinator:
        raise PermissionDenied
    skill = get_object_or_404(Skill, pk=pk)
    if "remove" in request.POST:
        _remove(request, skill)
        return redirect("skills:relations", pk)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and _added(request, skill, form):
        return redirect("skills:relations", pk)
    context = {
        "skill": skill,
        "form": form,
        "sides": by_side(neighbours(request.user, [pk], with_retired=True)),
        "names": Skill.objects.current().exclude(pk=pk).values_list("name", flat=True),
    }
    return render(request, "skills/relations.html", context)


def _remove(request, skill):
    relation_id, edition = (
        whole_number(request.POST.get(name, "")) for name in ("remove", "edition")
    )
    are_numbers = relation_id is not None and edition is not None
    relation = are_numbers and remove_relation(
        by=request.user, skill=skill, relation_id=relation_id, edition=edition
    )
    if relation:
        messages.success(request, f"Removed: {relation}")
    else:
        messages.error(request, MEANWHILE)


def _added(request, skill, form):
    if not form.is_valid():
        return False
    try:
        relation = add_relation(by=request.user, skill=skill, **form.chosen())
    except (ValidationError, IntegrityError) as error:
        form.add_error("other", _said(error))
        return False
    messages.success(request, f"Added: {relation}")
    return True


def _said(error):
    """The sentence of a refusal, or the error itself where it is no rule of ours."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if sentence := refusals.sentence(error):
        return sentence
    raise error
