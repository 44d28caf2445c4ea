"""The outbox, where one is signed in, and requests for correction."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from post_office.models import Email

from partners import actions, refusals
from partners.accounts import sessions
from partners.forms.corrections import AnswerForm, AskForm
from partners.history import pages
from partners.mail import sending
from partners.models import CorrectionRequest
from partners.paging import page_of
from partners.people import corrections
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number

HEADER = [
    *("Person", "Partner", "What is wrong", "Asked on", "State"),
    *("Answer", "Answered on"),
]
STATES = [*CorrectionRequest.State.choices, ("all", "All")]


@require_http_methods(["GET", "HEAD", "POST"])
def outbox(request):
    if not request.user.standing.is_partnership_coordinator:
        raise Http404
    if request.method == "POST":
        _decide(request)
        return redirect("partners:outbox")
    found = Email.objects.select_related("delivery").order_by("-created", "-pk")
    is_trouble = request.GET.get("state") == "trouble"
    if is_trouble:
        found = found.filter(sending.in_trouble())
    page, problems = page_of(request, found.prefetch_related("logs"))
    context = {
        "page": page,
        "problems": problems,
        "rows": [(message, sending.state(message)) for message in page],
        "state": "trouble" if is_trouble else "",
        "states": [("", "All"), ("trouble", "To look at")],
    }
    return render(request, "partners/outbox.html", context)


def _decide(request):
    """Send a message that went wrong once more, or leave it."""
    for name, act, done in (
        ("again", sending.try_again, "The message is sent again"),
        ("leave", sending.leave, "The message is left as it is"),
    ):
        message_id = whole_number(request.POST.get(name, ""))
        if message_id is not None and act(message_id):
            messages.success(request, done)
            return
    messages.error(request, "Nothing is wrong with that message any more")


@require_safe
def signing_in(request):
    return render(request, "partners/signing_in.html")


@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request):
    if "everywhere" in request.POST:
        sessions.end_all(user=request.user)
        logout(request)
        return redirect("account_login")
    if request.method == "POST":
        _sign_out(request, request.POST.get("end", ""))
        return redirect("partners:signed_in")
    places = sessions.places(request.user, request.session.session_key)
    return render(request, "partners/signed_in.html", {"places": places})


def _sign_out(request, typed):
    session_id = whole_number(typed)
    if session_id and sessions.end(user=request.user, session_id=session_id):
        messages.success(request, "That browser is signed out")
    else:
        messages.error(request, "That browser was signed out already")


@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request):
    if not request.user.standing.staff_id:
        raise PermissionDenied
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = corrections.ask(by=request.user, what=form.cleaned_data["what"])
        said = "Who keeps your record is told by e-mail, and answers within a month"
        messages.success(request, said)
        return redirect("partners:correction", asked.pk)
    return render(request, "partners/ask_correction.html", {"form": form})


def _requests(request):
    """The requests in the state the address names, and what was not understood."""
    if not request.user.standing.may_administer:
        raise PermissionDenied
    state = request.GET.get("state", CorrectionRequest.State.OPEN)
    found = CorrectionRequest.objects.editable_by(request.user)
    found = found.select_related("staff__partner")
    if state in CorrectionRequest.State.values:
        return found.filter(state=state), state, []
    if state == "all":
        return found, state, []
    return found, "all", [f"There is no state “{state[:40]}”: these are all of them"]


@require_safe
def correction_list(request):
    found, state, problems = _requests(request)
    page, beyond = page_of(request, found)
    context = {
        "page": page,
        "state": state,
        "states": STATES,
        "problems": [*problems, *beyond],
    }
    return render(request, "partners/corrections.html", context)


@require_safe
def corrections_export(request):
    found, state, _ = _requests(request)
    found = list(found)
    actions.note_taken(
        by=request.user,
        what="requests for correction",
        filters={"state": [state]},
        staff_ids=[asked.staff_id for asked in found],
    )
    about, is_for_excel = file_name("corrections", state), request.GET.get("excel")
    return csv_response(about, HEADER, map(_line, found), excel=is_for_excel == "1")


def _line(asked):
    answered = asked.answered_at and timezone.localdate(asked.answered_at)
    return (
        *(asked.staff.name, asked.staff.partner.name, asked.what),
        *(timezone.localdate(asked.asked_at), asked.get_state_display()),
        *(asked.answer, answered),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request, pk):
    found = CorrectionRequest.objects.visible_to(request.user)
    asked = get_object_or_404(found.select_related("staff__partner"), pk=pk)
    keeps = request.user.standing.coordinates_partner(asked.staff.partner_id)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (form.is_valid() or not asked.is_open):
        _answer(request, asked, form)
        return redirect("partners:correction", pk)
    context = {
        "asked": asked,
        "form": form,
        "keeps": keeps,
        "changes": _history(request, asked),
    }
    return render(request, "partners/correction.html", context)


def _answer(request, asked, form):
    """Answer once, and say what came of it."""
    if not form.is_valid():
        messages.warning(request, corrections.ANSWERED)
        return
    try:
        corrections.answer(by=request.user, request=asked, **form.cleaned_data)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except IntegrityError as error:
        messages.warning(request, refusals.sentence(error) or corrections.ANSWERED)
    else:
        messages.success(request, "The person is told by e-mail what you answered")


def _history(request, asked):
    own = pages.one_record(asked.pk)
    source = pages.HistorySource(CorrectionRequest, "pgh_obj_id", own)
    return pages.requested_page(request, [source])[0].changes
