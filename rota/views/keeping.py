"""What every page has in common that keeps a rota: read, typed, told, saved."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.forms import BaseForm
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rota.duties import preview
from rota.models import Rota
from rota.views.shares import effect_context

FORM = require_http_methods(["GET", "HEAD", "POST"])
# What the page of the effect says itself.
OWN = {"csrfmiddlewaretoken", "seen", "again"}


def posted(request):
    """What was posted, were it nothing at all; None where the page is only read."""
    return request.POST if request.method == "POST" else None


def found(user, slug):
    """A rota this login may look at."""
    return get_object_or_404(Rota.objects.visible_to(user), slug=slug)


def kept(user, slug):
    """A rota this login keeps; others are refused."""
    rota = found(user, slug)
    if not Rota.objects.editable_by(user).filter(pk=rota.pk).exists():
        raise PermissionDenied
    return rota


def refuse_others(user):
    """The partnership's own pages are its coordinator's."""
    if not user.standing.is_partnership_coordinator:
        raise PermissionDenied


@dataclass(slots=True)
class Edit:
    """One edit of a rota: what is typed, what to say, and where it leads."""

    rota: Rota
    heading: str
    done: str
    back: tuple
    form: BaseForm | None = None
    rows: object = None
    effect_on: Callable = preview.laid_anew
    context: dict = field(default_factory=dict)

    def parts(self):
        return [part for part in (self.form, self.rows) if part is not None]

    def is_valid(self):
        # Each is asked, so that each says what is wrong with it.
        wrong = [part for part in self.parts() if not part.is_valid()]
        return not wrong

    def save(self):
        for part in self.parts():
            part.save()

    def refuse(self, error):
        """Say why the table took nothing of it."""
        (self.form or self.rows.forms[0]).refuse(error)

    def shown(self):
        parts = {"form": self.form} if self.form else {}
        wrong = [part for part in self.parts() if part.is_bound and not part.is_valid()]
        return self.context | parts | {"edit": self, "is_wrong": bool(wrong)}


def write(request, edit: Edit, page="rota/edit.html"):
    """The page of an edit; what it does to duties is shown before it is saved."""
    for reader in [edit.form, *(edit.rows.forms if edit.rows else ())]:
        if reader:
            reader.reader = request.user
    is_posted = request.method == "POST" and "again" not in request.POST
    if is_posted and edit.is_valid():
        answer = _saved(request, edit)
        if answer:
            return answer
    return render(request, page, edit.shown() | {"rota": edit.rota})


def _saved(request, edit):
    try:
        change = preview.keep(
            by=request.user,
            rota=edit.rota,
            save=edit.save,
            why=edit.done,
            seen=request.POST.get("seen", "")[:64],
            effect_on=edit.effect_on,
        )
    except preview.Unread as unread:
        return _ask(request, edit, unread.effect)
    except (IntegrityError, ValidationError) as error:
        edit.refuse(error)
        return None
    messages.success(request, edit.done)
    if change:
        return redirect("rota:change", change.pk)
    return redirect(*edit.back)


def _ask(request, edit, effect):
    """What would change and for whom, with everything that was typed."""
    given = request.POST.lists()
    context = {
        "rota": edit.rota,
        "edit": edit,
        "typed": [(n, v) for n, values in given if n not in OWN for v in values],
        # Read once already, and it was something else.
        "is_other": bool(request.POST.get("seen")),
        **effect_context(effect),
    }
    return render(request, "rota/effect.html", context)
