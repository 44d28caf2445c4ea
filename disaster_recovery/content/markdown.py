"""Markdown as safe HTML: CommonMark and tables, read by markdown-it, cleaned by nh3.

Nothing typed becomes markup of its own: HTML is shown as text, links lead only where
`LINKS` allows, and only the elements and attributes listed here leave this module.
Backslashes and entities are shown as typed, for plans hold paths such as \\\\server.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

LINKS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"'<>]+", re.IGNORECASE)
# A text that is longer than any that is kept is shown plain.
MOST_LETTERS = 200_000
# Levels of tokens (a quotation is one, a list two) beyond which text is shown plain.
DEEPEST = 8
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "a"),
    *("strong", "em", "code", "pre", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\s]{1,1000})\)")
_Rule = Callable[[StateBlock, int, int, bool], bool]


def html(text: str, top: int = 3, *, has_links: bool = True) -> str:
    """The text as HTML, its highest headings at level `top`, at most h6.

    Headings are counted as they are used, so that none skips a level. Without links
    their words remain: for paper, and for machines without a network.
    """
    if len(text) > MOST_LETTERS:
        return f"<p>{escape(text)}</p>"
    return nh3.clean(
        _PARSER.render(text, {"top": top}),
        tags=TAGS if has_links else TAGS - {"a"},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["code", "html_block", "lheading", "reference"])
    parser.disable(["autolink", "entity", "escape", "html_inline", "image"])
    # "alt": what each of them ends when it begins, as markdown-it has it.
    ends = ["paragraph", "blockquote"]
    parser.block.ruler.at("list", _bounded(list_block), {"alt": ends})
    ends = [*ends, "list"]
    parser.block.ruler.at("blockquote", _bounded(blockquote), {"alt": ends})
    parser.block.ruler.at("table", _complete_table, {"alt": ["paragraph"]})
    parser.enable("table")
    parser.inline.ruler.at("link", _link)
    parser.core.ruler.push("levels", _number_headings)
    parser.core.ruler.push("scopes", _scope_table_headers)
    parser.core.ruler.push("items", _unwrap_first_paragraphs)
    return parser


def _bounded(rule: _Rule) -> _Rule:
    """The rule of a block, which stops at a depth: markdown-it would drop the text."""

    def stops(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < DEEPEST and rule(state, start, end, silent)

    return stops


def _complete_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, if no row has more cells than its head: those would be dropped."""
    if start < state.env.get("plain_until", 0) or not table(state, start, end, True):
        return False
    columns = _cells(state, start + 1)
    for line in range(start + 2, end):
        if state.isEmpty(line):
            break
        if _cells(state, line) > columns:
            # No line is looked at twice, however often a table seems to begin.
            state.env["plain_until"] = line
            return False
    return silent or table(state, start, end, False)


def _cells(state: StateBlock, line: int) -> int:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return len(escapedSplit(text.strip().removeprefix("|").removesuffix("|")))


def _link(state: StateInline, silent: bool) -> bool:
    """[words](address), whose address is one of LINKS; there are no titles."""
    match = _LINK.match(state.src, state.pos)
    if not match or match.end() > state.posMax or not LINKS.fullmatch(match[2]):
        return False
    if not silent:
        whole = state.posMax
        state.pos, state.posMax = match.span(1)
        state.push("link_open", "a", 1).attrs = {"href": match[2]}
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
        state.posMax = whole
    state.pos = match.end()
    return True


def _number_headings(state: StateCore) -> None:
    types = ("heading_open", "heading_close")
    headings = [token for token in state.tokens if token.type in types]
    used = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(state.env['top'] + used.index(token.tag), 6)}"


def _scope_table_headers(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "th_open":
            token.attrs = {"scope": "col"}


def _unwrap_first_paragraphs(state: StateCore) -> None:
    """An item's first paragraph has no margin, whether or not items stand apart."""
    tokens = state.tokens
    for item, first, last in zip(tokens, tokens[1:], tokens[3:], strict=False):
        if (item.type, first.type) == ("list_item_open", "paragraph_open"):
            first.hidden = last.hidden = True


_PARSER: Any = _parser()
