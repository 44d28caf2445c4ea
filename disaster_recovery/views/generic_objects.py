"""The sections, services, tasks and parameters in the draft of the generic plan."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from disaster_recovery.content.schema import KINDS
from disaster_recovery.forms.objects import GenericObjectForm, NewGenericObjectForm
from disaster_recovery.generic_plan import versions
from disaster_recovery.models import GenericObject
from disaster_recovery.views.asking import done, saved
from disaster_recovery.views.generic import draft_of

PAGE = "disaster_recovery/generic_object.html"


def _thing(request, pk):
    """An object of the draft, and the draft."""
    found = get_object_or_404(
        GenericObject.objects.visible_to(request.user).select_related("generic"), pk=pk
    )
    return found, draft_of(request, found.generic_id)


def choices_of(draft, thing=None):
    """The objects that others may name, by kind."""
    rows = draft.contents.exclude(pk=thing.pk if thing else None)
    found = {kind: [] for kind in KINDS}
    for one in rows:
        found[one.kind].append((one.key, one.title))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk, kind):
    draft = draft_of(request, pk)
    if kind not in KINDS:
        raise Http404
    form = NewGenericObjectForm(
        request.POST or None, kind=kind, choices=choices_of(draft), told={}
    )
    if saved(form, lambda: _added(request, draft, kind, form)):
        messages.success(request, f"{KINDS[kind]} added to the draft")
        return redirect(_place(draft, kind))
    context = {"form": form, "generic": draft, "heading": f"Add: {KINDS[kind].lower()}"}
    return render(request, PAGE, context)


def _added(request, draft, kind, form):
    return versions.add_object(
        by=request.user,
        draft=draft,
        kind=kind,
        key=form.cleaned_data["key"],
        fields=form.said(),
        overrule=form.overrules,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    thing, draft = _thing(request, pk)
    form = GenericObjectForm(
        request.POST or None,
        instance=thing,
        kind=thing.kind,
        choices=choices_of(draft, thing),
        told=dict(thing.fields),
    )
    if saved(form, lambda: _edited(request, thing, form)):
        messages.success(request, f"Saved: {thing.title}")
        return redirect(_place(draft, thing.kind))
    context = {"form": form, "generic": draft, "thing": thing, "heading": thing.title}
    return render(request, PAGE, context)


def _edited(request, thing, form):
    return versions.edit_object(
        by=request.user, thing=thing, fields=form.said(), overrule=form.overrules
    )


@require_POST
def move(request, pk):
    thing, draft = _thing(request, pk)
    up = request.POST.get("way") == "up"
    done(request, lambda: versions.move_object(by=request.user, thing=thing, up=up))
    return redirect(_place(draft, thing.kind))


@require_POST
def remove(request, pk):
    thing, draft = _thing(request, pk)
    said = f"Removed from the draft: {thing.title}"
    done(request, lambda: versions.remove_object(by=request.user, thing=thing), said)
    return redirect(_place(draft, thing.kind))


def _place(draft, kind):
    """Where the objects of a kind stand on the page of the draft."""
    return f"{reverse('disaster_recovery:version', args=[draft.pk])}#{kind}s"
