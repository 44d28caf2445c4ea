"""What the pages of recovery plans are about, when every address is walked."""

from disaster_recovery.models import GenericObject, GenericVersion
from tests.plans import make_generic

_OF_PUBLISHED = ("", "plan.json", "history/")


def make_generic_things():
    """A published version of the generic plan, and the draft of the next."""
    make_generic("1.0.0", [("section", "control-sheet", {"is_mandatory": True})])
    make_generic(objects=[("section", "control-sheet")])


def recovery_pk(route):
    """The key of what a page of recovery plans is about; None for other pages."""
    if route.startswith("recovery/generic/objects/"):
        return GenericObject.objects.get(generic__state="draft").pk
    if route.startswith("recovery/generic/<int:pk>/"):
        page = route.removeprefix("recovery/generic/<int:pk>/")
        state = "published" if page in _OF_PUBLISHED else "draft"
        return GenericVersion.objects.get(state=state).pk
    return None
