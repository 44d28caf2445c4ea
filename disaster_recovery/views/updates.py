"""A newer generic version in a plan: what it changes, and what becomes of each."""

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
from disaster_recovery.forms.updates import JoinForm, SeenForm, WriteForm
from disaster_recovery.merging.plan_merge import Outcome
from disaster_recovery.models import PlanDecision, PlanObject, PlanUpdate
from disaster_recovery.updates import workflow
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import compare, item_fingerprint
from disaster_recovery.views import comparing
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.plan_objects import choices_of
from partners.spreadsheets.writing import csv_response, file_name

HEADER = ["Decided at", "By", "Kind", "Object", "What it was", "Decision", "Reason"]
HEADER += ["Generic version"]


def _update_of(request, pk):
    """An update of a plan this login keeps."""
    standing = request.user.standing
    if not (standing.staff_id or standing.may_administer):
        raise PermissionDenied
    found = PlanUpdate.objects.visible_to(request.user)
    log = PlanDecision.objects.select_related("decided_by__person", "generic")
    found = found.select_related("plan__partner", "generic", "begun_by__person")
    return get_object_or_404(
        found.prefetch_related(Prefetch("decisions", log, to_attr="log")), pk=pk
    )


def _about(update, edition):
    partner = update.plan.partner
    return {"update": update, "partner": partner, "edition": edition}


@require_safe
def update(request, pk):
    shown = _update_of(request, pk)
    edition = workflow.newest_edition(shown.plan)
    still = [] if shown.closed_at else compare(edition, shown.generic).merge.open
    groups = {
        "Choose": [i for i in still if i.is_conflict],
        "Please read": [i for i in still if not (i.is_conflict or _is_plain(i))],
        "Not touched here": [i for i in still if _is_plain(i)],
    }
    rows = {title: [*map(_row, found)] for title, found in groups.items() if found}
    context = _about(shown, edition) | {
        "groups": rows.items(),
        "number": len(still),
        "untouched": len(rows.get("Not touched here", ())),
        "changes": max(shown.changes, len(still)),
        "decided": max(shown.changes, len(still)) - len(still),
        "is_begun": shown.begun_at and edition.is_draft,
    }
    return render(request, "disaster_recovery/update.html", context)


def _is_plain(item):
    return item.is_bulk_acceptable and not item.waits_for


def _row(item):
    return {
        "kind": item.kind.value,
        "key": item.key,
        "title": workflow.title_of(item),
        "is_conflict": item.is_conflict,
        "called": KINDS[item.kind],
        "saying": comparing.SAYINGS[item.outcome],
    }


@require_POST
def begin(request, pk):
    shown = _update_of(request, pk)
    said = "The update is taken up: decide on each change, in any order"
    done(request, lambda: workflow.begin(by=request.user, update=shown), said)
    return redirect("disaster_recovery:update", pk)


@require_POST
def untouched(request, pk):
    shown = _update_of(request, pk)
    taken = []
    done(
        request,
        lambda: taken.append(workflow.accept_untouched(by=request.user, update=shown)),
    )
    if taken:
        number = taken[0]
        messages.success(
            request,
            f"{number} change{'' if number == 1 else 's'} taken: read what is new",
        )
    return redirect("disaster_recovery:update", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk, kind, key):
    shown = _update_of(request, pk)
    edition = workflow.newest_edition(shown.plan)
    if kind not in OF_PLANS:
        raise Http404
    found = compare(edition, shown.generic)
    item = found.merge.by_name.get((kind, key))
    if item is None:
        raise Http404
    if item.is_settled and request.method != "POST":
        messages.info(request, "Nothing is open about this any more")
        return redirect("disaster_recovery:update", pk)
    forms = _forms(request, edition, found, item)
    if form := forms.get(request.POST.get("choice", "")):
        said = {"update": shown, "name": (kind, key), "form": form}
        if decision := saved(form, lambda: _decide(request, **said)):
            messages.success(request, f"{decision}")
            return _next(shown, workflow.newest_edition(shown.plan))
    return _page(request, shown, edition, found, item, forms)


