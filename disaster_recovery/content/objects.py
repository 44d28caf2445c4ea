"""The objects of a plan: what the generic plan says of each, and what a partner does.

One vocabulary for reading, merging and checking. What fields an object of a kind has
is said by `schema.FIELDS` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from disaster_recovery.content.schema import FIXED, MANDATORY, POSITION
from disaster_recovery.content.text import normalised

# The kind and the key of an object, which name it within a plan.
Name = tuple[str, str]
# A value as it is compared: nothing, "", an empty list and "no" are all None.
Value = str | int | float | bool | tuple[str, ...] | None

INHERITED, ADAPTED, OURS = "inherited", "adapted", "ours"
REMOVED, NOT_APPLICABLE = "removed", "not applicable"
LEFT_OUT = frozenset({REMOVED, NOT_APPLICABLE})


@dataclass(frozen=True)
class Generic:
    """An object as a version of the generic plan has it, its values comparable."""

    kind: str
    key: str
    fields: Mapping[str, Any]

    def __post_init__(self) -> None:
        values = {name: comparable(value) for name, value in self.fields.items()}
        kept = {name: value for name, value in values.items() if value is not None}
        object.__setattr__(self, "fields", kept)

    @property
    def name(self) -> Name:
        return self.kind, self.key

    @property
    def position(self) -> int:
        """Its place among its siblings, the smallest first."""
        return self.fields.get(POSITION) or 0

    @property
    def is_mandatory(self) -> bool:
        return bool(self.fields.get(MANDATORY))


@dataclass(frozen=True)
class Local:
    """An object as a partner has it: only the fields that differ from the generic.

    A field that is missing is inherited; one that is there and empty was emptied. An
    object without a base is the partner's own and has all its fields. `left_out` is
    one of LEFT_OUT, or nothing; `base` the id of a generic version; `row` what finds
    it again where it came from a table.
    """

    kind: str
    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    addendum: str = ""
    left_out: str = ""
    reason: str = ""
    position: int = 0
    base: int | None = None
    is_settled: bool = False
    row: int | None = None

    @property
    def name(self) -> Name:
        return self.kind, self.key

    @property
    def state(self) -> str:
        if self.left_out:
            return self.left_out
        if self.base is None:
            return OURS
        return ADAPTED if self.fields or self.addendum else INHERITED

    def comparable(self) -> "Local":
        """The same with comparable values and a normalised addendum."""
        values = {name: comparable(value) for name, value in self.fields.items()}
        return replace(self, fields=values, addendum=normalised(self.addendum))


def comparable(value: object) -> Any:
    """A value as it is compared: normalised text, keys sorted, nothing as None."""
    if isinstance(value, str):
        return normalised(value) or None
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(sorted(set(value), key=str)) or None
    return None if value is False else value


def overlaid(generic: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The generic fields with own ones in their place, save those that are fixed."""
    fixed = {name: generic.get(name) for name in FIXED} if generic else {}
    fields = {**generic, **own, **fixed}
    return {name: value for name, value in fields.items() if value is not None}


def differences(
    generic: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """The own fields that turn the generic ones into those wanted."""
    changed = {name: v for name, v in wanted.items() if generic.get(name) != v}
    return changed | {name: None for name in generic if name not in wanted}


def effective_fields(
    generic: Generic | None, local: Local | None
) -> dict[str, Any] | None:
    """The fields as the partner's plan has them; None where it has no such object."""
    if local and local.left_out or not (local or generic):
        return None
    return overlaid(generic.fields if generic else {}, local.fields if local else {})
