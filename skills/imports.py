"""Reading the files a catalogue starts from: skills, and their other names."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from skills.matching import normalise_key

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
ALIAS_KINDS = {"abbreviation", "former name", "vendor name", "misspelling", "other"}

RowType = TypeVar("RowType")


class UnreadableFile(Exception):
    """A file that cannot be taken, with a sentence that says where and why."""


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


def read_skills(path: Path) -> list[SkillRow]:
    """The skills of a vocabulary file; raises UnreadableFile with a sentence."""
    rows = list(_read(path, SKILL_COLUMNS, _skill))
    _refuse_repeated(path, [row.code for row in rows])
    _refuse_repeated(path, [row.key for row in rows])
    return rows


def read_aliases(path: Path, codes: set[str]) -> list[AliasRow]:
    """The aliases of a file, all for skills in `codes`; raises UnreadableFile."""
    rows = list(_read(path, ALIAS_COLUMNS, _alias))
    for row in rows:
        if row.code not in codes:
            raise UnreadableFile(f"{path.name}: no skill has the id “{row.code}”")
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


def _key(name: str, longest: int) -> str:
    if len(name) > longest:
        raise ValueError(f"a name has at most {longest} characters")
    if not (key := normalise_key(name)):
        raise ValueError("a name has letters or digits")
    return key