def _forms(request, edition, found, item):
    """A form for each choice; what was posted is in the one that was chosen."""
    posted = request.POST.get("choice")

    def made(form, choice, **more):
        data = request.POST if posted == choice else None
        sealed = {"seen": item_fingerprint(item)}
        return form(data, initial=sealed, auto_id=f"id_{choice}_%s", **more)

    similar = [(own, _title(found, item.kind, own)) for own in item.similar]
    written = {
        "instance": PlanObject(edition=edition, kind=item.kind, key=item.key),
        "kind": item.kind,
        "choices": choices_of(edition),
        "told": comparing.proposal(item),
    }
    plain = ("accepted", "kept", "merged", "declined")
    return {choice: made(SeenForm, choice) for choice in plain} | {
        "edited": made(WriteForm, "edited", **written),
        "linked": made(JoinForm, "linked", similar=similar),
    }


def _title(found, kind, key):
    return workflow.title_of(found.merge.by_name[kind, key])


def _decide(request, update, name, form):
    said = form.cleaned_data
    is_written = isinstance(form, WriteForm)
    choice = Choice(
        choice=request.POST["choice"],
        values=form.said() if is_written else {},
        reason=said.get("reason", ""),
        own=said.get("own", ""),
        overrule=is_written and form.overrules,
    )
    return workflow.decide(
        by=request.user, update=update, name=name, seen=said["seen"], choice=choice
    )


def _next(shown, edition):
    """To another open change, those to choose first; to the list after the last."""
    still = compare(edition, shown.generic).merge.open
    if not still:
        return redirect("disaster_recovery:update", shown.pk)
    one = next((one for one in still if one.is_conflict), still[0])
    return redirect("disaster_recovery:change", shown.pk, one.kind.value, one.key)


def _page(request, shown, edition, found, item, forms):
    context = _about(shown, edition) | {
        "item": item,
        "row": None if item.is_settled else _row(item),
        "title": workflow.title_of(item),
        "fields": [*comparing.compared(found, item)],
        "form": next((form for form in forms.values() if form.is_bound), None),
        "is_begun": shown.begun_at and edition.is_draft,
        **_ways(item, forms),
        **_place(found, item),
    }
    return render(request, "disaster_recovery/change.html", context)


def _ways(item, forms):
    """What may become of the change: buttons, and forms to fill in."""
    buttons = comparing.BUTTONS.get(item.outcome, ())
    is_written = item.outcome in comparing.WRITABLE or forms["edited"].is_bound
    may_decline = item.declines and item.outcome not in comparing.NOT_DECLINED
    return {
        "buttons": [(choice, label, forms[choice]) for choice, label in buttons],
        "write": forms["edited"] if is_written else None,
        "join": forms["linked"] if item.similar else None,
        "decline": forms["declined"] if may_decline else None,
        "excuse": forms["kept"] if item.outcome == Outcome.MADE_MANDATORY else None,
    }


def _place(found, item):
    """Which of the open changes it is, and which comes next."""
    still = [one.name for one in found.merge.open]
    at = still.index(item.name) if item.name in still else -1
    titles = {name: workflow.title_of(one) for name, one in found.merge.by_name.items()}
    return {
        "later": still[(at + 1) % len(still)] if len(still) > 1 else None,
        "place": at + 1,
        "number": len(still),
        "waits": [titles[name] for name in item.waits_for],
        "needed_by": [titles[name] for name in item.needed_by],
    }


@require_safe
def decisions_export(request, pk):
    shown = _update_of(request, pk)
    name = file_name(f"update-{shown.plan.partner.slug}-{shown.generic.number}")
    excel = request.GET.get("excel") == "1"
    return csv_response(name, HEADER, map(_line, shown.log), excel=excel)


def _line(one):
    return (
        one.decided_at.isoformat(timespec="seconds"),
        one.decided_by.get_full_name(),
        one.get_kind_display(),
        one.title,
        one.outcome,
        one.get_choice_display(),
        one.reason,
        one.generic.number,
    )
