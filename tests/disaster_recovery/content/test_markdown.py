"""Markdown becomes HTML, and nothing typed becomes markup of its own."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.content.markdown import MOST_LETTERS, html


def flat(text, **options):
    """The HTML without the line breaks that nobody sees."""
    return re.sub(r"(?<=>)\n|\n(?=<)", "", html(text, **options))


KNOWN = {
    *("h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "hr", "strong", "em"),
    *("code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
        ("# One\n### Two ##", "<h3>One</h3><h4>Two</h4>"),
        ("###### Deep", "<h3>Deep</h3>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Then:\n1. a\n2. b", "<p>Then:</p><ol><li>a</li><li>b</li></ol>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n- b\n\ntext", "<ul><li>a</li><li>b</li></ul><p>text</p>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n  goes on", "<ul><li>a<br>goes on</li></ul>"),
        ("> said\n> so", "<blockquote><p>said<br>so</p></blockquote>"),
        ("---", "<hr>"),
        ("```\n<b>\n# no\n```\nx", "<pre><code>&lt;b&gt;\n# no</code></pre><p>x</p>"),
        ("**a** *b* _c_ `**d**`", "<p><strong>a</strong> <em>b</em> <em>c</em> "),
        ("2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"),
        ("[a](https://x.example/?a=1&b=2)", 'href="https://x.example/?a=1&amp;b=2">a<'),
        ("[a](tel:01632960000)", '<p><a href="tel:01632960000">a</a></p>'),
        ("[a](javascript:go)", "<p>[a](javascript:go)</p>"),
        ('[a](https://x"onclick=x)', '<p>[a](https://x"onclick=x)</p>'),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |",
            '<th scope="col">B</th></tr></thead><tbody>',
        ),
        ("| not a table |", "<p>| not a table |</p>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("\\\\server\\_x &amp;", "<p>\\\\server\\_x &amp;amp;</p>"),
        ("Text\n---\nMore", "<p>Text</p><hr><p>More</p>"),
        ("[a]: https://x.example", "<p>[a]: https://x.example</p>"),
        ("![a](https://x.example)", '<p>!<a href="https://x.example">a</a></p>'),
        ('[a](https://x.example "b")', '<p>[a](https://x.example "b")</p>'),
        ("<https://x.example>", "<p>&lt;https://x.example&gt;</p>"),
        ("<script>go()</script>", "<p>&lt;script&gt;go()&lt;/script&gt;</p>"),
        ("|<b>|\n|:-:|\n|<i onclick=x>|", "<td>&lt;i onclick=x&gt;</td>"),
        ("| A |\n|---|\n| [a](data:x) |", "<td>[a](data:x)</td>"),
    ],
)
def test_what_is_written(text, written):
    assert written in flat(text)


def test_a_row_with_too_many_cells_loses_no_cell():
    written = flat("| A |\n|---|\n| 1 | 01632 960000 |")
    assert "01632 960000" in written
    assert "<table>" not in written


def test_without_links_their_words_remain():
    assert flat("[*a* b](https://x.example)", has_links=False) == "<p><em>a</em> b</p>"


def test_deep_quotations_lose_no_word():
    assert "word" in html("> " * 500 + "word")
    assert "word" in html("".join(f"{'  ' * n}- word\n" for n in range(100)))


def test_a_text_beyond_all_bounds_is_shown_plain():
    assert html("# <b>" + "a" * MOST_LETTERS).startswith("<p># &lt;b&gt;aaa")


class Reader(HTMLParser):
    """The tags of a text, which must be ours, closed in order and without handlers."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        assert tag in KNOWN
        assert {name for name, _ in attrs} <= {"href", "scope", "start"}
        for name, value in attrs:
            if name == "href":
                assert re.match("https?:|mailto:|tel:", value, re.IGNORECASE)
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


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
    assert "".join(reader.texts).count("word") == pieces.count("word")


PIECES_OF_HOSTILE_TEXTS = [
    *("*", "_", "`", "[", "[a](", "> ", "- ", "  - ", "**a", "|", "<", "1. ", "*a**b"),
    *("![", "`a``b", "> a\n", "- a\n\n", "|-|\n", "|a|b|\n|-|-|\n", "```\n", "# a\n"),
]


def heading_with_marks(length):
    return "# " + " #" * (length // 2) + "y"


def tables_and_a_wide_row(length):
    return "| a |\n|---|\n" * (length // 12) + "|1|2|3|"


@pytest.mark.parametrize(
    "make",
    [
        heading_with_marks,
        tables_and_a_wide_row,
        *(lambda n, p=piece: p * (n // len(p)) for piece in PIECES_OF_HOSTILE_TEXTS),
    ],
    ids=["heading", "tables", *map(repr, PIECES_OF_HOSTILE_TEXTS)],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(make):
    short, *_, long = times = [shorter(make(kb * 1024)) for kb in (5, 10, 20, 40)]
    assert long < 24 * max(short, 0.005), times
    assert shorter(make(60_000)) < 1


def shorter(text):
    """The shorter of two times, in seconds of the processor."""
    times = []
    for _ in range(2):
        began = process_time()
        html(text)
        times.append(process_time() - began)
    return min(times)
