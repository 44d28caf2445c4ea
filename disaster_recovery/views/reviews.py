"""Review of a plan: asking for approval, approving, sending back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from disaster_recovery.forms.plans import ApproveForm, SendBackForm, SubmitForm
from disaster_recovery.plans import reviews
from disaster_recovery.views.asking import saved
from disaster_recovery.views.editions import draft_of, edition_of


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request, pk):
    draft = draft_of(request, pk)
    approvers = reviews.approvers(draft)
    form = SubmitForm(request.POST or None, approvers=approvers)
    if saved(form, lambda: _submitted(request, draft, form)):
        messages.success(request, "It is sent for review, and the person is told")
        return redirect("disaster_recovery:edition", pk)
    context = {
        "edition": draft,
        "partner": draft.plan.partner,
        "form": form,
        "problems": reviews.unfinished(draft),
        "has_approvers": approvers.exclude(pk=request.user.pk).exists(),
    }
    return render(request, "disaster_recovery/submit.html", context)


def _submitted(request, draft, form):
    approver = form.cleaned_data["approver"]
    return reviews.submit(by=request.user, edition=draft, approver=approver)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    found = edition_of(request, pk)
    is_approver = found.approver_id == request.user.pk
    keeps = request.user.standing.coordinates_partner(found.plan.partner_id)
    if not (is_approver or keeps):
        raise PermissionDenied
    if not (found.is_open and not found.is_draft):
        return redirect("disaster_recovery:edition", pk)
    is_back = "send_back" in request.POST
    typed = request.POST if request.method == "POST" else None
    back = SendBackForm(typed if is_back else None)
    form = ApproveForm(None if is_back else typed)
    if _decided(request, found, back if is_back else form, is_back):
        return redirect("disaster_recovery:edition", pk)
    context = {"edition": found, "partner": found.plan.partner, "approve": form}
    context |= {"back": back, "is_approver": is_approver}
    context["form"] = back if is_back else form
    return render(request, "disaster_recovery/decide.html", context)


def _decided(request, found, form, is_back):
    act, said = (
        (reviews.send_back, "It is a draft again, and those who wrote it are told")
        if is_back
        else (reviews.approve, "The plan is approved, and in force from now on")
    )
    made = saved(form, lambda: act(by=request.user, edition=found, **form.cleaned_data))
    if made:
        messages.success(request, said)
    return made
