"""Reading the files a catalogue starts from: skills, and their other names."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from partners.spreadsheets.table import UnreadableFile
from skills.matching.catalogue import normalise_key

SKILL_COLUMNS = (
    "skill_id",
    "name",
    "category",
    "kind",
    "source",
    "source_ref",
    "licence",
)
ALIAS_COLUMNS = ("skill_id", "alias", "kind", "source", "source_address")
SKILL_KINDS = {"product", "practice", "language", "protocol", "framework", "lob"}
RELATION_COLUMNS = ("skill_id", "other_id", "kind", "source")
RELATION_KINDS = {"broader", "related"}
ALIAS_KINDS = {"abbreviation", "former name", "vendor name", "misspelling", "other"}

RowType = TypeVar("RowType")


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill as the vocabulary file names it."""

    code: str
    name: str
    category: str
    kind: str
    source: str
    reference: str
    licence: str
    key: str


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name for a skill, as the alias file gives it."""

    code: str
    text: str
    kind: str
    source: str
    address: str
    key: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What one skill is to another, as the file of relations says."""

    code: str
    other: str
    kind: str
    source: str


def read_skills(path: Path) -> list[SkillRow]:
    """The skills of a vocabulary file; raises UnreadableFile with a sentence."""
    rows = list(_read(path, SKILL_COLUMNS, _skill))
    _refuse_repeated(path, [row.code for row in rows])
    _refuse_repeated(path, [row.key for row in rows])
    return rows


def read_aliases(path: Path, codes: set[str]) -> list[AliasRow]:
    """The aliases of a file, all for skills in `codes`; raises UnreadableFile."""
    rows = list(_read(path, ALIAS_COLUMNS, _alias))
    _refuse_unknown(path, [row.code for row in rows], codes)
    return rows


def read_relations(path: Path, codes: set[str]) -> list[RelationRow]:
    """The relations of a file, among skills in `codes`; raises UnreadableFile."""
    rows = list(_read(path, RELATION_COLUMNS, _relation))
    _refuse_unknown(path, [c for row in rows for c in (row.code, row.other)], codes)
    pairs = [sorted((row.code, row.other)) for row in rows]
    _refuse_repeated(path, [" and ".join(pair) for pair in pairs])
    _refuse_rounds(path, [row for row in rows if row.kind == "broader"])
    return rows


def read_table(
    path: Path, columns: tuple[str, ...], delimiter: str = ","
) -> list[dict[str, str]]:
    """A file with a header row as dictionaries; raises UnreadableFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, restval="")
            _refuse_missing(path, columns, reader.fieldnames or [])
            return [row for row in reader if any(row.values())]
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"{path.name} is not a table in UTF-8 text") from error


def _read(
    path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str]], RowType]
) -> Iterator[RowType]:
    for number, row in enumerate(read_table(path, columns), start=2):
        tidy = {column: row[column].strip() for column in columns}
        try:
            yield make(tidy)
        except ValueError as error:
            raise UnreadableFile(f"{path.name}, row {number}: {error}") from error


def _refuse_missing(path, columns, found):
    missing = [column for column in columns if column not in found]
    if missing:
        raise UnreadableFile(f"{path.name} has no column “{missing[0]}”")


def _refuse_unknown(path, found, codes):
    for code in found:
        if code not in codes:
            raise UnreadableFile(f"{path.name}: no skill has the id “{code}”")


def _refuse_rounds(path, rows):
    broader: dict[str, set[str]] = {}
    for row in rows:
        broader.setdefault(row.code, set()).add(row.other)
    try:
        TopologicalSorter(broader).prepare()
    except CycleError as error:
        around = ", ".join(reversed(error.args[1]))
        raise UnreadableFile(f"{path.name} goes round: {around}") from error


def _refuse_repeated(path, values):
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise UnreadableFile(f"{path.name} has “{value}” twice")
        seen.add(value)


def _skill(row: dict[str, str]) -> SkillRow:
    if row["kind"] not in SKILL_KINDS:
        raise ValueError(f"“{row['kind']}” is not a kind of skill")
    if not (row["skill_id"] and row["category"]):
        raise ValueError("a skill needs an id and a category")
    return SkillRow(*(row[column] for column in SKILL_COLUMNS), _key(row["name"], 100))


def _alias(row: dict[str, str]) -> AliasRow:
    if row["kind"] not in ALIAS_KINDS:
        raise ValueError(f"“{row['kind']}” is not a kind of alias")
    return AliasRow(*(row[column] for column in ALIAS_COLUMNS), _key(row["alias"], 100))


def _relation(row: dict[str, str]) -> RelationRow:
    if row["kind"] not in RELATION_KINDS:
        raise ValueError(f"“{row['kind']}” is not a kind of relation")
    if row["skill_id"] == row["other_id"]:
        raise ValueError("a skill has no relation to itself")
    return RelationRow(*(row[column] for column in RELATION_COLUMNS))


def _key(name: str, longest: int) -> str:
    if len(name) > longest:
        raise ValueError(f"a name has at most {longest} characters")
    if not (key := normalise_key(name)):
        raise ValueError("a name has letters or digits")
    return key
