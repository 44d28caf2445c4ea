"""Two texts as one, with the words that were removed and added marked."""

import re
from dataclasses import dataclass

from disaster_recovery.merging.diff import changes

SAME, REMOVED, ADDED = "same", "removed", "added"
_WORDS = re.compile(r"\n|[^\S\n]+|\S+")
# With more words than this, whole lines are compared.
_MOST_WORDS = 8_000
# Fewer words than these between two changes are marked with them.
_FEW_WORDS = 4
# Letters shown at either end of a stretch that stayed.
_SHOWN = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, was removed or was added."""

    text: str
    how: str = SAME

    @property
    def is_removed(self) -> bool:
        return self.how == REMOVED

    @property
    def is_added(self) -> bool:
        return self.how == ADDED


def marked(before: str, after: str) -> list[Piece]:
    """What turns the first text into the second, in reading order.

    Word by word where it is short, line by line where that would take long.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces, done = [], 0
    for change in changes(old, new):
        pieces += [
            Piece("".join(old[done : change.start])),
            Piece("".join(old[change.start : change.end]), REMOVED),
            Piece("".join(new[change.new_start : change.new_end]), ADDED),
        ]
        done = change.end
    pieces.append(Piece("".join(old[done:])))
    joined = _joined([piece for piece in pieces if piece.text])
    return [piece for piece in joined if piece.text]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A word or two between changes is marked with them, so that it can be read."""
    kept, removed, added = [], "", ""
    for n, piece in enumerate(pieces):
        is_between = 0 < n < len(pieces) - 1 and len(piece.text.split()) < _FEW_WORDS
        if piece.how == SAME and not (is_between and "\n" not in piece.text):
            kept += [Piece(removed, REMOVED), Piece(added, ADDED), piece]
            removed = added = ""
        else:
            removed += "" if piece.is_added else piece.text
            added += "" if piece.is_removed else piece.text
    return [*kept, Piece(removed, REMOVED), Piece(added, ADDED)]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The pieces, of which long stretches that stayed show their ends alone."""
    short = []
    for piece in pieces:
        if piece.how == SAME and len(piece.text) > 3 * _SHOWN:
            first, _, _ = piece.text[:_SHOWN].rpartition(" ")
            _, _, last = piece.text[-_SHOWN:].partition(" ")
            words = len(piece.text.split()) - len(first.split()) - len(last.split())
            piece = Piece(f"{first}\n\n[… {words} unchanged words …]\n\n{last}")
        short.append(piece)
    return short
