"""Who changed what decides a rota: its history, and the same as CSV."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.history import changes, pages
from partners.history.pages import HistorySource, Owners
from partners.spreadsheets.writing import csv_response, file_name
from rota.models import (
    Block,
    DemandSkill,
    DemandTemplate,
    MemberExclusion,
    Rota,
    RotaPartner,
    Rotation,
    RotationMember,
)
from rota.views.keeping import found
from skills.records import actions


def _kept(user, slug):
    """A rota whose history this login reads: as its coordinator, or a partner's."""
    rota = found(user, slug)
    if not Rota.objects.staffed_by(user).filter(pk=rota.pk).exists():
        raise PermissionDenied
    return rota


def _sources(rota):
    own = pages.one_record(rota.pk)
    yield HistorySource(Rota, "pgh_obj_id", own)
    for model in (RotaPartner, DemandTemplate, Rotation, Block):
        yield HistorySource(model, "rota_id", own)
    rotations = _owned("rota_rotationevent", "rota_id", rota)
    yield HistorySource(RotationMember, "rotation_id", rotations)
    demands = _owned("rota_demandtemplateevent", "rota_id", rota)
    yield HistorySource(DemandSkill, "demand_id", demands)
    yield HistorySource(MemberExclusion, "member_id", _members(rota))


def _owned(table, column, rota):
    """The rows, those removed too, that ever belonged to the rota."""
    return Owners(
        f"SELECT DISTINCT pgh_obj_id AS id, '-infinity'::timestamptz AS since,"  # noqa: S608
        f" 'infinity'::timestamptz AS until FROM {table} WHERE {column} = %s",
        (rota.pk,),
    )


def _members(rota):
    return Owners(
        "SELECT DISTINCT m.pgh_obj_id AS id, '-infinity'::timestamptz AS since,"
        " 'infinity'::timestamptz AS until FROM rota_rotationmemberevent m"
        " JOIN rota_rotationevent r ON r.pgh_obj_id = m.rotation_id"
        " WHERE r.rota_id = %s",
        (rota.pk,),
    )


@require_safe
def rota_history(request, rota):
    rota = _kept(request.user, rota)
    page, problems = pages.requested_page(request, [*_sources(rota)], about=rota)
    context = {"rota": rota, "page": page, "problems": problems}
    return render(request, "rota/history.html", context)


@require_safe
def rota_history_export(request, rota):
    rota = _kept(request.user, rota)
    actions.note_export(
        by=request.user,
        what="rota history",
        filters={"rota": [rota.name]},
        staff_ids=[],
    )
    told = pages.all_changes(
        [*_sources(rota)], pages.HistoryFilter(), reader=request.user, about=rota
    )
    return csv_response(
        file_name("history", rota.name),
        changes.HEADER,
        changes.csv_rows(told),
        excel=request.GET.get("excel") == "1",
    )
