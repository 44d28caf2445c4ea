"""A text in Markdown with headings, split into sections."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disaster_recovery.content.text import normalised

BEGINNING = "Introduction"
MOST_LETTERS_OF_A_TITLE = 200
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_NO_TITLE = re.compile(r"^ {0,3}(?:[>#*+|-]|\d+[.)]\s|`{3}|~{3})|^ {4}")
_EMPHASIS = re.compile(r"[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}")
# The pattern of emphasis takes time by the square of the length: it is given less.
_MOST_LETTERS_READ = 1_000


@dataclass(frozen=True, slots=True)
class PastedSection:
    """A section as pasted; `parent` is the place of the one it is part of."""

    title: str
    body: str
    parent: int | None


def sections_of(text: str) -> list[PastedSection]:
    """The sections of a text; what comes before the first heading is one too.

    Headings within code do not count. A title is cut to 200 letters, and an empty one
    is named by its place.
    """
    sections: list[PastedSection] = []
    above: list[tuple[int, int]] = []
    for level, title, body in _parts(normalised(text).split("\n")):
        if level == 0 and not body:
            continue
        above = [(deep, place) for deep, place in above if deep < level]
        parent = above[-1][1] if above else None
        above += [(level, len(sections))] if level else []
        title = title[:MOST_LETTERS_OF_A_TITLE] or f"Section {len(sections) + 1}"
        sections.append(PastedSection(title, body, parent))
    return sections


def _parts(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Level, title and body of each part; the first has level 0."""
    level, title, fence = 0, BEGINNING, ""
    body: list[str] = []
    for line in lines:
        fence = _fence_after(line, fence)
        heading = None if fence else _heading(line, body)
        if heading is None:
            body.append(line)
            continue
        yield level, title, normalised("\n".join(body))
        (level, title), body = heading, []
    yield level, title, normalised("\n".join(body))


def _fence_after(line: str, fence: str) -> str:
    """The mark that ends the code block we are in after a line; empty outside one."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1][0] == fence[0] and len(match[1]) >= len(fence)
    return "" if closes and not line.strip().strip(fence[0]) else fence


def _heading(line: str, body: list[str]) -> tuple[int, str] | None:
    """Level and title, where the line makes a heading of itself or the one before."""
    if heading := _heading_with_marks(line):
        return heading
    match = _UNDERLINE.match(line)
    is_alone = body and body[-1].strip() and (len(body) == 1 or not body[-2].strip())
    if match and is_alone and not _NO_TITLE.match(body[-1]):
        return (1 if match[1][0] == "=" else 2), _plain(body.pop())
    return None


def _heading_with_marks(line: str) -> tuple[int, str] | None:
    """Like “## Title ##”. Not by a pattern, which would try each “#” of a long line."""
    stripped = line.strip(" \t")
    if len(line) - len(line.lstrip(" ")) > 3:
        return None
    title = stripped.lstrip("#")
    level = len(stripped) - len(title)
    if not 1 <= level <= 6 or (title and title[0] not in " \t"):
        return None
    without_marks = title.rstrip("#")
    if without_marks != title and without_marks[-1:] in ("", " ", "\t"):
        title = without_marks
    return level, _plain(title.strip())


def _plain(title: str) -> str:
    """A title without the marks of emphasis and code."""
    return _EMPHASIS.sub(r"\1", title[:_MOST_LETTERS_READ]).strip()


def key_for(title: str, taken: Iterable[str], before: str = "own-") -> str:
    """A key made of a title, unlike those taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"
    taken, stem, number = {*taken}, f"{before}{words}"[:50].rstrip("-"), 1
    key = stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
