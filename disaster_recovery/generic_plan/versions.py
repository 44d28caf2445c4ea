"""The generic plan: drafted by the partnership coordinator, published in versions."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.canonical_json import canonical_json, fingerprint
from disaster_recovery.content.schema import FIELDS, KINDS, SECTION
from disaster_recovery.content.validation import keys_named, validation_errors
from disaster_recovery.models import GenericObject, GenericVersion, Offer
from partners import jobs
from partners.models import User

NOT_DRAFT = (
    "This version is published, and what is published never changes: start a draft "
    "of the next version"
)
GONE = "This draft was given up meanwhile: start a draft of the next version"
Number = tuple[int, int, int]
# The job that brings a published version to every plan.
BRING = "bring-version"


@transaction.atomic
def start_draft(*, by: User) -> GenericVersion:
    """A draft of the next version, with all that stands in the newest one.

    Raises PermissionDenied, and IntegrityError where there is a draft already.
    """
    _refuse_others(by)
    newest = GenericVersion.objects.published().newest_first().first()
    with pghistory.context(user=by.pk):
        draft = GenericVersion.objects.create(based_on=newest)
        copy_contents(newest, draft)
    return draft


def copy_contents(old: GenericVersion | None, draft: GenericVersion) -> None:
    """Put a copy of each object of another version into a draft."""
    rows = old.contents.all() if old else ()
    GenericObject.objects.bulk_create(
        GenericObject(
            generic=draft,
            kind=one.kind,
            key=one.key,
            position=one.position,
            fields=one.fields,
        )
        for one in rows
    )


@transaction.atomic
def add_object(
    *,
    by: User,
    draft: GenericVersion,
    kind: str,
    key: str,
    fields: Mapping[str, Any],
    overrule: bool = False,
) -> GenericObject:
    """Put a new object after the others of its kind."""
    draft = _held(by, draft)
    last = draft.contents.of_kind(kind).aggregate(last=Max("position"))["last"]
    made = GenericObject(generic=draft, kind=kind, key=key, position=(last or 0) + 1)
    if kind in KINDS:
        made.fields = cleaning.checked(kind, fields, overrule=overrule)
    made.full_clean()
    with pghistory.context(user=by.pk):
        made.save()
    return made


@transaction.atomic
def edit_object(
    *,
    by: User,
    thing: GenericObject,
    fields: Mapping[str, Any],
    overrule: bool = False,
) -> GenericObject:
    """Write the fields of an object anew, over the edition in which it was read.

    Raises PermissionDenied, ValidationError with a sentence a field, and
    IntegrityError where somebody saved a newer edition meanwhile.
    """
    _held(by, thing.generic)
    thing.fields = cleaning.checked(thing.kind, fields, overrule=overrule)
    with pghistory.context(user=by.pk):
        thing.save()
    return thing


@transaction.atomic
def move_object(*, by: User, thing: GenericObject, up: bool) -> None:
    """Let an object change places with the one before or after it."""
    draft = _held(by, thing.generic)
    rows = [*draft.contents.of_kind(thing.kind).order_by("position", "key")]
    if (order := moved(rows, thing.key, up=up)) is not None:
        with pghistory.context(user=by.pk):
            renumber(order)


def moved(
    rows: list, key: str, *, up: bool, told: Callable = attrgetter("fields")
) -> list | None:
    """The rows with one moved past its neighbour; None if there is none.

    A section moves among those that are part of the same one, as `told` of a row.
    """
    this = next((row for row in rows if row.key == key), None)
    if this is None:
        return None
    parent = told(this).get("parent")
    beside = [row for row in rows if told(row).get("parent") == parent]
    place = beside.index(this) + (-1 if up else 1)
    if not 0 <= place < len(beside):
        return None
    order = [row for row in rows if row is not this]
    order.insert(order.index(beside[place]) + (0 if up else 1), this)
    return order


def renumber(rows: list, **said: Any) -> None:
    """Write the places of rows, where they changed, with what else is said."""
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            for name, value in said.items():
                setattr(row, name, value)
            row.save(update_fields=["position", *said])


@transaction.atomic
def remove_object(*, by: User, thing: GenericObject) -> None:
    """Take an object out of the draft; ValidationError where others name it."""
    draft = _held(by, thing.generic)
    named = [other.title for other in draft.contents.all() if _names(other, thing)]
    if named:
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        raise ValidationError(
            f"This is still named by {', '.join(named[:3])}{more}: change that first"
        )
    with pghistory.context(user=by.pk):
        thing.delete()


def _names(other, thing):
    return any(
        one.of == thing.kind and thing.key in keys_named(other.fields, one)
        for one in FIELDS[other.kind]
        if other.pk != thing.pk
    )


@transaction.atomic
def supersede(
    *, by: User, draft: GenericVersion, old: str, new: list[str]
) -> GenericVersion:
    """Say which sections stand for one of the version before; none forgets it."""
    draft = _held(by, draft)
    draft.supersedes.pop(old, None)
    if new:
        draft.supersedes[old] = sorted({*new})
        _refuse_wrong(_wrong_superseding(draft))
    with pghistory.context(user=by.pk):
        draft.save()
    return draft


@transaction.atomic
def publish(
    *, by: User, draft: GenericVersion, number: Number, notes: str
) -> GenericVersion:
    """Close a draft as a version for everybody, for good.

    Raises PermissionDenied, and ValidationError with all that does not fit together.
    """
    draft = _held(by, draft)
    draft.release_notes = cleaning.text(notes, most=20_000)
    things = [*draft.contents.all()]
    wrong = [
        *_wrong_number(number),
        *_wrong_superseding(draft),
        *validation_errors(things),
    ]
    if not draft.release_notes:
        wrong.append("Write what is new in this version")
    if not any(thing.kind == SECTION for thing in things):
        wrong.append("Write at least one section")
    _refuse_wrong(wrong)
    draft.major, draft.minor, draft.patch = number
    draft.state = GenericVersion.State.PUBLISHED
    draft.published_at, draft.published_by = timezone.now(), by
    draft.fingerprint = fingerprint(canonical_of(draft))
    with pghistory.context(user=by.pk):
        draft.save()
    jobs.enqueue(BRING, draft.pk)
    return draft


def canonical_of(generic: GenericVersion) -> str:
    """A version as canonical JSON, of which its fingerprint is taken."""
    named = generic.contents.values("kind", "key", "position", "fields")
    said = {"number": generic.number, "supersedes": generic.supersedes}
    return canonical_json(named, **said, release_notes=generic.release_notes)


@transaction.atomic
def discard_draft(*, by: User, draft: GenericVersion) -> None:
    """Give the draft up; its history stays, and what was offered waits again."""
    draft = _held(by, draft)
    with pghistory.context(user=by.pk):
        for offer in draft.credits.select_for_update().order_by("pk"):
            _let_wait(offer)
        draft.delete()


def _let_wait(offer):
    """Let an offer wait again; the partner's newer one of the same stands for it."""
    same = {"partner": offer.partner_id, "kind": offer.kind, "key": offer.key}
    is_offered_anew = Offer.objects.waiting().filter(**same).exists()
    offer.state = Offer.State.WITHDRAWN if is_offered_anew else Offer.State.OFFERED
    offer.taken_into, offer.taken_as = None, ""
    offer.answered_at = offer.answered_by = None
    offer.save()


