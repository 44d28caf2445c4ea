"""A table somebody uploaded: its columns, its rows, and why it cannot be taken."""

from dataclasses import dataclass


class UnreadableFile(Exception):
    """A file that cannot be taken, with a sentence that says what to do."""

    def __init__(self, sentence: str, line: int | None = None):
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its title, and the other names people give it."""

    title: str
    others: tuple[str, ...] = ()
    is_required: bool = False
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the person's spreadsheet, and its text by column."""

    line: int
    cells: dict[str, str]
