"""What a plan is to say of an object, as its keeper chose it in an update."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from disaster_recovery.content import cleaning, headings
from disaster_recovery.content.schema import FIXED
from disaster_recovery.merging.plan_merge import LeftOut, Local, MergeItem, Outcome
from disaster_recovery.models import PlanDecision, PlanEdition
from disaster_recovery.updates import applying
from disaster_recovery.updates.comparison import POSITION, Comparison, local_of
from partners.models import User


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose, and typed: field by field, a reason, one of our own."""

    choice: str
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    own: str = ""
    overrule: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceInContext:
    """One item of an update before its keeper, in the draft that is held."""

    by: User
    draft: PlanEdition
    found: Comparison
    item: MergeItem
    asked: Choice


def resolve_choice(chosen: ChoiceInContext) -> Local | None:
    """The row that a choice makes; our own objects may take other keys for it.

    Raises ValidationError with a sentence, by field where one is wrong.
    """
    make = _MAKERS.get(chosen.asked.choice)
    if make is None:
        raise ValidationError("Choose what is to become of the change")
    _refuse_waiting(chosen.found, chosen.item)
    return make(chosen)


def _refuse_waiting(found, item):
    waits = (found.merge.by_name[name].theirs for name in item.waits_for)
    if titles := [str(one.fields["title"]) for one in waits]:
        said = "”, “".join(titles)
        raise ValidationError(f"This leads to “{said}”: decide on that first")


def _accepted(chosen):
    item = chosen.item
    if item.is_key_taken:
        _give_way(chosen)
        return Local(*item.name)
    return item.result if item.outcome in _PLAIN else item.accepted()


def _give_way(chosen):
    """Our own object takes another key, so that both can stand."""
    found, item = chosen.found, chosen.item
    taken = [key for kind, key in found.rows if kind == item.kind] + [item.key]
    applying.rename(
        by=chosen.by,
        draft=chosen.draft,
        row=found.rows[item.name],
        key=headings.key_for(f"{item.key}-own", taken),
    )


def _merged(chosen):
    if chosen.item.is_conflict:
        raise ValidationError("Choose for each field what the plan is to say")
    return chosen.item.result


def _kept(chosen):
    item, reason = chosen.item, chosen.asked.reason
    if item.outcome is Outcome.MADE_MANDATORY:
        if not reason:
            said = "Every partner needs this section now: say why it is not applicable"
            raise ValidationError({"reason": said})
        return replace(item.ours, left_out=LeftOut.NOT_APPLICABLE, reason=reason)
    if item.ours is None and item.base is None:
        raise ValidationError("There is nothing of ours to keep: decline it instead")
    return item.kept()


def _edited(chosen):
    item, asked = chosen.item, chosen.asked
    if item.is_key_taken or item.ours and item.ours.left_out:
        raise ValidationError("Choose one of the other ways for this one")
    checked = cleaning.checked(item.kind, asked.values, overrule=asked.overrule)
    return item.settled({name: checked.get(name) for name in fields_of(item)})


def fields_of(item: MergeItem) -> list[str]:
    """The fields that any of the three has, and in which a partner has a say."""
    three = (item.base, item.ours, item.theirs)
    told = [name for one in three if one for name in one.fields]
    return [name for name in dict.fromkeys(told) if name not in {*FIXED, POSITION}]


def _linked(chosen):
    item, own = chosen.item, chosen.asked.own
    row = chosen.found.rows.get((item.kind, own))
    if own not in item.similar or row is None:
        raise ValidationError({"own": "Choose which of ours it is to be joined with"})
    local = replace(local_of(row), key=item.key)
    if row.key != item.key:
        applying.rename(by=chosen.by, draft=chosen.draft, row=row, key=item.key)
    return item.linked(local)


# Nothing of ours is lost by taking these as they are proposed.
_PLAIN = (Outcome.FAST_FORWARD, Outcome.ADD, Outcome.REMOVE, Outcome.REPLACED)
_MAKERS: Mapping[str, Callable[[ChoiceInContext], Local | None]] = {
    PlanDecision.Choice.ACCEPTED: _accepted,
    PlanDecision.Choice.MERGED: _merged,
    PlanDecision.Choice.KEPT: _kept,
    PlanDecision.Choice.EDITED: _edited,
    PlanDecision.Choice.LINKED: _linked,
}


def refuse_declining(item: MergeItem, reason: str) -> None:
    """Raises ValidationError without a reason, or for what every partner needs."""
    if not reason:
        raise ValidationError({"reason": "Say why the change is declined"})
    if not item.declines:
        raise ValidationError("Every partner needs this now: it is not declined")
