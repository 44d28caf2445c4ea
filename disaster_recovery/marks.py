"""Two texts as one, with what was taken out and what was put in marked by words."""

import re
from dataclasses import dataclass

from disaster_recovery.alignment import changes

SAME, OUT, IN = "same", "taken out", "put in"
_WORDS = re.compile(r"\n|[^\S\n]+|\S+")
# Beyond it the words are not looked at one by one, but whole lines.
_MOST_WORDS = 8_000


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
    return [piece for piece in [*found, Piece("".join(old[done:]))] if piece.text]


def _parts(text):
    return _WORDS.findall(text)
