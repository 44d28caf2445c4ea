"""A text in Markdown with headings, taken apart into sections."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from disaster_recovery.content.text import normalised

BEGINNING = "Introduction"
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_NO_TITLE = re.compile(r"^ {0,3}(?:[>#*+|-]|\d+[.)]\s|`{3}|~{3})|^ {4}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as pasted: `parent` is the place of the one it is part of."""

    title: str
    body: str
    parent: int | None


def sections_of(text: str) -> list[Passage]:
    """The sections of a text; what stands before the first heading is one too.

    Headings within code are none. A title is cut to 200 letters, and an empty one is
    called by its place.
    """
    found: list[Passage] = []
    above: list[tuple[int, int]] = []
    for level, title, body in _parts(normalised(text).split("\n")):
        if level == 0 and not body:
            continue
        above = [(deep, place) for deep, place in above if deep < level]
        parent = above[-1][1] if above else None
        above += [(level, len(found))] if level else []
        title = title or f"Section {len(found) + 1}"
        found.append(Passage(title[:200], body, parent))
    return found


def _parts(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Level, title and body of each part; what comes first has level 0."""
    level, title, body, fence = 0, BEGINNING, [], ""
    for line in lines:
        fence = _fenced(line, fence)
        heading = None if fence else _heading(line, body)
        if heading is None:
            body.append(line)
            continue
        yield level, title, normalised("\n".join(body))
        (level, title), body = heading, []
    yield level, title, normalised("\n".join(body))


def _fenced(line, fence):
    """The mark by which the code we are in will end; nothing outside of code."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closes = found[1][0] == fence[0] and len(found[1]) >= len(fence)
    return "" if closes and not line.strip().strip(fence[0]) else fence


def _heading(line, body):
    """Level and title, where the line makes a heading of itself or the one before."""
    if found := _ATX.match(line):
        return len(found[1]), _plain(found[2] or "")
    found = _UNDERLINE.match(line)
    is_alone = body and body[-1].strip() and (len(body) == 1 or not body[-2].strip())
    if found and is_alone and not _NO_TITLE.match(body[-1]):
        return (1 if found[1][0] == "=" else 2), _plain(body.pop())
    return None


def _plain(title):
    return re.sub(r"[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}", r"\1", title).strip()


def key_for(title: str, taken: Iterable[str], before: str = "own-") -> str:
    """A key made of a title, unlike those taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"
    taken, key, number = {*taken}, f"{before}{words}"[:50].rstrip("-"), 1
    made = key
    while made in taken:
        number += 1
        made = f"{key}-{number}"
    return made
