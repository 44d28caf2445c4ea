"""Requests to take a duty: asked, listed, answered and withdrawn."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.forms.saving import save_or_report
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from rota.duties import swaps as asking
from rota.forms.swaps import AnswerForm, AskForm
from rota.models import Duty, Swap
from rota.scheduling import clock

AHEAD = timedelta(weeks=13)
STATES = [
    ("open", "Waiting for an answer"),
    *((state.value, state.label) for state in Swap.State if state != Swap.State.OPEN),
]
HEADER = ["Rota", "Role", "From", "Until", "Whose", "Partner", "Kind", "Asked"]
HEADER += ["State", "Taken by", "Answer"]


def _swaps(request):
    """Those this login has to do with, in the state asked for, soonest first."""
    asked = request.GET.get("state", "open")
    state = asked if asked in dict(STATES) else "open"
    found = Swap.objects.visible_to(request.user).filter(state=state)
    found = found.select_related(
        "duty__rota", "duty__staff", "duty__partner", "accepted_by", "offered__staff"
    )
    return state, found.order_by("starts_at" if state == "open" else "-starts_at", "pk")


@require_safe
def swaps(request):
    state, found = _swaps(request)
    page, problems = page_of(request, found)
    context = {"page": page, "problems": problems, "state": state, "states": STATES}
    return render(request, "rota/swaps.html", context)


@require_safe
def swaps_export(request):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    _, found = _swaps(request)
    excel = request.GET.get("excel") == "1"
    return csv_response(file_name("swaps"), HEADER, map(_line, found), excel=excel)


def _line(swap):
    duty, zone = swap.duty, swap.duty.rota.zone
    return [
        duty.rota.name,
        duty.get_role_display(),
        *(_told(moment, zone) for moment in (swap.starts_at, swap.ends_at)),
        duty.staff.name if duty.staff else "Nobody",
        duty.partner.name,
        swap.get_kind_display(),
        _told(swap.asked_at, zone),
        swap.get_state_display(),
        swap.accepted_by.name if swap.accepted_by else "",
        swap.answer,
    ]


def _told(moment, zone):
    return f"{clock.local(moment, zone):%Y-%m-%d %H:%M}"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, duty):
    duty = _own(request, duty)
    if duty.replaced_by_id or duty.ends_at <= timezone.now():
        messages.info(request, "This duty has changed or is over")
        return redirect("rota:duty", duty.pk)
    form = AskForm(request.POST or None, duty=duty, others=_others(duty))
    swap = save_or_report(
        form, lambda: asking.ask(by=request.user, duty=duty, **form.request())
    )
    if swap:
        messages.success(request, "Your request has been sent")
        return redirect("rota:swap", swap.pk)
    context = {"form": form, "duty": duty, "rota": duty.rota}
    return render(request, "rota/swap_ask.html", context)


def _own(request, pk):
    """A duty of whoever asks, or of a partner they keep."""
    rows = Duty.objects.visible_to(request.user)
    duty = get_object_or_404(rows.select_related("rota", "staff", "partner"), pk=pk)
    standing = request.user.standing
    is_own = duty.staff_id is not None and duty.staff_id == standing.staff_id
    if not (is_own or standing.coordinates_partner(duty.partner_id)):
        raise PermissionDenied
    return duty


def _others(duty):
    """Duties of colleagues to come that may be asked for in exchange."""
    now = timezone.now()
    coming = Duty.objects.current().filter(rota=duty.rota, staff__isnull=False)
    coming = coming.filter(starts_at__gt=now, starts_at__lt=now + AHEAD)
    return coming.exclude(staff=duty.staff_id).select_related("rota", "staff")


def _found(request, pk):
    rows = Swap.objects.visible_to(request.user).select_related(
        "duty__rota", "duty__staff", "duty__partner", "offered__staff", "accepted_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def swap(request, swap):
    swap = _found(request, swap)
    is_open = swap.state == Swap.State.OPEN and swap.starts_at > timezone.now()
    form = AnswerForm(request.POST or None, user=request.user, swap=swap)
    if save_or_report(form, lambda: _answer(request, swap, form)):
        messages.success(request, "Your answer has been recorded")
        return redirect("rota:swap", swap.pk)
    standing = request.user.standing
    context = {
        "swap": swap,
        "rota": swap.duty.rota,
        "form": form,
        "asked": swap.asked.select_related("staff__partner"),
        "may_answer": is_open and bool(form.people),
        "may_withdraw": is_open and _may_withdraw(standing, swap.duty),
    }
    return render(request, "rota/swap.html", context)


def _answer(request, swap, form):
    answer = {"by": request.user, "swap": swap, "person": form.taker}
    words = form.cleaned_data["why"]
    if "decline" in request.POST:
        return asking.decline(**answer, answer=words)
    go_ahead = form.cleaned_data.get("go_ahead", False)
    return asking.accept(**answer, why=words, go_ahead=go_ahead)


def _may_withdraw(standing, duty):
    is_own = duty.staff_id is not None and duty.staff_id == standing.staff_id
    return is_own or standing.coordinates_partner(duty.partner_id)


@require_POST
def withdraw(request, swap):
    swap = _found(request, swap)
    try:
        asking.withdraw(by=request.user, swap=swap)
        messages.success(request, "Your request has been withdrawn")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("rota:swap", swap.pk)
