"""Hours a rota covers: added, changed and removed by the partnership coordinator."""

from django.shortcuts import get_object_or_404

from rota.forms.keeping import HoursForm
from rota.forms.rows import skills_of
from rota.models import DemandTemplate
from rota.views.keeping import FORM, Edit, kept, posted, write
from rota.views.removing import remove


@FORM
def add_hours(request, rota):
    rota = kept(request.user, rota)
    row = DemandTemplate(rota=rota)
    return _write(request, row, "Add hours to cover", "Hours to cover added")


@FORM
def change_hours(request, rota, demand):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.demands, pk=demand)
    return _write(request, row, f"Change {row.name}", f"Hours changed: {row.name}")


def _write(request, row, heading, done):
    typed = posted(request)
    form, rows = HoursForm(typed, instance=row), skills_of(row, typed)
    back = "rota:rota", row.rota.slug
    edit = Edit(row.rota, heading, done, back, form=form, rows=rows)
    edit.context = {
        "rows_heading": "Skills that somebody on duty must have",
        "removal": row.pk and ("rota:remove_hours", row.pk),
    }
    return write(request, edit)


@FORM
def remove_hours(request, rota, demand):
    rota = kept(request.user, rota)
    row = get_object_or_404(rota.demands, pk=demand)
    return remove(request, rota, row, f"Hours removed: {row.name}")
