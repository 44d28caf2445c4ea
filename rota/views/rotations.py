"""Rotations of a rota: their terms, their order, and turns that are put off."""

from django.shortcuts import get_object_or_404

from rota.forms.keeping import RotationForm
from rota.forms.rows import order_of, put_off_of
from rota.models import Rotation, RotationMember
from rota.views.keeping import FORM, Edit, kept, posted, write
from rota.views.removing import remove


@FORM
def add_rotation(request, rota):
    rota = kept(request.user, rota)
    row = Rotation(rota=rota)
    form = RotationForm(posted(request), instance=row)
    done = "Rotation added. Now choose who is in it"
    edit = Edit(rota, "Add a rotation", done, ("rota:rota", rota.slug), form=form)
    return write(request, edit)


@FORM
def change_rotation(request, rota, rotation):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.rotations, pk=rotation)
    form = RotationForm(posted(request), instance=row)
    heading, done = f"Change {row.name}", f"Rotation changed: {row.name}"
    edit = Edit(rota, heading, done, ("rota:rota", rota.slug), form=form)
    edit.context = {"removal": ("rota:remove_rotation", row.pk)}
    return write(request, edit)


@FORM
def remove_rotation(request, rota, rotation):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.rotations, pk=rotation)
    return remove(request, rota, row, f"Rotation removed: {row.name}")


@FORM
def order(request, rota, rotation):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.rotations.select_related("rota"), pk=rotation)
    rows = order_of(row, posted(request))
    heading, done = f"Order of {row.name}", f"Order changed: {row.name}"
    edit = Edit(rota, heading, done, ("rota:rota", rota.slug), rows=rows)
    edit.context = {"rotation": row}
    return write(request, edit, "rota/order.html")


@FORM
def put_off(request, rota, member):
    rota = kept(request.user, rota)
    members = RotationMember.objects.filter(rotation__rota=rota)
    row = get_object_or_404(
        members.select_related("rotation", "staff", "partner"), pk=member
    )
    rows = put_off_of(row, posted(request))
    heading, done = f"Turns of {row} put off", f"Turns put off: {row}"
    back = "rota:order", rota.slug, row.rotation_id
    edit = Edit(rota, heading, done, back, rows=rows)
    edit.context = {"member": row}
    return write(request, edit, "rota/put_off.html")
