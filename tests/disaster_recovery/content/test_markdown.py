"""Markdown becomes HTML, and nothing typed becomes markup of its own."""

import re
from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.markdown import html

KNOWN = {
    *("h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "hr", "strong", "em"),
    *("code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("One\ntwo\n\nthree", "<p>One<br>two</p>\n<p>three</p>"),
        ("# One\n### Two ##", "<h3>One</h3>\n<h4>Two</h4>"),
        ("###### Deep", "<h3>Deep</h3>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Then:\n1. a\n2. b", "<p>Then:</p>\n<ol><li>a</li><li>b</li></ol>"),
        ("- a\n  - b\n- c", "<ul><li>a\n<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n- b\n\ntext", "<ul><li>a</li><li>b</li></ul>\n<p>text</p>"),
        ("- a\n1. b", "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        ("- a\n  goes on", "<ul><li>a<br>goes on</li></ul>"),
        ("> said\n> so", "<blockquote><p>said<br>so</p></blockquote>"),
        ("---", "<hr>"),
        ("```\n<b>\n# no\n```\nx", "<pre><code>&lt;b&gt;\n# no</code></pre>\n<p>x</p>"),
        ("**a** *b* _c_ `**d**`", "<p><strong>a</strong> <em>b</em> <em>c</em> "),
        ("2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"),
        ("[a](https://x.example/?a=1&b=2)", 'href="https://x.example/?a=1&amp;b=2">a<'),
        ("[a](tel:01632960000)", '<p><a href="tel:01632960000">a</a></p>'),
        ("[a](javascript:go)", "<p>[a](javascript:go)</p>"),
        ('[a](https://x"onclick=x)', "<p>[a](https://x&quot;onclick=x)</p>"),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |",
            '<th scope="col">B</th></tr></thead><tbody>',
        ),
        ("| not a table |", "<p>| not a table |</p>"),
        ("<script>go()</script>", "<p>&lt;script&gt;go()&lt;/script&gt;</p>"),
    ],
)
def test_what_is_written(text, written):
    assert written in html(text)


class Reader(HTMLParser):
    """The tags of a text, which must be ours, closed in order and without handlers."""

    def __init__(self):
        super().__init__()
        self.open, self.said = [], []

    def handle_starttag(self, tag, attrs):
        assert tag in KNOWN
        assert {name for name, _ in attrs} <= {"href", "scope"}
        for name, value in attrs:
            if name == "href":
                assert re.match("https?:|mailto:|tel:", value, re.IGNORECASE)
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)


PIECES = st.sampled_from(
    [
        *("- ", "  ", "1. ", "> ", "# ", "```\n", "\n", "\n\n", "|", "---", "|-|\n"),
        *("**", "*", "_", "`", "[", "](", ")", "https://x.example", "javascript:"),
        *("<b onclick=x>", "&amp;", '"', "word", " ", "{{name}}", "\u2028"),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_whatever_is_typed_is_safe_and_well_formed(pieces):
    reader = Reader()
    reader.feed(html("".join(pieces)))
    assert reader.open == []


@given(st.lists(PIECES, max_size=40))
def test_no_word_is_lost(pieces):
    reader = Reader()
    reader.feed(html("".join(pieces)))
    assert "".join(reader.said).count("word") == pieces.count("word")


@pytest.mark.parametrize(
    "piece", ["*", "_", "`", "[", "[a](", "> ", "- ", "  - ", "**a", "|", "<", "1. "]
)
def test_a_hostile_text_takes_no_longer_than_a_text(piece):
    began = perf_counter()
    html(piece * 20_000)
    html(f"{piece}\n" * 5_000)
    assert perf_counter() - began < 5
