"""Retiring a skill, and bringing it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partners.whole_numbers import whole_number
from skills.catalogue.merge import bring_back, retire
from skills.models import Level, Skill, SkillHeld
from skills.views.proposals import refuse_others


@require_http_methods(["GET", "HEAD", "POST"])
def retire_skill(request, pk):
    refuse_others(request)
    skill = get_object_or_404(Skill.objects.select_related("merged_into"), pk=pk)
    if request.method == "POST":
        _changed(request, skill)
        return redirect("skills:retire_skill", pk)
    held = SkillHeld.objects.visible_to(request.user).filter(skill=skill).order_by()
    counted = dict(held.values_list("level").annotate(people=Count("pk")))
    levels = [(level, counted.get(level, 0)) for level in sorted(Level, reverse=True)]
    context = {
        "skill": skill,
        "levels": levels,
        "people": sum(counted.values()),
        "wishes": skill.wished_by.count(),
    }
    return render(request, "skills/retire.html", context)


def _changed(request, skill):
    deed, told = (
        (bring_back, f"{skill} is back in the catalogue")
        if "bring-back" in request.POST
        else (retire, f"{skill} has been retired")
    )
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        deed(by=request.user, skill=skill, version=version)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, told)
