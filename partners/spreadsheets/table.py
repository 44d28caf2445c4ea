"""A table somebody uploaded: its columns, its rows, and why it cannot be taken."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
_MOST_NAMED = 5
_LONGEST_QUOTE = 60


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
    """One row: its line in the file, and its text under every known column."""

    line: int
    cells: dict[str, str]


def plain(title: str) -> str:
    """A title without what people write differently: case, accents, punctuation."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    return "".join(letter for letter in apart if letter.isalnum())


def known_titles(columns: Mapping[str, Column]) -> dict[str, str]:
    """Every plain title that stands for a column, with that column's key."""
    names = {}
    for key, column in columns.items():
        for title in (column.title, key, *column.others):
            names[plain(title)] = key
    return names


def rows_of(
    lines: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, Column]
) -> list[Row]:
    """The rows beneath the header of a table; raises UnreadableFile.

    `lines` are cells with the line they begin on; blank ones are passed over.
    """
    filled = ((line, cells) for line, cells in lines if any(map(str.strip, cells)))
    first = next(filled, None)
    if first is None:
        raise UnreadableFile(
            "The file is empty: fill in the template, then upload it again"
        )
    line, titles = first
    keys = _keys(line, titles, columns)
    blank = dict.fromkeys(columns, "")
    rows = [_row(line, cells, keys, blank) for line, cells in _at_most(filled)]
    return rows


def _at_most(filled: Iterable) -> Iterator:
    for number, row in enumerate(filled):
        if number == MOST_ROWS:
            raise UnreadableFile(
                f"The file has more than {MOST_ROWS:,} rows: cut it in two and "
                "upload the parts one after the other"
            )
        yield row


def _row(line, cells, keys, blank) -> Row:
    found = dict(blank)
    for place, text in enumerate(cells):
        text = text.strip()
        if place < len(keys) and keys[place]:
            found[keys[place]] = text
        elif text:
            raise UnreadableFile(
                f"Line {line} has {quoted([text])} in column {letters(place)}, which "
                "has no title: give the column a title, or look for a delimiter "
                "in a cell without quotation marks",
                line,
            )
    return Row(line, found)


def _keys(line, titles, columns) -> list[str]:
    """The key of each column of the file; "" where it has no title."""
    if len(titles) > MOST_COLUMNS:
        raise UnreadableFile(
            f"The file has more than {MOST_COLUMNS:,} columns: delete those to the "
            "right of the table"
        )
    names = known_titles(columns)
    plain_titles = list(map(plain, titles))
    _refuse_unknown(line, titles, plain_titles, names, columns)
    keys = [names.get(title, "") for title in plain_titles]
    _refuse_repeated(line, titles, keys, columns)
    missing = [
        column.title
        for key, column in columns.items()
        if column.is_required and key not in keys
    ]
    if missing:
        word = "columns" if len(missing) > 1 else "a column"
        raise UnreadableFile(
            f"The file needs {word} called {quoted(missing)} in its first row", line
        )
    return keys


def _refuse_unknown(line, titles, plain_titles, names, columns):
    unknown = {
        title.strip(): key
        for title, key in zip(titles, plain_titles, strict=True)
        if key not in names and title.strip()
    }
    if not unknown:
        return
    word = "Columns" if len(unknown) > 1 else "A column"
    said = f"{word} of the file {'are' if len(unknown) > 1 else 'is'} not known: "
    if len(unknown) == sum(map(bool, map(str.strip, titles))):
        said = "The first row must hold the titles of the columns. Not known: "
    said += quoted(unknown)
    nearest = [_nearest(key, names) for key in unknown.values()]
    meant = list(dict.fromkeys(columns[key].title for key in nearest if key))
    advice = f"Did you mean {quoted(meant)}?" if meant else _known(columns)
    raise UnreadableFile(f"{said}. {advice} Rename or delete what is not known", line)


def _nearest(key, names) -> str:
    found = difflib.get_close_matches(key[:_LONGEST_QUOTE], names, 1, 0.6)
    return names[found[0]] if found else ""


def _known(columns) -> str:
    return f"The columns are {', '.join(c.title for c in columns.values())}."


def _refuse_repeated(line, titles, keys, columns):
    seen: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key and key in seen:
            raise UnreadableFile(
                f"Columns {letters(seen[key])} ({quoted([titles[seen[key]]])}) and "
                f"{letters(place)} ({quoted([titles[place]])}) are both "
                f"{quoted([columns[key].title])}: keep one of them",
                line,
            )
        seen[key] = place


def letters(place: int) -> str:
    """What a spreadsheet calls the column at this place: A, B … Z, AA."""
    name, place = "", place + 1
    while place:
        place, last = divmod(place - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def quoted(texts: Iterable[str]) -> str:
    """Some texts in quotation marks, shortened for a sentence."""
    texts = list(texts)
    named = [f"“{_short(text)}”" for text in texts[:_MOST_NAMED]]
    more = len(texts) - len(named)
    if more:
        return f"{', '.join(named)} and {more:,} more"
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _short(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
