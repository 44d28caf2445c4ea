"""Writing what was decided of an object into the draft."""

from collections.abc import Mapping
from typing import Any

from disaster_recovery.content.objects import Local
from disaster_recovery.content.schema import (
    FIELDS,
    FIXED,
    KEYS,
    OF_PLANS,
    POSITION,
    references,
)
from disaster_recovery.merging.field_merge import Verdict
from disaster_recovery.merging.outcomes import MergeItem
from disaster_recovery.models import GenericVersion, PlanEdition, PlanObject
from disaster_recovery.plans import adaptations
from disaster_recovery.updates.comparison import Comparison
from partners.models import User


def apply_decision(
    *,
    by: User,
    draft: PlanEdition,
    comparison: Comparison,
    item: MergeItem,
    result: Local | None,
    generic: GenericVersion,
    is_read: bool | None = None,
) -> None:
    """Make the row of an object what it is to be; None deletes the row.

    `is_read` says whether somebody has read it as it now is; None leaves that as it
    was. Called with the draft locked, in the transaction of the decision.
    """
    row = comparison.row_of(item)
    if result is None:
        if row is not None:
            row.edited_by = by
            row.save()  # so that whoever deletes it is an editor too
            row.delete()
        return
    is_new = row is None
    row = row or PlanObject(edition=draft, kind=item.kind)
    row.key, row.edited_by = item.key, by
    row.base = generic if item.theirs else None
    row.addendum = result.addendum
    row.fields = _stored_fields(result.fields, has_base=row.base is not None)
    row.reason = result.reason if result.left_out else ""
    row.state = result.left_out or adaptations.state_of(row)
    if is_read is not None:
        row.is_settled = is_read
    if POSITION in result.fields:
        row.position = result.fields[POSITION]
    row.save()
    moved_upstream = any(
        field.name == POSITION and field.verdict is Verdict.THEIRS
        for field in item.fields
    )
    if is_new or moved_upstream:
        _place(by, draft, row, comparison)


def _stored_fields(fields: Mapping[str, Any], *, has_base: bool) -> dict[str, Any]:
    """The fields as a row holds them, those of our own with nothing empty or fixed."""
    stored = {
        name: [*value] if isinstance(value, tuple) else value
        for name, value in fields.items()
        if name != POSITION
    }
    if has_base:
        return stored
    return {n: v for n, v in stored.items() if v is not None and n not in FIXED}


def _place(by, draft, row, comparison):
    """Put a row after the one it follows upstream, and make room for it."""
    rows = draft.contents.filter(kind=row.kind).exclude(pk=row.pk)
    siblings = [*rows.order_by("position", "key")]
    places = {sibling.key: place for place, sibling in enumerate(siblings)}
    before = (places.get(key) for key in comparison.before(row.kind, row.key))
    at = next((place for place in before if place is not None), -1) + 1
    least = siblings[at - 1].position + 1 if at else 0
    for sibling in [row, *siblings[at:]]:
        if sibling.position < least or sibling is row:
            sibling.position, sibling.edited_by = least, by
            sibling.save(update_fields=["position", "edited_by"])
        least = sibling.position + 1


def rename(*, by: User, draft: PlanEdition, row: PlanObject, key: str) -> None:
    """Give an object of our own another key, there and in what refers to it."""
    old, row.key = row.key, key
    row.edited_by = by
    row.save()
    referring = [kind for kind in OF_PLANS if row.kind in references(kind).values()]
    for other in draft.contents.filter(kind__in=referring):
        fields = _with_new_key(other, row.kind, old, key)
        if fields != other.fields:
            other.fields, other.edited_by = fields, by
            other.save()


def _with_new_key(row, kind, old, new):
    fields = dict(row.fields)
    for field in FIELDS[row.kind]:
        value = fields.get(field.name)
        if field.of != kind or not value:
            continue
        if field.type == KEYS:
            fields[field.name] = [new if key == old else key for key in value]
        elif value == old:
            fields[field.name] = new
    return fields
