"""What one row of a file comes to: pure, so that it is checked without a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from partners.spreadsheets.table import Column, Row

NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"
CLEAR = "-"


class Wrong(ValueError):
    """A cell that cannot be taken, with the sentence that says what to do."""


@dataclass(slots=True)
class Draft:
    """One row on its way to a record; `current` is None where there is none yet.

    Values are kept as JSON keeps them, so that a stored draft equals a fresh one.
    """

    row: Row
    columns: Mapping[str, Column]
    label: str = ""
    target: int | None = None
    version: int | None = None
    current: dict | None = None
    values: dict = field(default_factory=dict)
    changes: list[list[str]] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    # By column, what was put back into a number: nothing is repaired in silence.
    repairs: dict[str, str] = field(default_factory=dict)

    def cell(self, key: str) -> str:
        return self.row.cells.get(key, "").strip()

    def refuse(self, key: str, sentence: str) -> None:
        shown = self.row.cells.get(key, "").replace("\x00", "�")[:200]
        self.problems.append([self.columns[key].title, shown, sentence])

    @property
    def outcome(self) -> str:
        if self.problems:
            return ERROR
        if self.current is None:
            return NEW
        return CHANGED if self.values else UNCHANGED

    @property
    def old(self) -> dict:
        """What the record held where it is about to hold something else."""
        return {name: self.current[name] for name in self.values if self.current}

    def is_as(self, outcome, target, version, values) -> bool:
        """Whether a stored draft of this row would still do the same."""
        mine = (self.outcome, self.target, self.version, self.values)
        return mine == (outcome, target, version, values)


@dataclass(frozen=True, slots=True)
class Field:
    """How the cells of one column become values of a record, and words again."""

    key: str
    name: str
    read: Callable[[str, Draft], object]
    show: Callable[[object], str] = str
    is_required: bool = False
    empty: object = ""
    # What the sentences call it.
    called: str = ""

    def take(self, draft: Draft) -> None:
        """Note the value of the cell if it says something else than the record."""
        is_new, text = draft.current is None, draft.cell(self.key)
        if not text:
            if is_new and self.is_required:
                draft.refuse(self.key, f"Enter {self.called}")
            return
        if not is_new and _is_same(text, draft.current[self.name]):
            return
        try:
            value = self._value(text, draft)
        except Wrong as wrong:
            draft.refuse(self.key, str(wrong))
            return
        if is_new or value != draft.current[self.name]:
            self._note(draft, value)

    def _value(self, text, draft):
        if text != CLEAR:
            return self.read(text, draft)
        if self.is_required:
            raise Wrong(f"Enter {self.called}: it cannot be cleared")
        return self.empty

    def _note(self, draft, value):
        old = None if draft.current is None else draft.current[self.name]
        draft.values[self.name] = value
        new, repair = self._shown(value), draft.repairs.get(self.key)
        draft.changes.append(
            [
                draft.columns[self.key].title,
                self._shown(old),
                f"{new} ({repair})" if repair else new,
            ]
        )

    def _shown(self, value):
        return "" if value in (None, "") else self.show(value)


def _is_same(text, value):
    """Whether a cell is what the record says, also where that looks like an order.

    Files are read without the space around a cell: a record with some is the same.
    """
    return isinstance(value, str) and value.strip() == text


def said(value: object) -> str:
    """A switch in words."""
    return "yes" if value else "no"


def day_said(value: object) -> str:
    """A kept day in words: 22 November 2026."""
    return f"{date.fromisoformat(str(value)):%-d %B %Y}"


def text_of(longest: int, called: str) -> Callable[[str, Draft], str]:
    """Reads a line of text of at most `longest` letters."""

    def read(text: str, draft: Draft) -> str:
        # Not stripped letters but those nobody sees, save the ends of lines.
        if any(ord(letter) < 32 and letter not in "\r\n\t" for letter in text):
            raise Wrong(f"Remove the invisible characters from {called}")
        if len(text) > longest:
            raise Wrong(f"Shorten {called} to {longest} characters or fewer")
        return text

    return read


def refuse_repeated(
    drafts: Iterable[Draft], key_of: Callable[[Draft], object], column: str
) -> None:
    """Two rows about the same thing are both wrong, each naming the other's line."""
    first: dict[object, Draft] = {}
    for draft in drafts:
        key = key_of(draft)
        if key is None:
            continue
        other = first.setdefault(key, draft)
        if other is draft:
            continue
        if not _is_told(other):
            other.refuse(column, _twice(draft))
        draft.refuse(column, _twice(other))


def _twice(other):
    return f"Line {other.row.line} is the same record: keep one of them"


def _is_told(draft):
    return any(said.endswith("keep one of the two") for *_, said in draft.problems)
