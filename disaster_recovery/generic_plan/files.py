"""What a version of the generic plan says, read from a folder of files.

    contents = read(DATA / "generic_1_1")
    for one in contents.objects():
        GenericObject(generic=…, kind=one.kind, key=one.key, position=one.position,
                      fields=one.fields)

A folder has `plan.toml`, `sections/<key>.md` (TOML between lines of `+++`, then the
text in Markdown), `services.toml`, `tasks.toml` and `parameters.toml`, whose tables
are named by the keys. One that `follows` another has only what differs: an entry
stands in place of the whole entry before, `removed` takes entries away.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from disaster_recovery.content.schema import KINDS, PARAMETER, SECTION, SERVICE, TASK
from disaster_recovery.content.validation import validation_errors
from disaster_recovery.generic_plan.entries import (
    Entry,
    Parameter,
    Section,
    Service,
    SkillNeeded,
    Task,
    Unfit,
    made,
)

__all__ = [
    "DATA",
    "SHIPPED",
    "Contents",
    "Object",
    "Parameter",
    "Section",
    "Service",
    "SkillNeeded",
    "Task",
    "UnreadableContents",
    "read",
]

DATA = Path(__file__).parents[1] / "data"
# Each version we ship, in the order in which they are published.
SHIPPED = ("generic_1_0", "generic_1_1")
FENCE = "+++\n"
_FILES = {SERVICE: "services.toml", TASK: "tasks.toml", PARAMETER: "parameters.toml"}
_ENTRIES = {SECTION: Section, SERVICE: Service, TASK: Task, PARAMETER: Parameter}
_ABOUT = {"number", "follows", "release_notes", "removed", "supersedes"}
Entries = dict[str, dict[str, Entry]]
Sources = dict[tuple[str, str], Path]


class UnreadableContents(ValueError):
    """The files do not make a version; each line names a file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Object:
    """A section, service, task or parameter as a version of the generic plan has it."""

    kind: str
    key: str
    position: int
    fields: Mapping[str, Any]
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """One version: everything in it in order, its number, and what is new.

    `supersedes` leads from the key of a section in the version before to those of the
    sections that stand for it now.
    """

    number: tuple[int, int, int]
    release_notes: str
    supersedes: Mapping[str, tuple[str, ...]]
    sections: tuple[Section, ...]
    services: tuple[Service, ...]
    tasks: tuple[Task, ...]
    parameters: tuple[Parameter, ...]

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        of = {SECTION: self.sections, SERVICE: self.services, TASK: self.tasks}
        return of.get(kind, self.parameters)

    def objects(self) -> Iterator[Object]:
        """Everything as it is kept, kind by kind and in order."""
        for kind in KINDS:
            for one in self.of_kind(kind):
                yield Object(kind, one.key, one.order, one.fields())


def read(folder: Path) -> Contents:
    """The version in a folder, with what it takes from the one it follows.

    Raises UnreadableContents: unknown or missing names, what is there twice or names
    what is not there, circles, and entries that say nothing new.
    """
    return _read(folder, frozenset())


def _read(folder, later):
    about = _about(folder)
    path = folder.parent / about.get("follows", "")
    if path in (later := later | {folder}):
        raise UnreadableContents(f"{folder.name}/plan.toml: it follows itself")
    before = _read(path, later) if "follows" in about else None
    entries, sources = _entries(folder)
    _check_news(folder, about, entries, before)
    whole: Entries = {}
    for kind, new in entries.items():
        kept = {one.key: one for one in before.of_kind(kind)} if before else {}
        gone = about.get("removed", {}).get(_plural(kind), ())
        whole[kind] = {k: e for k, e in {**kept, **new}.items() if k not in gone}
    contents = _contents(about, whole)
    _check_whole(folder, contents, sources, before)
    return contents


def _contents(about: Mapping[str, Any], entries: Entries) -> Contents:
    told = {_plural(kind): _in_order(of.values()) for kind, of in entries.items()}
    return Contents(
        number=tuple(map(int, about["number"].split("."))),
        release_notes=about["release_notes"].strip(),
        supersedes={old: (*new,) for old, new in about.get("supersedes", {}).items()},
        **told,
    )


def _in_order(entries):
    return tuple(sorted(entries, key=lambda one: (one.order, one.key)))


def _plural(kind):
    return f"{kind}s"


def _about(folder):
    path = folder / "plan.toml"
    about = _toml(path, _text(path))
    if wrong := [*_wrong_about(about)]:
        raise UnreadableContents("\n".join(f"{_named(path)}: {one}" for one in wrong))
    return about


