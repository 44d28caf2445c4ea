"""A plan of a partner: adopted or brought along, drafted anew from what is in force."""

from collections.abc import Mapping

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from disaster_recovery.content import cleaning, headings
from disaster_recovery.content.schema import MOST_LETTERS, OF_PLANS, SECTION
from disaster_recovery.models import (
    GenericVersion,
    Plan,
    PlanEdition,
    PlanObject,
    PlanParameter,
)
from partners.models import Partner, User

NOT_DRAFT = (
    "This edition is in review or approved, so nothing in it changes: send it back, "
    "or start a new draft"
)
NOT_PUBLISHED = "Choose a published version of the generic plan"
NO_HEADINGS = (
    "There is nothing to make sections of: paste the text of your plan, with "
    "headings that begin with #"
)
TOO_MANY = "Paste at most 300 sections at a time"
MOST_SECTIONS = 300


@transaction.atomic
def adopt(
    *, by: User, partner: Partner, generic: GenericVersion, values: Mapping[str, str]
) -> PlanEdition:
    """A first draft of a partner's plan with all that is in a generic version.

    Raises PermissionDenied, ValidationError, and IntegrityError where the partner has
    a plan already.
    """
    refuse_others(by, partner.pk)
    if not GenericVersion.objects.published().filter(pk=generic.pk).exists():
        raise ValidationError(NOT_PUBLISHED)
    with pghistory.context(user=by.pk):
        draft = _first_draft(by, partner, generic)
        PlanObject.objects.bulk_create(
            PlanObject(
                edition=draft,
                kind=one.kind,
                key=one.key,
                position=one.position,
                base=generic,
            )
            for one in generic.contents.filter(kind__in=OF_PLANS)
        )
        set_parameters(by=by, edition=draft, values=values)
    return draft


@transaction.atomic
def start_from_text(
    *, by: User, partner: Partner, text: str, overrule: bool = False
) -> PlanEdition:
    """A first draft of a partner's plan from its own text, with headings."""
    refuse_others(by, partner.pk)
    with pghistory.context(user=by.pk):
        draft = _first_draft(by, partner, None)
        paste(by=by, edition=draft, text=text, overrule=overrule)
    return draft


def _first_draft(by, partner, generic):
    plan = Plan.objects.create(partner=partner)
    return PlanEdition.objects.create(
        plan=plan, number=1, generic=generic, started_by=by
    )


@transaction.atomic
def paste(
    *, by: User, edition: PlanEdition, text: str, overrule: bool = False
) -> list[PlanObject]:
    """Put the sections of a text behind the others, as the partner's own."""
    edition = held(by, edition)
    kept = cleaning.text(text, overrule=overrule, most=20 * MOST_LETTERS)
    found = headings.sections_of(kept)
    if not found:
        raise ValidationError(NO_HEADINGS)
    if len(found) > MOST_SECTIONS:
        raise ValidationError(TOO_MANY)
    taken = {*edition.contents.filter(kind=SECTION).values_list("key", flat=True)}
    keys: list[str] = []
    for one in found:
        keys.append(headings.key_for(one.title, taken | {*keys}))
    first = next_position(edition, SECTION)
    with pghistory.context(user=by.pk):
        return PlanObject.objects.bulk_create(
            PlanObject(
                edition=edition,
                kind=SECTION,
                key=key,
                position=first + place,
                state=PlanObject.State.OURS,
                fields=_pasted(one, keys),
                edited_by=by,
            )
            for place, (key, one) in enumerate(zip(keys, found, strict=True))
        )


def _pasted(one, keys):
    said = {"title": one.title, "body": one.body}
    if one.parent is not None:
        said["parent"] = keys[one.parent]
    # What looks like a password was seen, and overruled, in the text as a whole.
    return cleaning.checked(SECTION, said, overrule=True)


def next_position(edition: PlanEdition, kind: str) -> int:
    """The place after all objects of a kind."""
    last = edition.contents.filter(kind=kind).order_by("position").last()
    return last.position + 1 if last else 0


@transaction.atomic
def set_parameters(
    *, by: User, edition: PlanEdition, values: Mapping[str, str], overrule: bool = False
) -> None:
    """Write values of parameters; an empty one takes the value out.

    Raises ValidationError with a sentence a parameter.
    """
    edition = held(by, edition)
    kept, wrong = {}, {}
    for key, value in values.items():
        try:
            kept[key] = cleaning.text(value, overrule=overrule, most=4000)
        except ValidationError as error:
            wrong[key] = error
    if wrong:
        raise ValidationError(wrong)
    old = {row.key: row for row in edition.parameters.all()}
    with pghistory.context(user=by.pk):
        for key, value in kept.items():
            _set_parameter(by, edition, old.get(key), key, value)


def _set_parameter(by, edition, row, key, value):
    if row and not value:
        row.edited_by = by
        row.save()  # so that who takes it out is an editor too
        row.delete()
    elif value and (row is None or row.value != value):
        row = row or PlanParameter(edition=edition, key=key)
        row.value, row.edited_by = value, by
        row.full_clean(exclude=["edition", "edited_by"])
        row.save()


@transaction.atomic
def start_draft(*, by: User, plan: Plan) -> PlanEdition:
    """A new draft with all that is in force, which stays in force meanwhile.

    Raises PermissionDenied, ValidationError where nothing is in force, and
    IntegrityError where there is a draft already.
    """
    refuse_others(by, plan.partner_id)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    old = plan.editions.in_force().first()
    if old is None:
        raise ValidationError("No edition of this plan is in force yet")
    newest = plan.editions.order_by("number").last()
    with pghistory.context(user=by.pk):
        draft = PlanEdition.objects.create(
            plan=plan, number=newest.number + 1, generic=old.generic, started_by=by
        )
        _copy(old.contents.all(), draft)
        _copy(old.parameters.all(), draft)
    return draft


def _copy(rows, draft):
    """The rows of an edition in another one, written by nobody yet."""
    copies = [*rows]
    for row in copies:
        row.pk, row.edition, row.edited_by, row.version = None, draft, None, 1
        row._state.adding = True
    rows.model.objects.bulk_create(copies)


@transaction.atomic
def discard_draft(*, by: User, edition: PlanEdition) -> None:
    """Give a draft up; its history stays, and what is in force stays in force."""
    edition = held(by, edition)
    with pghistory.context(user=by.pk):
        edition.delete()


def held(by: User, edition: PlanEdition) -> PlanEdition:
    """The draft as it now is, held so that nobody sends it for review meanwhile.

    Raises PermissionDenied for who does not keep the plan, and ValidationError for
    what is no draft.
    """
    refuse_others(by, edition.plan.partner_id)
    found = PlanEdition.objects.select_for_update(of=("self",))
    edition = found.select_related("plan__partner", "generic").get(pk=edition.pk)
    if not edition.is_draft:
        raise ValidationError(NOT_DRAFT)
    return edition


def refuse_others(by: User, partner_id: int) -> None:
    if not by.standing.coordinates_partner(partner_id):
        raise PermissionDenied("Only who keeps this partner’s plan does this")
