"""The log of what became of a rota's duties, one change of it, and undoing it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.forms.plain_english import PlainEnglishForm
from partners.history.changes import display_names
from partners.models import StaffMember, User
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from rota.duties import changes as changing
from rota.models import Duty, DutyChange
from rota.scheduling import clock
from rota.views.keeping import FORM, found, posted
from skills.records import actions

HEADER = [
    *("When", "By", "What", "Why", "Done", "Role", "Place", "Starts", "Ends"),
    *("Person", "Partner"),
]
NOBODY = "Nobody named"
MOST_TOLD = 60


class UndoForm(PlainEnglishForm, forms.Form):
    """Why a change is undone."""

    why = forms.CharField(
        label="Why (optional)",
        max_length=500,
        required=False,
        help_text="The people involved and the coordinators can read this",
    )
    called = {"why": "the reason"}


def _counted(**which):
    rows = Duty.objects.order_by().filter(**which).values(*which)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _log(rota):
    """The changes of one rota's duties, newest first, with how many they were."""
    own = DutyChange.objects.of_duties(Duty.objects.filter(rota=rota))
    return own.select_related("undone_by").annotate(
        put_in=_counted(made_by=OuterRef("pk")),
        taken_out=_counted(replaced_by=OuterRef("pk")),
    )


@require_safe
def changes(request, rota):
    rota = found(request.user, rota)
    page, problems = page_of(request, _log(rota))
    names = display_names(User, {c.made_by_id for c in page} - {None}, request.user)
    for change in page:
        change.who = names.get(change.made_by_id, "")
    context = {
        "rota": rota,
        "page": page,
        "problems": problems,
        "may_export": request.user.standing.exports_people,
    }
    return render(request, "rota/changes.html", context)


@require_safe
def changes_export(request, rota):
    rota = found(request.user, rota)
    if not request.user.standing.exports_people:
        raise PermissionDenied
    rows = rota.duties.select_related("made_by", "replaced_by", "partner").order_by()
    duties = list(rows)
    people = {duty.staff_id for duty in duties} - {None}
    actions.note_export(
        by=request.user,
        what="changes of duties",
        filters={"rota": [rota.name]},
        staff_ids=sorted(people),
    )
    return csv_response(
        file_name("changes of duties", rota.name),
        HEADER,
        _lines(rota, duties, people, request.user),
        excel=request.GET.get("excel") == "1",
    )


def _lines(rota, duties, people, reader):
    """A line for each duty put in or taken out, the newest change first."""
    done = [(duty.made_by, "Added", duty) for duty in duties]
    done += [(d.replaced_by, "Removed", d) for d in duties if d.replaced_by]
    done.sort(key=lambda one: (one[2].starts_at, one[2].role, one[2].place, one[1]))
    done.sort(key=lambda one: (one[0].made_at, one[0].pk), reverse=True)
    logins = display_names(User, {one[0].made_by_id for one in done} - {None}, reader)
    names = display_names(StaffMember, people, reader)
    for change, what, duty in done:
        yield (
            _wall(change.made_at, rota),
            logins.get(change.made_by_id, ""),
            *(change.get_kind_display(), change.why, what),
            *(duty.get_role_display(), duty.place),
            *(_wall(duty.starts_at, rota), _wall(duty.ends_at, rota)),
            *(names.get(duty.staff_id, NOBODY), duty.partner.short_name),
        )


def _wall(moment, rota):
    return f"{clock.local(moment, rota.zone):%Y-%m-%d %H:%M}"


def _found(request, pk):
    """A change this login may look at, and its duties in order."""
    duties = Duty.objects.visible_to(request.user)
    mine = DutyChange.objects.of_duties(duties).select_related("undoes", "undone_by")
    change = get_object_or_404(mine, pk=pk)
    own = duties.filter(Q(made_by=change) | Q(replaced_by=change))
    own = own.select_related("rota", "partner").order_by(
        "starts_at", "rota", "role", "place", "made_by", "pk"
    )
    return change, own


def _tell(duties, change, user):
    """Each duty with its person's name and what the change did to it."""
    names = display_names(StaffMember, {d.staff_id for d in duties} - {None}, user)
    for duty in duties:
        duty.who = names.get(duty.staff_id, NOBODY)
        duty.is_put_in = duty.made_by_id == change.pk
    return duties


def _may_undo(user, change, duties):
    """Only where all the duties are of partners whose places this login fills."""
    if hasattr(change, "undone_by"):
        return False
    partners = duties.order_by().values_list("partner", flat=True).distinct()
    return all(user.standing.coordinates_partner(pk) for pk in partners)


@require_safe
def change(request, change):
    change, duties = _found(request, change)
    page, problems = page_of(request, duties)
    names = display_names(User, {change.made_by_id} - {None}, request.user)
    context = {
        "change": change,
        "who": names.get(change.made_by_id, ""),
        "page": page,
        "duties": _tell(page.object_list, change, request.user),
        "rota": duties[0].rota,
        "problems": problems,
        "may_undo": _may_undo(request.user, change, duties),
    }
    return render(request, "rota/change.html", context)


@FORM
def change_undo(request, change):
    change, duties = _found(request, change)
    if hasattr(change, "undone_by"):
        messages.info(request, changing.UNDONE_ALREADY)
        return redirect("rota:change", change.pk)
    if not _may_undo(request.user, change, duties):
        raise PermissionDenied
    form = UndoForm(posted(request))
    done = form.is_valid() and _undone(request, change, form)
    if done:
        messages.success(request, "Change undone")
        return redirect("rota:change", done.pk)
    ahead = duties.filter(ends_at__gt=timezone.now())
    told = _tell(ahead[:MOST_TOLD], change, request.user)
    context = {"change": change, "form": form, "duties": told, "rota": duties[0].rota}
    context["more"] = max(ahead.count() - MOST_TOLD, 0)
    return render(request, "rota/undo.html", context)


def _undone(request, change, form):
    why = form.cleaned_data["why"]
    try:
        return changing.undo(by=request.user, change=change, why=why)
    except ValidationError as error:
        form.add_error(None, error)
    except IntegrityError:
        form.add_error(None, changing.UNDONE_ALREADY)