def _wrong_about(about):
    if unknown := sorted(about.keys() - _ABOUT):
        yield f"unknown name {', '.join(unknown)}"
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){2}", str(about.get("number"))):
        yield "write the number like 1.1.0"
    if not isinstance(notes := about.get("release_notes"), str) or not notes.strip():
        yield "release_notes is missing"
    if not isinstance(about.get("follows", ""), str):
        yield "follows is to be the name of a folder"
    lists = [n for n in ("removed", "supersedes") if not _has_lists(about.get(n, {}))]
    yield from (f"{name} is to have lists of keys" for name in lists)
    gone = {} if "removed" in lists else about.get("removed", {})
    if unknown := sorted(gone.keys() - {_plural(kind) for kind in KINDS}):
        yield f"cannot remove {', '.join(unknown)}"


def _has_lists(told):
    lists = [*told.values()] if isinstance(told, dict) else [None]
    found = (isinstance(one, list) for one in lists)
    return all(found) and all(isinstance(key, str) for one in lists for key in one)


def _entries(folder: Path) -> tuple[Entries, Sources]:
    """What stands in the files of this folder alone, and in which."""
    found: Entries = {kind: {} for kind in KINDS}
    sources: Sources = {}
    for kind, key, path, values in _raw(folder):
        try:
            found[kind][key] = made(_ENTRIES[kind], key, values)
        except Unfit as error:
            raise UnreadableContents(f"{_named(path)}: {key}: {error}") from error
        sources[kind, key] = path
    return found, sources


def _raw(folder: Path) -> Iterator[tuple[str, str, Path, dict[str, Any]]]:
    for path in sorted((folder / "sections").glob("*")):
        if path.suffix != ".md":
            raise UnreadableContents(f"{_named(path)}: name a section <key>.md")
        yield SECTION, path.stem, path, _section(path)
    for kind, name in _FILES.items():
        path = folder / name
        told = _toml(path, _text(path)) if path.exists() else {}
        for key, values in told.items():
            if not isinstance(values, dict):
                raise UnreadableContents(f"{_named(path)}: {key} is no table")
            yield kind, key, path, values


def _section(path):
    parts = _text(path).split(FENCE, 2)
    if len(parts) != 3 or parts[0]:
        raise UnreadableContents(f"{_named(path)}: begin with values between +++ lines")
    values = _toml(path, parts[1])
    if "body" in values:
        raise UnreadableContents(f"{_named(path)}: the text stands below the values")
    return values | {"body": parts[2]}


def _text(path):
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableContents(f"{_named(path)}: {error}") from error


def _toml(path, text):
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableContents(f"{_named(path)}: {error}") from error


def _named(path):
    """The file with its folders from that of the version on."""
    in_sections = path.parent.name == "sections"
    version = path.parents[1] if in_sections else path.parent
    return path.relative_to(version.parent).as_posix()


def _check_news(folder, about, entries, before):
    """What follows a version says nothing twice, and removes what is there."""
    path = _named(folder / "plan.toml")
    for kind, new in entries.items():
        kept = {one.key: one for one in before.of_kind(kind)} if before else {}
        gone = about.get("removed", {}).get(_plural(kind), ())
        for key in gone:
            if key not in kept:
                raise UnreadableContents(f"{path}: there is no {kind} {key} to remove")
            if key in new:
                raise UnreadableContents(f"{path}: {kind} {key} is removed and there")
        for key, one in new.items():
            if kept.get(key) == one:
                raise UnreadableContents(
                    f"{folder.name}: {kind} {key} is as it was: leave it out"
                )


def _check_whole(folder, contents, sources, before):
    wrong = [*_wrong_objects(folder, contents, sources)]
    wrong += _wrong_superseding(folder, contents, before)
    if before and contents.number <= before.number:
        wrong.append(f"{_named(folder / 'plan.toml')}: choose a higher number")
    if wrong:
        raise UnreadableContents("\n".join(wrong))


def _wrong_objects(folder, contents, sources):
    """First each object by itself; circles are looked for where all else is well."""
    found = False
    for one in (objects := [*contents.objects()]):
        path = sources.get((one.kind, one.key))
        for sentence in _unsound(objects, lambda other, one=one: other is one):
            found = True
            yield f"{_named(path) if path else folder.name}: {sentence}"
    for kind in () if found else KINDS:
        name = _FILES.get(kind, "sections")
        for sentence in _unsound(objects, lambda other, kind=kind: other.kind == kind):
            yield f"{folder.name}/{name}: {sentence}"


def _unsound(objects, is_looked_into: Callable[[Object], bool]):
    return validation_errors(
        replace(o, is_left_out=not is_looked_into(o)) for o in objects
    )


def _wrong_superseding(folder, contents, before):
    path = _named(folder / "plan.toml")
    now = {one.key for one in contents.sections}
    then = {one.key for one in before.sections} if before else set()
    for old, new in contents.supersedes.items():
        if old not in then or old in now:
            yield f"{path}: section {old} was not there, or still is"
        for key in sorted({*new} - (now - then)):
            yield f"{path}: section {key}, which is to stand for {old}, is not new"
