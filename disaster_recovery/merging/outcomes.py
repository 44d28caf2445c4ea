"""What an update makes of each object: its outcome, and the ways to settle it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from disaster_recovery.content.objects import Generic, Local, Name, effective_fields
from disaster_recovery.content.schema import FIXED
from disaster_recovery.merging.field_merge import FieldMerge, Verdict


class Outcome(StrEnum):
    """What came of one object: in the base, in ours (second) and in theirs (third)."""

    NOTHING = "nothing"  # x x x
    FAST_FORWARD = "fast forward"  # x x y
    KEEP_OURS = "keep ours"  # x y x
    CONVERGED = "converged"  # x y y: inherited again
    MERGED = "merged, please read"  # x y z, clean
    CONFLICT = "conflict"  # x y z
    STAYS_REMOVED = "stays removed"  # x – x
    GONE = "gone on both sides"  # x – –
    REMOVED_CHANGED = "removed here, changed upstream"  # x – y
    MADE_MANDATORY = "removed here, mandatory now"  # x – y
    REMOVE = "remove"  # x x –
    REPLACED = "replaced by others"  # x x –, superseded
    NEEDED = "removed upstream, needed here"  # x x –
    ADAPTED_BUT_REMOVED = "adapted here, removed upstream"  # x y –
    ADD = "add"  # – – y
    SIMILAR = "similar to our own"  # – own y
    OWN = "our own"  # – own –
    DECLINED = "declined before"  # and not changed again


# Nobody needs to decide: the base moves on, if there is one and nothing was declined.
SETTLED = frozenset(
    {
        *(Outcome.NOTHING, Outcome.KEEP_OURS, Outcome.CONVERGED, Outcome.OWN),
        *(Outcome.STAYS_REMOVED, Outcome.GONE, Outcome.DECLINED),
    }
)
BULK_ACCEPTABLE = frozenset({Outcome.FAST_FORWARD})
CONFLICTS = frozenset(
    {
        *(Outcome.CONFLICT, Outcome.MADE_MANDATORY, Outcome.NEEDED),
        *(Outcome.ADAPTED_BUT_REMOVED, Outcome.SIMILAR),
    }
)
_ABSENT = frozenset({Outcome.REMOVE, Outcome.REPLACED, Outcome.GONE})
_LEFT_AS_IT_IS = frozenset({Outcome.DECLINED, Outcome.OWN})


@dataclass(frozen=True)
class MergeItem:
    """An object of the plan in an update, and what we propose.

    `result` is what the partner has of the object once it is settled as proposed: a
    row to keep on top of `theirs`, or None where nothing remains or a choice is open.
    `after` is the sibling upstream that a new object follows; `superseded` and
    `successors` are the old and new keys of sections split, joined or renamed;
    `waits_for` is what it refers to and our plan does not have yet.
    """

    kind: str
    key: str
    outcome: Outcome
    base: Generic | None = None
    ours: Local | None = None
    theirs: Generic | None = None
    fields: tuple[FieldMerge, ...] = ()
    result: Local | None = None
    change: str = ""
    after: str | None = None
    superseded: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    needed_by: tuple[Name, ...] = ()
    waits_for: tuple[Name, ...] = ()

    @property
    def name(self) -> Name:
        return self.kind, self.key

    @property
    def is_settled(self) -> bool:
        """Nobody has to decide anything."""
        return self.outcome in SETTLED

    @property
    def is_conflict(self) -> bool:
        """Somebody must choose: there is no proposal to accept."""
        return self.outcome in CONFLICTS

    @property
    def is_bulk_acceptable(self) -> bool:
        return self.outcome in BULK_ACCEPTABLE

    @property
    def moves_base(self) -> bool:
        """Settled by itself, and from now on compared with the new version."""
        return self.is_settled and self.outcome not in _LEFT_AS_IT_IS

    @property
    def declines(self) -> tuple[str, ...]:
        """Hashes to remember if the change is declined; the base then stays."""
        if self.outcome is Outcome.MADE_MANDATORY:
            return ()
        if not (self.base and self.theirs) or (self.ours and self.ours.left_out):
            return (self.change,) if self.change else ()
        changes = (field.change for field in self.fields if field.name not in FIXED)
        return tuple(change for change in changes if change)

    @property
    def proposed_fields(self) -> dict[str, Any] | None:
        """All fields once settled as proposed; while a choice is open, as they are."""
        if self.outcome in _ABSENT:
            return None
        if self.result is None or self.outcome in _LEFT_AS_IT_IS:
            return effective_fields(self.base, self.ours)
        return effective_fields(self.theirs, self.result)

    @property
    def is_key_taken(self) -> bool:
        """An object of our own has the key of the new one, and needs another first."""
        return self.outcome is Outcome.SIMILAR and self.key in self.similar

    def accepted(self) -> Local | None:
        """The upstream object as it is, with our addendum. None: it is removed.

        ValueError if it would take the place of one of our own: see `is_key_taken`.
        """
        return self._over_theirs(self.theirs, {}) if self.theirs else None

    def kept(self) -> Local | None:
        """Ours as it is: over the new upstream object, or as our own without one."""
        left_out = self.ours and self.ours.left_out
        if self.theirs is None and not left_out:
            fields = effective_fields(self.base, self.ours) or {}
            return replace(self.ours or Local(*self.name), fields=fields)
        if self.theirs is None or self.base is None or left_out:
            return self.ours
        values = {field.name: field.ours for field in self.fields}
        return self._over_theirs(self.theirs, values)

    def settled(self, values: Mapping[str, Any]) -> Local:
        """The merged fields, and these values in place of those in conflict or others.

        Of what was removed upstream, our own with these values. KeyError with the first
        field in conflict that has no value; ValueError as for `accepted`.
        """
        if self.theirs is None:
            ours = self.kept() or Local(*self.name)
            return replace(ours, fields={**ours.fields, **values}).comparable()
        for field in self.fields:
            if field.verdict is Verdict.CONFLICT and field.name not in values:
                raise KeyError(field.name)
        merged = {field.name: field.merged for field in self.fields}
        return self._over_theirs(self.theirs, {**merged, **values})

    def linked(self, own: Local) -> Local:
        """An object of our own as an adaptation of the new upstream one."""
        if self.theirs is None:
            raise ValueError(f"there is no new {self.key} to link with")
        return _only_differences(self.theirs, own)

    def _over_theirs(self, theirs: Generic, values: Mapping[str, Any]) -> Local:
        if self.is_key_taken:
            raise ValueError(f"give our own {self.key} another key first")
        addendum = self.ours.addendum if self.ours else ""
        return _only_differences(theirs, Local(*self.name, values, addendum))


def _only_differences(theirs: Generic, local: Local) -> Local:
    local = local.comparable()
    own = {
        name: value
        for name, value in local.fields.items()
        if name not in FIXED and value != theirs.fields.get(name)
    }
    return Local(theirs.kind, theirs.key, own, local.addendum)


@dataclass(frozen=True)
class PlanMerge:
    """Every object that is in the plan, in its bases or in the new version."""

    items: tuple[MergeItem, ...] = ()

    @cached_property
    def by_name(self) -> dict[Name, MergeItem]:
        return {item.name: item for item in self.items}

    @property
    def open(self) -> tuple[MergeItem, ...]:
        """What a coordinator has to look at."""
        return tuple(item for item in self.items if not item.is_settled)

    @property
    def declined(self) -> frozenset[str]:
        """The remembered hashes that still hold something back; forget the others."""
        held_back = [
            change
            for item in self.items
            if item.outcome is Outcome.DECLINED
            for change in item.declines
        ]
        held_back += [
            field.change
            for item in self.items
            for field in item.fields
            if field.verdict is Verdict.DECLINED
        ]
        return frozenset(held_back)
