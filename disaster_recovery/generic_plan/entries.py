"""The entries of a plan as its files tell them: strict about names, types and lists."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as fields_of
from typing import Any, TypeVar

from disaster_recovery.content.schema import (
    KEY_FORMAT,
    KEY_SENTENCE,
    PARAMETER,
    SECTION,
    SERVICE,
    TASK,
    tidied,
)
from disaster_recovery.content.text import normalised

LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
Keys = tuple[str, ...]


class Unfit(ValueError):
    """An entry that lacks something, or says what it may not."""


@dataclass(frozen=True, slots=True)
class SkillNeeded:
    """A skill of the catalogue by its name, and the least level that will do."""

    name: str
    level: str

    def __str__(self) -> str:
        return f"{self.name}: {self.level}"


Skills = tuple[SkillNeeded, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan that is read; `order` counts through the whole plan."""

    key: str
    order: int
    title: str
    body: str
    parent: str = ""
    is_mandatory: bool = False

    def fields(self) -> dict[str, Any]:
        return _kept(SECTION, self)


@dataclass(frozen=True, slots=True)
class Service:
    """What people depend on, or what that depends on; all times in hours."""

    key: str
    order: int
    title: str
    tier: int
    rto_hours: int
    rpo_hours: int
    mtpd_hours: int
    owner_role: str
    workaround: str
    workaround_hours: int
    depends_on: Keys = ()
    calendar: str = ""

    def fields(self) -> dict[str, Any]:
        hours = {"rto": self.rto_hours, "rpo": self.rpo_hours, "mtpd": self.mtpd_hours}
        hours["workaround_lasts"] = self.workaround_hours
        return _kept(SERVICE, self, {name: h * 60 for name, h in hours.items()})


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody does in a recovery; roles are never names of people."""

    key: str
    order: int
    title: str
    phase: str
    body: str
    owner_role: str
    deputy_role: str
    skills: Skills
    people: int
    expected_minutes: int
    pessimistic_minutes: int
    proof: str
    on_paper: str
    scenarios: Keys
    predecessors: Keys = ()
    restores: Keys = ()

    def fields(self) -> dict[str, Any]:
        lengths = {"expected": self.expected_minutes}
        lengths["pessimistic"] = self.pessimistic_minutes
        return _kept(TASK, self, lengths | {"skills": [*map(str, self.skills)]})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What each partner enters once, and the text then says wherever it is named."""

    key: str
    order: int
    title: str
    sort: str
    is_required: bool
    help: str
    example: str

    def fields(self) -> dict[str, Any]:
        told = f"{self.help}. For example: {self.example}"
        return _kept(PARAMETER, self, {"help": told})


Entry = Section | Service | Task | Parameter
E = TypeVar("E", Section, Service, Task, Parameter)


def _kept(kind, entry, more: Mapping[str, Any] | None = None):
    """The values as the plan keeps them: its names, its lists, nothing empty."""
    told = {one.name: getattr(entry, one.name) for one in fields_of(entry)}
    return tidied(kind, told | dict(more or {}))


def made(entry: type[E], key: str, values: Mapping[str, Any]) -> E:
    """An entry of that key; Unfit where a name is unknown or missing, a type wrong."""
    if not re.fullmatch(KEY_FORMAT, key):
        raise Unfit(KEY_SENTENCE)
    named = {one.name: one for one in fields_of(entry) if one.name != "key"}
    if unknown := sorted(values.keys() - named.keys()):
        raise Unfit(f"unknown name {', '.join(unknown)}")
    needed = {name for name, one in named.items() if one.default is MISSING}
    if missing := sorted(needed - values.keys()):
        raise Unfit(f"{', '.join(missing)} is missing")
    told = {name: _value(named[name], value) for name, value in values.items()}
    return entry(key=key, **told)


def _value(one, value):
    """The value as an entry holds it; Unfit where it is of another type."""
    if one.type is Skills:
        return _skills(one, value)
    if one.type is Keys:
        return _keys(one, value)
    if type(value) is not one.type:
        raise Unfit(f"{one.name} is to be {one.type.__name__}")
    return normalised(value) if isinstance(value, str) else value


def _keys(one, value):
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise Unfit(f"{one.name} is to be a list of keys")
    if len({*value}) < len(value):
        raise Unfit(f"{one.name} has something twice")
    return (*value,)


def _skills(one, value):
    """A table from the name of a skill to its level."""
    if not isinstance(value, dict) or not {*value.values()} <= {*LEVELS}:
        raise Unfit(f"{one.name} is to give each skill one of {', '.join(LEVELS)}")
    return tuple(SkillNeeded(name, level) for name, level in value.items())