def next_number() -> Number:
    """What to call the next version if it changes a little."""
    newest = GenericVersion.objects.published().newest_first().first()
    return (newest.major, newest.minor + 1, 0) if newest else (1, 0, 0)


def _held(by, draft):
    """The draft as it now is, held so that nobody publishes it meanwhile."""
    _refuse_others(by)
    draft = GenericVersion.objects.select_for_update().filter(pk=draft.pk).first()
    if draft is None:
        raise ValidationError(GONE)
    if not draft.is_draft:
        raise ValidationError(NOT_DRAFT)
    return draft


def _refuse_others(by):
    if not by.standing.is_partnership_coordinator:
        raise PermissionDenied("Only the partnership coordinator does this")


def _refuse_wrong(sentences):
    if found := [*sentences]:
        raise ValidationError(found)


def _wrong_number(number):
    newest = GenericVersion.objects.published().newest_first().first()
    if newest and number <= (newest.major, newest.minor, newest.patch):
        yield f"Choose a number higher than {newest.number}"


def _wrong_superseding(draft):
    before = _section_keys(draft.based_on)
    now = _section_keys(draft)
    for old, new in draft.supersedes.items():
        if old not in before:
            yield f"“{old}” is no section of the version before"
        for key in new:
            if key not in now:
                yield f"“{key}”, which is to stand for “{old}”, is not there"


def _section_keys(generic):
    if generic is None:
        return set()
    return {*generic.contents.of_kind(SECTION).values_list("key", flat=True)}
