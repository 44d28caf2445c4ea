"""Two texts as one, with what was taken out and what was put in marked by words."""

import re
from dataclasses import dataclass

from disaster_recovery.merging.diff import changes

SAME, OUT, IN = "same", "taken out", "put in"
_WORDS = re.compile(r"\n|[^\S\n]+|\S+")
# Beyond it the words are not looked at one by one, but whole lines.
_MOST_WORDS = 8_000
# Fewer words than these between two changes are told with them.
_FEW = 4
# Letters shown at either end of what stayed.
_SHOWN = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it stayed, was taken out or was put in."""

    text: str
    how: str = SAME


def marked(before: str, after: str) -> list[Piece]:
    """What makes the second text of the first, in the order in which it is read.

    Word by word where it is short, line by line where that would take long.
    """
    old, new = _parts(before), _parts(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found, done = [], 0
    for one in changes(old, new):
        found += [
            Piece("".join(old[done : one.start])),
            Piece("".join(old[one.start : one.end]), OUT),
            Piece("".join(new[one.new_start : one.new_end]), IN),
        ]
        done = one.end
    found.append(Piece("".join(old[done:])))
    joined = _joined([piece for piece in found if piece.text])
    return [piece for piece in joined if piece.text]


def _joined(found: list[Piece]) -> list[Piece]:
    """A word or two between changes is changed with them, so that it can be read."""
    kept, out, new = [], "", ""
    for n, piece in enumerate(found):
        is_between = 0 < n < len(found) - 1 and len(piece.text.split()) < _FEW
        if piece.how == SAME and not (is_between and "\n" not in piece.text):
            kept += [Piece(out, OUT), Piece(new, IN), piece]
            out = new = ""
        else:
            out += piece.text if piece.how != IN else ""
            new += piece.text if piece.how != OUT else ""
    return [*kept, Piece(out, OUT), Piece(new, IN)]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The pieces with long stretches that stayed told by their ends alone."""
    return [
        Piece(_ends(piece.text)) if piece.how == SAME else piece for piece in pieces
    ]


def _ends(text):
    if len(text) <= 3 * _SHOWN:
        return text
    first, _, _ = text[:_SHOWN].rpartition(" ")
    _, _, last = text[-_SHOWN:].partition(" ")
    words = len(text.split()) - len(first.split()) - len(last.split())
    return f"{first}\n\n[… {words} words as they were …]\n\n{last}"


def _parts(text):
    return _WORDS.findall(text)
