"""What a plan is to hold of an object, as somebody chose it in an update."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from disaster_recovery.content import cleaning, headings
from disaster_recovery.content.objects import NOT_APPLICABLE, Local
from disaster_recovery.content.schema import FIXED, POSITION
from disaster_recovery.merging.outcomes import MergeItem, Outcome
from disaster_recovery.models import PlanDecision, PlanEdition
from disaster_recovery.updates import applying
from disaster_recovery.updates.comparison import Comparison, local_of
from partners.models import User


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose, and typed: fields, a reason, the key of one of our own."""

    choice: str
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    own: str = ""
    overrule: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceInContext:
    """A choice, the item it is about, and the draft, which is locked."""

    by: User
    draft: PlanEdition
    comparison: Comparison
    item: MergeItem
    choice: Choice


def resolve_choice(chosen: ChoiceInContext) -> Local | None:
    """The object that a choice makes; our own ones may take other keys for it.

    Raises ValidationError with a sentence, by field where one is wrong.
    """
    resolve = _RESOLVERS.get(chosen.choice.choice)
    if resolve is None:
        raise ValidationError("Choose what to do with the change")
    items = chosen.comparison.merge.by_name
    waits_for = (items[name].theirs for name in chosen.item.waits_for)
    if titles := [str(theirs.fields["title"]) for theirs in waits_for if theirs]:
        named = "”, “".join(titles)
        raise ValidationError(f"Decide on “{named}” first: this change refers to it")
    return resolve(chosen)


def _accepted(chosen):
    item = chosen.item
    if item.is_key_taken:
        _rename_own(chosen)
        return Local(*item.name)
    return item.result if item.outcome in _ACCEPTED_AS_PROPOSED else item.accepted()


def _rename_own(chosen):
    """Our own object takes another key, so that both can be in the plan."""
    comparison, item = chosen.comparison, chosen.item
    taken = [key for kind, key in comparison.rows if kind == item.kind] + [item.key]
    applying.rename(
        by=chosen.by,
        draft=chosen.draft,
        row=comparison.rows[item.name],
        key=headings.key_for(f"{item.key}-own", taken),
    )


def _merged(chosen):
    if chosen.item.is_conflict:
        raise ValidationError("Choose one version, or edit it yourself")
    return chosen.item.result


def _kept(chosen):
    item, reason = chosen.item, chosen.choice.reason
    if item.outcome is Outcome.MADE_MANDATORY:
        if not reason:
            sentence = "Every partner needs this section now: say why you do not"
            raise ValidationError({"reason": sentence})
        return replace(item.ours, left_out=NOT_APPLICABLE, reason=reason)
    if item.ours is None and item.base is None:
        raise ValidationError("You have no version to keep: decline the change instead")
    return item.kept()


def _edited(chosen):
    item, choice = chosen.item, chosen.choice
    if item.is_key_taken or item.ours and item.ours.left_out:
        raise ValidationError("This one cannot be edited here: choose another option")
    values = cleaning.checked(item.kind, choice.values, overrule=choice.overrule)
    return item.settled({name: values.get(name) for name in editable_fields(item)})


def editable_fields(item: MergeItem) -> list[str]:
    """The fields that any of the three has, and that a partner can change."""
    three = (item.base, item.ours, item.theirs)
    names = [name for thing in three if thing for name in thing.fields]
    return [name for name in dict.fromkeys(names) if name not in {*FIXED, POSITION}]


def _linked(chosen):
    item, key = chosen.item, chosen.choice.own
    row = chosen.comparison.rows.get((item.kind, key))
    if key not in item.similar or row is None:
        raise ValidationError({"own": "Choose which of your own to link it with"})
    local = replace(local_of(row), key=item.key)
    if row.key != item.key:
        applying.rename(by=chosen.by, draft=chosen.draft, row=row, key=item.key)
    return item.linked(local)


# Nothing of ours is lost by accepting these as they are proposed.
_ACCEPTED_AS_PROPOSED = (
    Outcome.FAST_FORWARD,
    Outcome.ADD,
    Outcome.REMOVE,
    Outcome.REPLACED,
)
_RESOLVERS: Mapping[str, Callable[[ChoiceInContext], Local | None]] = {
    PlanDecision.Choice.ACCEPTED: _accepted,
    PlanDecision.Choice.MERGED: _merged,
    PlanDecision.Choice.KEPT: _kept,
    PlanDecision.Choice.EDITED: _edited,
    PlanDecision.Choice.LINKED: _linked,
}


def refuse_declining(item: MergeItem, reason: str) -> None:
    """Raises ValidationError without a reason, or for what every partner needs."""
    if not reason:
        raise ValidationError({"reason": "Say why you decline the change"})
    if not item.declines:
        raise ValidationError("Every partner needs this now: it cannot be declined")
