from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.merging.word_diff import (
    ADDED,
    REMOVED,
    SAME,
    Piece,
    marked,
    shortened,
)

words = st.lists(st.sampled_from(["ring", "the", "manager", "\n", " ", "now."]))
texts = words.map("".join)


def test_words_removed_and_added_are_marked():
    assert marked("Ring the manager.", "Ring the duty manager.") == [
        Piece("Ring the ", SAME),
        Piece("duty ", ADDED),
        Piece("manager."),
    ]


def test_nothing_is_marked_where_nothing_changed():
    assert marked("As it was", "As it was") == [Piece("As it was")]
    assert marked("", "") == []


def test_a_new_text_is_added_and_an_old_one_removed():
    assert marked("", "New") == [Piece("New", ADDED)]
    assert marked("Old", "") == [Piece("Old", REMOVED)]


def test_a_long_text_is_marked_by_lines():
    old = "".join(f"Line number {n}\n" for n in range(3000))
    new = old.replace("number 7\n", "number seven\n")
    changed = [piece for piece in marked(old, new) if piece.how != SAME]
    assert changed == [
        Piece("Line number 7\n", REMOVED),
        Piece("Line number seven\n", ADDED),
    ]


def test_a_word_between_two_changes_is_marked_with_them():
    assert marked("No one has enough people", "We the has all of") == [
        Piece("No one has enough people", REMOVED),
        Piece("We the has all of", ADDED),
    ]


def test_what_stayed_is_shown_by_its_ends():
    long = "word " * 1000
    short = shortened(marked(long + "old", long + "new"))
    assert len(short[0].text) < 600
    assert "unchanged words" in short[0].text
    assert short[1:] == [Piece("old", REMOVED), Piece("new", ADDED)]


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = marked(old, new)
    assert "".join(p.text for p in pieces if p.how != ADDED) == old
    assert "".join(p.text for p in pieces if p.how != REMOVED) == new
