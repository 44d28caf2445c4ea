"""What the pages of recovery plans are about, when every address is walked."""

from disaster_recovery.models import (
    GenericObject,
    GenericVersion,
    Offer,
    PlanEdition,
    PlanObject,
    PlanPack,
    PlanUpdate,
)
from tests.plans import (
    make_approved,
    make_content,
    make_edition,
    make_generic,
    make_offer,
    make_pack,
    make_plan,
    make_update,
    make_value,
)

_OF_PUBLISHED = ("", "plan.json", "history/", "times/")


def make_generic_things():
    """A published version of the generic plan, and the draft of the next."""
    make_generic("1.0.0", [("section", "control-sheet", {"is_mandatory": True})])
    make_generic(objects=[("section", "control-sheet")])


def make_plan_things(partner):
    """The draft of a partner's plan, with a section of its own and a value."""
    if not GenericVersion.objects.exists():
        make_generic_things()
    plan = make_plan(partner)
    make_pack(make_approved(make_edition(plan)))
    draft = make_edition(plan)
    make_content(draft, key="own-flood", fields={"title": "Flood"})
    make_value(draft, "council_name", partner.name)
    published = GenericVersion.objects.get(state="published")
    make_offer(partner, key=f"flood-{partner.slug}")
    make_update(draft.plan, published, changes=1, open_items=1)


def recovery_pk(route, partner):
    """The key of what a page of recovery plans is about; None for other pages."""
    generic = "recovery/generic/<int:pk>/"
    if route.startswith("recovery/generic/objects/"):
        return GenericObject.objects.get(generic__state="draft").pk
    if route.startswith(generic):
        is_published = route.removeprefix(generic) in _OF_PUBLISHED
        state = "published" if is_published else "draft"
        return GenericVersion.objects.get(state=state).pk
    if route.startswith("recovery/editions/"):
        return _last(PlanEdition.objects.filter(plan__partner=partner))
    if route.startswith("recovery/updates/"):
        return _last(PlanUpdate.objects.filter(plan__partner=partner))
    if route.startswith("recovery/offers/"):
        return _last(Offer.objects.filter(partner=partner))
    if route.startswith("recovery/packs/"):
        return _last(PlanPack.objects.filter(edition__plan__partner=partner))
    if route.startswith("recovery/objects/"):
        return _last(PlanObject.objects.filter(edition__plan__partner=partner))
    return None


def _last(rows):
    """The key of the newest; of none where somebody gave the draft up."""
    return rows.order_by("pk").values_list("pk", flat=True).last() or 0
