"""The generic plan: its versions, and the draft of the next one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from disaster_recovery.content import effective, schema
from disaster_recovery.content.validation import validation_errors
from disaster_recovery.forms.generic import PublishForm, SupersedesForm
from disaster_recovery.generic_plan import versions as generic
from disaster_recovery.models import GenericObject, GenericVersion, Offer
from disaster_recovery.views.asking import done, saved
from partners.history import pages
from partners.models import Job
from partners.paging import page_of


def _visible(request):
    found = GenericVersion.objects.visible_to(request.user)
    if not request.user.standing.staff_id and not request.user.standing.may_administer:
        raise PermissionDenied
    return found.select_related("based_on", "published_by__person")


def draft_of(request, pk):
    """The draft, for the partnership coordinator."""
    if not request.user.standing.is_partnership_coordinator:
        raise PermissionDenied
    return get_object_or_404(GenericVersion.objects.editable_by(request.user), pk=pk)


@require_safe
def versions(request):
    page, problems = page_of(request, _visible(request).newest_first())
    may_edit = request.user.standing.is_partnership_coordinator
    context = {"page": page, "problems": problems, "may_edit": may_edit}
    waiting = Offer.objects.visible_to(request.user).waiting()
    context["waiting"] = waiting.count() if may_edit else 0
    context["has_draft"] = GenericVersion.objects.editable_by(request.user).exists()
    return render(request, "disaster_recovery/versions.html", context)


def _job(request, found):
    """How far the worker is with bringing a version to the plans."""
    if found.is_draft or not request.user.standing.is_partnership_coordinator:
        return None
    return Job.objects.filter(kind=generic.BRING, target=found.pk).last()


@require_safe
def version(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    things = [*found.contents.all()]
    context = {
        "generic": found,
        "job": _job(request, found),
        "credits": found.credits.select_related("partner").order_by("pk"),
        **by_kind(things),
        "tools": "disaster_recovery/_generic_tools.html" if found.is_draft else "",
        "problems": validation_errors(things) if found.is_draft else [],
        "kinds": schema.KINDS,
    }
    return render(request, "disaster_recovery/version.html", context)


def by_kind(things, named=()):
    """What a page shows of objects: each kind apart, and their names by key."""
    found = {kind: [t for t in things if t.kind == kind] for kind in schema.KINDS}
    rows = named or things
    names = {kind: {t.key: t.title for t in rows if t.kind == kind} for kind in found}
    return {
        "sections": effective.outline(found[schema.SECTION]),
        "services": found[schema.SERVICE],
        "phases": _by_phase(found[schema.TASK]),
        "parameters": found[schema.PARAMETER],
        "service_names": names[schema.SERVICE],
        "task_names": names[schema.TASK],
    }


def _by_phase(tasks):
    """The tasks of each phase that has any."""
    named = {**schema.PHASES, "": "Without a phase"}
    found = [
        (label, [t for t in tasks if t.fields.get("phase", "") == phase])
        for phase, label in named.items()
    ]
    return [(label, rows) for label, rows in found if rows]


@require_safe
def version_json(request, pk):
    """The canonical form, whose SHA-256 is the fingerprint of the version."""
    found = get_object_or_404(_visible(request).published(), pk=pk)
    name = f'attachment; filename="generic-plan-{found.number}.json"'
    return HttpResponse(
        generic.canonical_of(found),
        content_type="application/json",
        headers={"Content-Disposition": name},
    )


@require_safe
def version_history(request, pk):
    if not request.user.standing.is_partnership_coordinator:
        raise PermissionDenied
    found = get_object_or_404(_visible(request), pk=pk)
    own = pages.one_record(found.pk)
    sources = [
        pages.HistorySource(GenericVersion, "pgh_obj_id", own),
        pages.HistorySource(GenericObject, "generic_id", own),
    ]
    page, problems = pages.requested_page(request, sources)
    context = {"generic": found, "page": page, "problems": problems}
    return render(request, "disaster_recovery/version_history.html", context)


@require_POST
def start_draft(request):
    said = "The draft has all that is in the newest version. Partners do not see it yet"
    done(request, lambda: generic.start_draft(by=request.user), said)
    draft = GenericVersion.objects.editable_by(request.user).first()
    if draft is None:
        return redirect("disaster_recovery:versions")
    return redirect("disaster_recovery:version", draft.pk)


@require_POST
def discard_draft(request, pk):
    draft = draft_of(request, pk)
    said = "The draft is given up: the published versions stay as they are"
    done(request, lambda: generic.discard_draft(by=request.user, draft=draft), said)
    return redirect("disaster_recovery:versions")


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, pk):
    draft = draft_of(request, pk)
    number = ".".join(map(str, generic.next_number()))
    initial = {"number": number, "notes": draft.release_notes}
    form = PublishForm(request.POST or None, initial=initial)
    if saved(
        form, lambda: generic.publish(by=request.user, draft=draft, **form.cleaned_data)
    ):
        messages.success(request, "The version is published: it never changes again")
        return redirect("disaster_recovery:version", pk)
    credits = draft.credits.select_related("partner").order_by("pk")
    context = {"generic": draft, "form": form, "credits": credits}
    return render(request, "disaster_recovery/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supersedes(request, pk):
    draft = draft_of(request, pk)
    before, now = _sections(draft.based_on), _sections(draft)
    form = SupersedesForm(request.POST or None, before=before, now=now)
    if saved(form, lambda: _supersede(request, draft, form)):
        messages.success(request, "It is noted which sections stand for which")
        return redirect("disaster_recovery:supersedes", pk)
    titles = dict(before), dict(now)
    told = [
        (titles[0].get(old, old), [titles[1].get(key, key) for key in new])
        for old, new in sorted(draft.supersedes.items())
    ]
    context = {"generic": draft, "form": form, "told": told}
    return render(request, "disaster_recovery/supersedes.html", context)


def _supersede(request, draft, form):
    return generic.supersede(by=request.user, draft=draft, **form.cleaned_data)


def _sections(found):
    rows = found.contents.of_kind(schema.SECTION) if found else ()
    return [(one.key, one.title) for one in rows]
