"""Markdown as HTML: a small subset, in which nothing typed becomes markup of its own.

Headings, paragraphs, lists, tables, quotes, code, bold, italics, links. All text is
escaped first, and links lead only where `LINKS` says, so the result is safe to show.
"""

import re
from collections.abc import Iterator
from html import escape

LINKS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"'<>]+", re.IGNORECASE)
DEEPEST, MOST_LETTERS_OF_A_LINE = 4, 20_000
_ITEM = re.compile(r"^( *)([-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CELLS = re.compile(r"^\s*\|.*\|\s*$")
_UNDER_HEAD = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_INLINE = (
    (re.compile(r"\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*"), r"<strong>\1</strong>"),
    (
        re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,999}?)(?<=\S)\*(?![\w*])"),
        r"<em>\1</em>",
    ),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,1000}?)(?<=\S)_(?!\w)"), r"<em>\1</em>"),
)
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\s]{1,1000})\)")


def html(text: str, top: int = 3) -> str:
    """The text as HTML, its highest headings at level `top`, at most h6.

    Headings are counted as they are used, so that none skips a level.
    """
    lines = text.split("\n")
    used = sorted({len(m[1]) for m in map(_HEADING.match, lines) if m})
    levels = {level: min(top + place, 6) for place, level in enumerate(used)}
    return "\n".join(_blocks(lines, levels, 0))


def _blocks(lines: list[str], levels: dict[int, int], depth: int) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block = next(b for begins, b in _KINDS if begins(lines, at, depth))
        at, written = block(lines, at, levels, depth)
        yield written


def _heading(lines, at, levels, depth):
    found = _HEADING.match(lines[at])
    level = levels.get(len(found[1]), 6)
    return at + 1, f"<h{level}>{inline(found[2])}</h{level}>"


def _rule(lines, at, levels, depth):
    return at + 1, "<hr>"


def _fenced(lines, at, levels, depth):
    mark = _FENCE.match(lines[at])[1]
    end = at + 1
    while end < len(lines) and not lines[end].strip().startswith(mark):
        end += 1
    code = escape("\n".join(lines[at + 1 : end]))
    return end + 1, f"<pre><code>{code}</code></pre>"


def _quote(lines, at, levels, depth):
    end = at
    while end < len(lines) and lines[end].lstrip().startswith(">"):
        end += 1
    inner = [re.sub(r"^\s*> ?", "", line) for line in lines[at:end]]
    told = "\n".join(_blocks(inner, levels, depth + 1))
    return end, f"<blockquote>{told}</blockquote>"


def _table(lines, at, levels, depth):
    end = at + 2
    while end < len(lines) and _CELLS.match(lines[end]):
        end += 1
    head = _row(lines[at], 'th scope="col"', "th")
    body = "".join(_row(line, "td", "td") for line in lines[at + 2 : end])
    body = f"<tbody>{body}</tbody>" if body else ""
    return end, f"<table><thead>{head}</thead>{body}</table>"


def _row(line, opening, closing):
    cells = line.strip().strip("|").split("|")
    told = (f"<{opening}>{inline(cell.strip())}</{closing}>" for cell in cells)
    return f"<tr>{''.join(told)}</tr>"


def _list(lines, at, levels, depth):
    first = _ITEM.match(lines[at])
    indent, is_numbered = len(first[1]), _is_numbered(first)
    items: list[list[str]] = []
    while at < len(lines):
        found = _ITEM.match(lines[at])
        if found and len(found[1]) <= indent:
            if _is_numbered(found) != is_numbered:
                break
            items.append([found[3]])
        elif _goes_on(lines, at, indent):
            items[-1].append(lines[at])
        else:
            break
        at += 1
    told = "".join(f"<li>{_item(item, levels, depth)}</li>" for item in items)
    name = "ol" if is_numbered else "ul"
    return at, f"<{name}>{told}</{name}>"


def _is_numbered(item):
    return item[2][-1] in ".)"


def _goes_on(lines, at, indent):
    """Whether a line belongs to the item before: it is indented, or leads to more."""
    if not lines[at].strip():
        at += 1
        if at == len(lines) or not lines[at].strip():
            return False
    found = _ITEM.match(lines[at])
    deep = len(lines[at]) - len(lines[at].lstrip(" "))
    return deep > indent or bool(found)


def _item(item, levels, depth):
    rest = [line for line in item[1:] if line.strip()]
    deep = min((len(line) - len(line.lstrip(" ")) for line in rest), default=0)
    lines = [item[0], *(line[deep:] for line in item[1:])]
    told = [*_blocks(lines, levels, depth + 1)]
    if told and told[0].startswith("<p>"):
        told[0] = told[0][3:-4]
    return "\n".join(told)


def _paragraph(lines, at, levels, depth):
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines, end, depth):
        end += 1
    return end, f"<p>{'<br>'.join(inline(line.strip()) for line in lines[at:end])}</p>"


def _begins(lines, at, depth):
    return any(begins(lines, at, depth) for begins, _ in _KINDS[:-1])


def _is_table(lines, at, depth):
    after = lines[at + 1] if at + 1 < len(lines) else ""
    return _CELLS.match(lines[at]) and _UNDER_HEAD.match(after)


_KINDS = (
    (lambda lines, at, _: _HEADING.match(lines[at]), _heading),
    (lambda lines, at, _: _RULE.match(lines[at]), _rule),
    (lambda lines, at, _: _FENCE.match(lines[at]), _fenced),
    (
        lambda lines, at, depth: depth < DEEPEST and lines[at].lstrip().startswith(">"),
        _quote,
    ),
    (_is_table, _table),
    (lambda lines, at, depth: depth < DEEPEST and _ITEM.match(lines[at]), _list),
    (lambda *_: True, _paragraph),
)


def inline(text: str) -> str:
    """One line with its code, links, bold and italics; all else is plain text."""
    parts = _CODE.split(text[:MOST_LETTERS_OF_A_LINE])
    told = []
    for place, part in enumerate(parts):
        told.append(f"<code>{escape(part)}</code>" if place % 2 else _spans(part))
    return "".join(told) + escape(text[MOST_LETTERS_OF_A_LINE:])


def _spans(text):
    """Links first, so that no star within an address is taken for emphasis."""
    at, told = 0, []
    for found in _LINK.finditer(text):
        if LINKS.fullmatch(found[2]):
            address = escape(found[2])
            told.append(_emphasised(text[at : found.start()]))
            told.append(f'<a href="{address}">{_emphasised(found[1])}</a>')
            at = found.end()
    return "".join([*told, _emphasised(text[at:])])


def _emphasised(text):
    text = escape(text)
    for pattern, markup in _INLINE:
        text = pattern.sub(markup, text)
    return text
