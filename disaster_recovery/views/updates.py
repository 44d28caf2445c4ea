"""The pages of an update: what a newer generic version changes, and each decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from disaster_recovery.content.schema import KINDS, OF_PLANS
from disaster_recovery.forms.updates import LinkForm, SeenForm, WriteForm
from disaster_recovery.merging.outcomes import Outcome
from disaster_recovery.models import PlanDecision, PlanObject, PlanUpdate
from disaster_recovery.updates import labels, workflow
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import compare, item_fingerprint
from disaster_recovery.updates.locked_update import newest_edition, title_of
from disaster_recovery.views import comparing
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.plan_objects import choices_of
from partners.spreadsheets.writing import csv_response, file_name

HEADER = ["Decided at", "Decided by", "Kind", "Title", "Change", "Decision", "Reason"]
HEADER += ["Generic version"]
CHOOSE, CHECK, UNCHANGED_HERE = (
    "You need to choose",
    "You need to check",
    "You have not changed these",
)
# Where a text of both, or of one, can be edited.
EDITABLE = {Outcome.FAST_FORWARD, Outcome.MERGED, Outcome.CONFLICT, Outcome.ADD}
EDITABLE |= {Outcome.ADAPTED_BUT_REMOVED}
NOT_DECLINED = {Outcome.MADE_MANDATORY, Outcome.NEEDED, Outcome.ADAPTED_BUT_REMOVED}


def _update_of(request, pk):
    """An update of a plan that this login keeps."""
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    updates = PlanUpdate.objects.visible_to(request.user)
    updates = updates.select_related("plan__partner", "generic", "begun_by__person")
    log = PlanDecision.objects.select_related("decided_by__person", "generic")
    return get_object_or_404(
        updates.prefetch_related(Prefetch("decisions", log, to_attr="log")), pk=pk
    )


def _context(update, edition):
    return {
        "update": update,
        "partner": update.plan.partner,
        "edition": edition,
        "is_begun": update.begun_at and edition.is_draft,
    }


@require_safe
def update(request, pk):
    update = _update_of(request, pk)
    edition = newest_edition(update.plan)
    items = [] if update.closed_at else compare(edition, update.generic).merge.open
    groups = {CHOOSE: [], CHECK: [], UNCHANGED_HERE: []}
    for item in items:
        is_simple = item.is_bulk_acceptable and not item.waits_for
        group = UNCHANGED_HERE if is_simple else CHECK
        groups[CHOOSE if item.is_conflict else group].append(_row(item))
    changes = max(update.changes, len(items))
    context = _context(update, edition) | {
        "groups": [(title, rows) for title, rows in groups.items() if rows],
        "untouched": len(groups[UNCHANGED_HERE]),
        "changes": changes,
        "decided": changes - len(items),
    }
    return render(request, "disaster_recovery/update.html", context)


def _row(item):
    return {
        "kind": item.kind,
        "key": item.key,
        "title": title_of(item),
        "is_conflict": item.is_conflict,
        "kind_label": KINDS[item.kind],
        "outcome": labels.OUTCOMES[item.outcome],
    }


@require_POST
def begin(request, pk):
    update = _update_of(request, pk)
    sentence = "You can now decide on each change, in any order"
    done(request, lambda: workflow.begin(by=request.user, update=update), sentence)
    return redirect("disaster_recovery:update", pk)


@require_POST
def untouched(request, pk):
    update = _update_of(request, pk)
    numbers = []

    def accept():
        number = workflow.accept_untouched(by=request.user, update=update)
        numbers.append(number)

    if done(request, accept):
        (number,) = numbers
        sentence = f"{number} change{'' if number == 1 else 's'} accepted"
        messages.success(request, f"{sentence}: read what is new in the draft")
    return redirect("disaster_recovery:update", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk, kind, key):
    update = _update_of(request, pk)
    edition = newest_edition(update.plan)
    if kind not in OF_PLANS:
        raise Http404
    comparison = compare(edition, update.generic)
    item = comparison.merge.by_name.get((kind, key))
    if item is None:
        raise Http404
    if item.is_settled and request.method != "POST":
        messages.info(request, "This change has already been decided")
        return redirect("disaster_recovery:update", pk)
    forms = _forms(request, edition, comparison, item)
    if form := forms.get(request.POST.get("choice", "")):
        decided = saved(form, lambda: _decide(request, update, comparison, item, form))
        if decided:
            messages.success(request, f"{decided.decision}")
            return _next_change(update, decided.comparison)
    context = _context(update, edition) | _change_context(comparison, item, forms)
    return render(request, "disaster_recovery/change.html", context)


def _change_context(comparison, item, forms):
    return {
        "item": item,
        "row": None if item.is_settled else _row(item),
        "title": title_of(item),
        "fields": [*comparing.compared(comparison, item)],
        "form": next((form for form in forms.values() if form.is_bound), None),
        **_options(item, forms),
        **_position(comparison, item),
    }


def _forms(request, edition, comparison, item):
    """A form for each choice; what was posted is in the one that was chosen."""
    posted = request.POST.get("choice")
    items = comparison.merge.by_name
    similar = [(key, title_of(items[item.kind, key])) for key in item.similar]
    edited = {
        "instance": PlanObject(edition=edition, kind=item.kind, key=item.key),
        "kind": item.kind,
        "choices": choices_of(edition),
        "told": comparing.proposal(item),
    }

    def make(form, choice, **arguments):
        data = request.POST if posted == choice else None
        arguments["initial"] = {"seen": item_fingerprint(item)}
        return form(data, auto_id=f"id_{choice}_%s", **arguments)

    forms = {choice: make(SeenForm, choice) for choice in labels.SIMPLE_CHOICES}
    forms["linked"] = make(LinkForm, "linked", similar=similar)
    return forms | {"edited": make(WriteForm, "edited", **edited)}


def _decide(request, update, comparison, item, form):
    form_data = form.cleaned_data
    is_edited = isinstance(form, WriteForm)
    choice = Choice(
        choice=request.POST["choice"],
        values=form.said() if is_edited else {},
        reason=form_data.get("reason", ""),
        own=form_data.get("own", ""),
        overrule=is_edited and form.overrules,
    )
    return workflow.decide(
        by=request.user,
        update=update,
        name=item.name,
        seen=form_data["seen"],
        choice=choice,
        shown=comparison,
    )


def _next_change(update, comparison):
    """To another open change, those to choose first; to the list after the last."""
    items = comparison.merge.open
    if not items:
        return redirect("disaster_recovery:update", update.pk)
    item = next((item for item in items if item.is_conflict), items[0])
    return redirect("disaster_recovery:change", update.pk, *item.name)


def _options(item, forms):
    """The ways to settle the change: buttons, and forms to fill in."""
    buttons = labels.BUTTONS.get(item.outcome, ())
    offered = {
        "linked": item.similar,
        "kept": item.outcome == Outcome.MADE_MANDATORY,
        "edited": item.outcome in EDITABLE or forms["edited"].is_bound,
        "declined": item.declines and item.outcome not in NOT_DECLINED,
    }
    options = [
        labels.FORMS[choice] | {"choice": choice, "form": forms[choice]}
        for choice, is_offered in offered.items()
        if is_offered
    ]
    return {
        "buttons": [(choice, label, forms[choice]) for choice, label in buttons],
        "options": options,
    }


def _position(comparison, item):
    """Which of the open changes it is, which comes next, and what it depends on."""
    items = comparison.merge.by_name
    names = [open_item.name for open_item in comparison.merge.open]
    at = names.index(item.name) if item.name in names else -1
    return {
        "later": names[(at + 1) % len(names)] if len(names) > 1 else None,
        "place": at + 1,
        "number": len(names),
        "waits_for": [title_of(items[name]) for name in item.waits_for],
        "needed_by": [title_of(items[name]) for name in item.needed_by],
    }


@require_safe
def decisions_export(request, pk):
    update = _update_of(request, pk)
    name = file_name(f"update-{update.plan.partner.slug}-{update.generic.number}")
    excel = request.GET.get("excel") == "1"
    return csv_response(name, HEADER, map(_csv_row, update.log), excel=excel)


def _csv_row(decision):
    return (
        decision.decided_at.isoformat(timespec="seconds"),
        decision.decided_by.get_full_name(),
        decision.get_kind_display(),
        decision.title,
        labels.OUTCOMES.get(decision.outcome, decision.outcome),
        decision.get_choice_display(),
        decision.reason,
        decision.generic.number,
    )
