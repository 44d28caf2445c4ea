"""What was decided of an object, written into the draft, and its base moved."""

from collections.abc import Mapping
from typing import Any

from disaster_recovery.content.schema import FIELDS, KEYS
from disaster_recovery.merging.plan_merge import Local, MergeItem, Verdict
from disaster_recovery.models import GenericVersion, PlanEdition, PlanObject
from disaster_recovery.plans import adaptations
from disaster_recovery.updates.comparison import POSITION, Comparison
from partners.models import User


def apply_decision(
    *,
    by: User,
    draft: PlanEdition,
    found: Comparison,
    item: MergeItem,
    result: Local | None,
    generic: GenericVersion,
    is_read: bool | None = None,
) -> None:
    """Make the row of an object what it is to be; None takes the row away.

    `is_read` says whether somebody read it as it now stands; None leaves that as it
    was. Called with the draft held, in the transaction of the decision.
    """
    row = found.row_of(item)
    if result is None:
        _take_away(by, row)
        return
    is_new = row is None
    row = row or PlanObject(edition=draft, kind=item.kind)
    row.key, row.edited_by = item.key, by
    row.base = generic if item.theirs else None
    row.addendum = result.addendum
    row.fields = _own(result.fields, row.base)
    row.reason = result.reason if result.left_out else ""
    row.state = result.left_out or adaptations.state_of(row)
    if is_read is not None:
        row.is_settled = is_read
    if POSITION in result.fields:
        row.position = result.fields[POSITION]
    row.save()
    if is_new or _moves(item):
        _place(by, draft, row, found)


def _moves(item):
    """Whether it changed places upstream and not here."""
    told = (one for one in item.fields if one.name == POSITION)
    return any(one.verdict is Verdict.THEIRS for one in told)


def _take_away(by, row):
    if row is not None:
        row.edited_by = by
        row.save()  # so that who takes it out is an editor too
        row.delete()


def _own(fields: Mapping[str, Any], base) -> dict[str, Any]:
    """The fields as a row holds them; nothing empty in what is quite our own."""
    told = {n: _listed(value) for n, value in fields.items() if n != POSITION}
    if base is None:
        return {n: v for n, v in told.items() if v is not None and n != "is_mandatory"}
    return told


def _listed(value):
    return [*value] if isinstance(value, tuple) else value


def _place(by, draft, row, found):
    """Put a row behind what it follows upstream, and make room for it."""
    rows = [*draft.contents.filter(kind=row.kind).order_by("position", "key")]
    order = [one for one in rows if one.pk != row.pk]
    places = {one.key: n for n, one in enumerate(order)}
    before = (places.get(key) for key in found.before(row.kind, row.key))
    at = next((n for n in before if n is not None), -1) + 1
    least = order[at - 1].position + 1 if at else 0
    for one in [row, *order[at:]]:
        if one.position < least or one is row:
            one.position, one.edited_by = least, by
            one.save(update_fields=["position", "edited_by"])
        least = one.position + 1


def rename(*, by: User, draft: PlanEdition, row: PlanObject, key: str) -> None:
    """Give an object of our own another key, and so in what names it."""
    old, row.key = row.key, key
    row.edited_by = by
    row.save()
    for other in draft.contents.filter(kind__in=_KINDS_NAMING[row.kind]):
        changed = _renamed(other, row.kind, old, key)
        if changed != other.fields:
            other.fields, other.edited_by = changed, by
            other.save()


_KINDS_NAMING = {
    kind: [by for by, told in FIELDS.items() if any(one.of == kind for one in told)]
    for kind in FIELDS
}


def _renamed(row, kind, old, new):
    named = {one.name: one.type for one in FIELDS[row.kind] if one.of == kind}
    found = dict(row.fields)
    for name, how in named.items():
        value = found.get(name)
        if how == KEYS and value:
            found[name] = [new if key == old else key for key in value]
        elif value == old:
            found[name] = new
    return found
