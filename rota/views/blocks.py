"""Days arranged by hand: rotations pause in them."""

from django.shortcuts import get_object_or_404

from rota.forms.keeping import BlockForm
from rota.models import Block
from rota.views.keeping import FORM, Edit, kept, posted, write
from rota.views.removing import remove


@FORM
def add_block(request, rota):
    rota = kept(request.user, rota)
    form = BlockForm(posted(request), instance=Block(rota=rota))
    heading, done = "Add days arranged by hand", "Days arranged by hand added"
    edit = Edit(rota, heading, done, ("rota:rota", rota.slug), form=form)
    return write(request, edit)


@FORM
def change_block(request, rota, block):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.blocks, pk=block)
    form = BlockForm(posted(request), instance=row)
    heading, done = f"Change {row.name}", f"Days arranged by hand changed: {row.name}"
    edit = Edit(rota, heading, done, ("rota:rota", rota.slug), form=form)
    edit.context = {"removal": ("rota:remove_block", row.pk)}
    return write(request, edit)


@FORM
def remove_block(request, rota, block):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.blocks, pk=block)
    return remove(request, rota, row, f"Days arranged by hand removed: {row.name}")
