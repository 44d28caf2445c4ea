"""Resetting the second factor of a colleague who lost it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partners.accounts import second_factor
from partners.forms.second_factor import ResetForm
from partners.models import StaffMember
from partners.paging import page_of

RESET = "Second factor reset. {} has been told by e-mail"


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request, pk):
    person = get_object_or_404(StaffMember.objects.visible_to(request.user), pk=pk)
    if not StaffMember.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _was_reset(request, person, form):
        messages.success(request, RESET.format(person.name))
        return redirect("skills:second_factor_reset", pk)
    resets = person.second_factor_resets.select_related("reset_by__person__partner")
    page, problems = page_of(request, resets)
    context = {"person": person, "form": form, "page": page, "problems": problems}
    context["objection"] = second_factor.objection(by=request.user, person=person)
    return render(request, "skills/second_factor_reset.html", context)


def _was_reset(request, person, form):
    """Whether it was; if not, the form says why."""
    reason = form.cleaned_data["reason"]
    try:
        second_factor.reset(by=request.user, person=person, reason=reason)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True
