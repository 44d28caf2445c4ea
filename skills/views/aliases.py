"""Other names of a skill: the partnership coordinator adds and removes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partners.whole_numbers import whole_number
from skills.catalogue.names import add_alias, remove_alias
from skills.forms.catalogue import AliasForm
from skills.models import Alias, Skill

_KEPT = ("text", "kind", "source", "source_address")


@require_http_methods(["GET", "HEAD", "POST"])
def aliases(request, pk):
    if not request.user.standing.is_partnership_coordinator:
        raise PermissionDenied
    skill = get_object_or_404(Skill, pk=pk)
    if "remove" in request.POST:
        _remove(request, skill)
        return redirect("skills:aliases", pk)
    form = AliasForm(request.POST or None, instance=Alias(skill=skill))
    if request.method == "POST" and _added(request, skill, form):
        return redirect("skills:aliases", pk)
    names = skill.aliases.order_by(Lower("text"))
    context = {"skill": skill, "form": form, "aliases": names}
    return render(request, "skills/aliases.html", context)


def _remove(request, skill):
    alias_id = whole_number(request.POST["remove"])
    alias = alias_id and remove_alias(by=request.user, skill=skill, alias_id=alias_id)
    if alias:
        messages.success(request, f"“{alias}” is no longer a name of {skill}")
    else:
        messages.error(request, "That name has already been removed")


def _added(request, skill, form):
    if not form.is_valid():
        return False
    kept = {name: form.cleaned_data[name] for name in _KEPT}
    try:
        alias = add_alias(by=request.user, skill=skill, **kept)
    except (ValidationError, IntegrityError):
        form.add_error("text", f"{skill} already has that name")
        return False
    messages.success(request, f"“{alias}” is now another name for {skill}")
    return True
