"""The rotas there are, one of them, and what it covers."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.history.changes import display_names
from partners.models import StaffMember
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from rota.duties import preview
from rota.forms.rotas import ClosingForm, RotaForm
from rota.loading import plan_of
from rota.models import DemandTemplate, Duty, Role, Rota, RotaPartner
from rota.scheduling import clock, rotation
from rota.views.keeping import FORM, Edit, found, kept, posted, refuse_others, write

HEADER = [
    "Rota",
    "What it covers",
    "Partners",
    "Roles",
    "Duties created until",
    "Closed on",
]


def _listed(user):
    """The rotas with who takes part and how far they are laid out: one query."""
    takes_part = RotaPartner.objects.filter(rota=OuterRef("pk"))
    named = takes_part.order_by("partner__name").values("partner__short_name")
    asked = DemandTemplate.objects.filter(rota=OuterRef("pk"))
    laid = Duty.objects.current().filter(
        rota=OuterRef("pk"), cause=Duty.Cause.GENERATED, starts_at__gt=timezone.now()
    )
    last = laid.order_by().values("rota").annotate(last=Max("starts_at")).values("last")
    return (
        Rota.objects.visible_to(user)
        .annotate(
            named=ArraySubquery(named),
            asked=ArraySubquery(asked.order_by("role").values("role").distinct()),
            last=Subquery(last),
        )
        .order_by(F("closed_on").asc(nulls_first=True), "name", "pk")
    )


def _tell(rota):
    """What a line of the list says that no column does."""
    rota.roles = [role.label for role in Role if role.value in rota.asked]
    rota.until_on = rota.last and clock.local_day(rota.last, rota.zone)
    return rota


@require_safe
def rotas(request):
    page, problems = page_of(request, _listed(request.user))
    context = {
        "page": page,
        "rotas": [*map(_tell, page)],
        "problems": problems,
        "may_keep": request.user.standing.is_partnership_coordinator,
    }
    return render(request, "rota/rotas.html", context)


@require_safe
def rotas_export(request):
    return csv_response(
        file_name("rotas"),
        HEADER,
        (_line(_tell(rota)) for rota in _listed(request.user)),
        excel=request.GET.get("excel") == "1",
    )


def _line(rota):
    partners, roles = ", ".join(rota.named), ", ".join(rota.roles)
    return rota.name, rota.covers, partners, roles, rota.until_on, rota.closed_on


@require_safe
def rota(request, rota):
    rota = found(request.user, rota)
    laid_until = preview.laid_until(rota)
    context = {
        "rota": rota,
        "partners": rota.partners.order_by("name"),
        "demands": rota.demands.prefetch_related("skills__skill"),
        "rotations": _rotations(rota, request.user),
        "blocks": rota.blocks.filter(until_on__gte=timezone.localdate()),
        "laid_until": laid_until and clock.local_day(laid_until, rota.zone) - clock.DAY,
        "may_keep": request.user.standing.is_partnership_coordinator,
        "may_read_history": Rota.objects.staffed_by(request.user)
        .filter(pk=rota.pk)
        .exists(),
    }
    return render(request, "rota/rota.html", context)


def _rotations(rota, user):
    """Each rotation with its members in order, and whose turn it is."""
    rows = rota.rotations.prefetch_related("members__partner", "members__exclusions")
    plans = {plan.key: plan for plan in plan_of(rota, days={}).rotations}
    people = {m.staff_id for row in rows for m in row.members.all()} - {None}
    names = display_names(StaffMember, people, user)
    for row in rows:
        members = {m.pk: m for m in row.members.all()}
        for member in members.values():
            member.name = names.get(member.staff_id) or str(member.partner)
        now, following = rotation.around(plans[row.pk], timezone.now(), rota.zone)
        row.now, row.following = _turn(now, members), _turn(following, members)
    return rows


def _turn(turn, members):
    return turn and (members.get(turn.member and turn.member.key), turn)


@FORM
def add_rota(request):
    refuse_others(request.user)
    form = RotaForm(posted(request), instance=Rota())
    if request.method == "POST" and form.is_valid() and _is_added(form):
        messages.success(request, "Rota added. Now add the hours it covers")
        return redirect("rota:rota", form.instance.slug)
    edit = Edit(form.instance, "Add a rota", "", ("rota:rotas",), form=form)
    return render(request, "rota/edit.html", edit.shown())


def _is_added(form):
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError as error:
        form.refuse(error)
    return not form.errors


@FORM
def change_rota(request, rota):
    rota = kept(request.user, rota)
    # The page keeps its name while another is typed.
    typed = Rota.objects.get(pk=rota.pk)
    form = RotaForm(posted(request), instance=typed)
    heading, done = f"Change {rota.name}", "Rota changed"
    back = "rota:rota", typed.slug
    edit = Edit(rota, heading, done, back, form=form)
    if form.is_bound and form.is_valid():
        edit.back = "rota:rota", form.cleaned_data["slug"]
    return write(request, edit)


@FORM
def close_rota(request, rota):
    rota = kept(request.user, rota)
    form = ClosingForm(posted(request), instance=Rota.objects.get(pk=rota.pk))
    edit = Edit(
        rota,
        f"Close {rota.name}",
        "Closing date saved",
        ("rota:rota", rota.slug),
        form=form,
        effect_on=preview.closed,
    )
    return write(request, edit, "rota/close.html")
