"""Taking away what decides a rota, once it is seen what that does to duties."""

from rota.forms.removing import RemovalForm
from rota.views.keeping import Edit, posted, write


def remove(request, rota, row, done):
    """The page that asks, and what comes of it."""
    form = RemovalForm(posted(request), row=row)
    back = "rota:rota", rota.slug
    edit = Edit(rota, f"Remove {row.name}", done, back, form=form)
    edit.context = {"row": row}
    return write(request, edit, "rota/remove.html")
