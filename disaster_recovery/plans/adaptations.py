"""Adapting a plan: own text, addenda, what is left out, what a partner adds."""

from collections.abc import Mapping
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction

from disaster_recovery.content import cleaning, headings
from disaster_recovery.content.objects import differences, overlaid
from disaster_recovery.content.schema import FIXED, OF_PLANS
from disaster_recovery.generic_plan.versions import moved, renumber
from disaster_recovery.models import GenericObject, PlanEdition, PlanObject
from disaster_recovery.plans import drafts
from disaster_recovery.plans.reading import generic_fields
from partners.models import User

State = PlanObject.State
LEFT_OUT = "This is left out of your plan: bring it back first, then change it"
MANDATORY = (
    "Every partner needs this section, so it is not removed: say why it is not "
    "applicable instead"
)


@transaction.atomic
def adapt(
    *,
    by: User,
    thing: PlanObject,
    fields: Mapping[str, Any],
    addendum: str = "",
    overrule: bool = False,
) -> PlanObject:
    """Write an object as the partner wants it, over the edition in which it was read.

    Only what differs from the generic plan is kept as own text. Raises
    PermissionDenied, ValidationError with a sentence a field, and IntegrityError
    where somebody saved a newer edition meanwhile.
    """
    drafts.held(by, thing.edition)
    if thing.is_left_out:
        raise ValidationError(LEFT_OUT)
    generic = generic_of(thing)
    wanted = cleaning.checked(thing.kind, fields, overrule=overrule)
    thing.addendum = _addendum(addendum, overrule)
    thing.fields = own_fields(thing, generic, wanted)
    return _keep(by, thing)


def own_fields(
    thing: PlanObject, generic: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """What of the wanted fields a row keeps as its own."""
    if thing.base_id is None:
        return dict(wanted)
    found = differences(generic, wanted)
    return {name: value for name, value in found.items() if name not in FIXED}


def _addendum(typed, overrule):
    try:
        return cleaning.text(typed, overrule=overrule)
    except ValidationError as error:
        raise ValidationError({"addendum": error}) from error


def generic_of(thing: PlanObject) -> dict[str, Any]:
    """What the generic plan says of an object, in the version it stands on."""
    rows = GenericObject.objects.filter(
        generic=thing.base_id, kind=thing.kind, key=thing.key
    )
    found = rows.first() if thing.base_id else None
    return found.fields if found else {}


def _keep(by, thing):
    if not thing.is_left_out:
        thing.state, thing.reason = state_of(thing), ""
    thing.edited_by, thing.is_settled = by, True
    with pghistory.context(user=by.pk):
        thing.save()
    return thing


def state_of(thing: PlanObject) -> str:
    """What an object is that is not left out, by what it holds."""
    if thing.base_id is None:
        return State.OURS
    is_own = thing.fields or thing.addendum
    return State.ADAPTED if is_own else State.INHERITED


@transaction.atomic
def take_generic(*, by: User, thing: PlanObject) -> PlanObject:
    """Give up own text and addendum for what the generic plan says."""
    drafts.held(by, thing.edition)
    if thing.base_id is None:
        raise ValidationError("The generic plan says nothing of what is your own")
    thing.fields, thing.addendum, thing.state = {}, "", State.INHERITED
    return _keep(by, thing)


@transaction.atomic
def add_own(
    *,
    by: User,
    edition: PlanEdition,
    kind: str,
    fields: Mapping[str, Any],
    overrule: bool = False,
) -> PlanObject:
    """Put an object of the partner's own after the others of its kind."""
    edition = drafts.held(by, edition)
    if kind not in OF_PLANS:
        raise ValidationError("Choose the kind from the list")
    kept = cleaning.checked(kind, fields, overrule=overrule)
    taken = edition.contents.filter(kind=kind).values_list("key", flat=True)
    made = PlanObject(
        edition=edition,
        kind=kind,
        key=headings.key_for(kept["title"], taken),
        position=drafts.next_position(edition, kind),
        fields=kept,
    )
    return _keep(by, made)


@transaction.atomic
def leave_out(
    *, by: User, thing: PlanObject, reason: str, is_applicable: bool = True
) -> PlanObject:
    """Remove an object, or say that it is not applicable; its own text is kept.

    Raises ValidationError without a reason, and for the removal of what is mandatory.
    """
    drafts.held(by, thing.edition)
    reason = cleaning.text(" ".join(reason.split()), most=500)
    if not reason:
        raise ValidationError({"reason": "Say why it is left out of the plan"})
    if is_applicable and generic_of(thing).get("is_mandatory"):
        raise ValidationError(MANDATORY)
    if thing.base_id is None:
        is_applicable = True  # what is our own is simply removed
    thing.state = State.REMOVED if is_applicable else State.NOT_APPLICABLE
    thing.reason = reason
    return _keep(by, thing)


@transaction.atomic
def bring_back(*, by: User, thing: PlanObject) -> PlanObject:
    """Put an object that was left out into the plan again, as it was."""
    drafts.held(by, thing.edition)
    thing.state = state_of(thing)
    return _keep(by, thing)


@transaction.atomic
def settle(*, by: User, edition: PlanEdition, kind: str, key: str | None = None) -> int:
    """Say that an object, or all of a kind, was read and fits; how many newly did."""
    edition = drafts.held(by, edition)
    rows = edition.contents.filter(kind=kind, is_settled=False)
    rows = rows.filter(key=key) if key is not None else rows
    with pghistory.context(user=by.pk):
        return rows.update(is_settled=True, edited_by=by)


@transaction.atomic
def move(*, by: User, thing: PlanObject, up: bool) -> None:
    """Let an object change places with the one before or after it."""
    edition = drafts.held(by, thing.edition)
    rows = [*edition.contents.filter(kind=thing.kind).order_by("position", "key")]
    generic = generic_fields({row.base_id for row in rows} - {None})
    for row in rows:
        base = generic.get((row.base_id, row.kind, row.key), {})
        row.told = overlaid(base, row.fields)
    order = moved(rows, thing.key, up=up, told=lambda row: row.told)
    if order is not None:
        with pghistory.context(user=by.pk):
            renumber(order, edited_by=by)
