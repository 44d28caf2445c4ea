"""Three texts made one; git is asked whether it would do the same."""

import re
import shutil
import subprocess
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disaster_recovery.content.text import normalised
from disaster_recovery.merging.text_merge import merge_text

GIT = shutil.which("git")
LETTERS = "a\nb\nc\nd\ne\nf\ng"
CONFLICT = re.compile(
    r"<{7} ours\n(.*?)\|{7} base\n(.*?)={7}\n(.*?)>{7} theirs\n", re.DOTALL
)


@st.composite
def edited(draw, lines, mark):
    """The lines with some taken out, replaced or added; none of them twice."""
    new, kept = count(), []
    for line in lines:
        what = draw(st.sampled_from("kkkkkdri"))
        fresh = f"{mark}{next(new)}"
        kept += {"k": [line], "d": [], "r": [fresh], "i": [fresh, line]}[what]
    return [*kept, *draw(st.sampled_from([[], [f"{mark}last"]]))]


@st.composite
def unique_lines(draw):
    """Base, ours and theirs; sometimes both add the same lines."""
    base = [f"line {n}" for n in range(draw(st.integers(0, 12)))]
    marks = draw(st.sampled_from([("o", "t"), ("x", "x")]))
    return tuple("\n".join(x) for x in (base, *(draw(edited(base, m)) for m in marks)))


words = st.sampled_from(["", "a", "b", "One. Two.", "é", " c", "d\t"])
texts = st.lists(words, max_size=8).map("\n".join)


def by_git(folder, base, ours, theirs):
    """What git makes of them: its text, and the passages in conflict."""
    texts = {"ours": ours, "base": base, "theirs": theirs}
    for name, text in texts.items():
        (folder / name).write_text(text + "\n" if text else "")
    labels = [part for name in texts for part in ("-L", name)]
    done = subprocess.run(  # noqa: S603 - the machine's own git on files of ours
        [GIT, "merge-file", "-p", "--diff3", *labels, *texts],
        capture_output=True,
        cwd=folder,
        text=True,
    )
    assert done.returncode >= 0
    return done.stdout, CONFLICT.findall(done.stdout)


def spoken(conflicts):
    """Conflicts as git writes them."""
    passages = ((c.ours, c.base, c.theirs) for c in conflicts)
    return [tuple(p.text + "\n" if p.text else "" for p in c) for c in passages]


@pytest.mark.skipif(GIT is None, reason="no git on this machine")
def test_texts_of_unique_lines_merge_as_git_merges_them(tmp_path):
    @settings(max_examples=200, deadline=None)
    @given(unique_lines())
    def agrees(three):
        text, conflicts = by_git(tmp_path, *three)
        merged = merge_text(*three)
        assert spoken(merged.conflicts) == conflicts
        assert merged.text == (None if conflicts else normalised(text))

    agrees()


@given(unique_lines())
def test_a_conflict_says_where_it_is(three):
    for conflict in merge_text(*three).conflicts:
        passages = (conflict.base, conflict.ours, conflict.theirs)
        for text, passage in zip(three, passages, strict=True):
            lines = text.split("\n") if text else []
            assert "\n".join(lines[passage.start : passage.end]) == passage.text


@given(texts, texts)
def test_what_one_side_left_alone_is_as_the_other_made_it(base, other):
    assert merge_text(base, other, base).text == normalised(other)
    assert merge_text(base, base, other).text == normalised(other)
    assert merge_text(base, other, other).text == normalised(other)


@given(texts, texts, texts)
def test_neither_side_is_favoured(base, ours, theirs):
    one, other = merge_text(base, ours, theirs), merge_text(base, theirs, ours)
    assert one.text == other.text
    turned = [(c.base, c.theirs, c.ours) for c in other.conflicts]
    assert [(c.base, c.ours, c.theirs) for c in one.conflicts] == turned


@given(texts, texts, texts)
def test_a_merged_text_is_normalised_or_none(base, ours, theirs):
    merged = merge_text(base, ours, theirs)
    assert (merged.text is None) == bool(merged.conflicts)
    assert merged.text is None or normalised(merged.text) == merged.text


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("a\nB\nc\nd\ne\nf\ng", "a\nb\nc\nd\nE\nf\ng", "a\nB\nc\nd\nE\nf\ng"),
        ("b\nc\nd\ne\nf\ng", "a\nb\nc\nd\ne\nf", "b\nc\nd\ne\nf"),
        (
            "a\nx\nb\nc\nd\ne\nf\ng",
            "a\nx\nb\nc\nd\ne\nf\nz\ng",
            "a\nx\nb\nc\nd\ne\nf\nz\ng",
        ),
        ("a\nB\nc\nd\ne\nf\ng", "a\nb\nC\nd\ne\nf\ng", None),
        ("a\nB\nc\nd\ne\nf\ng", "a\nZ\nc\nd\ne\nf\ng", None),
        ("a\nB\nc\nd\ne\nf\ng", "a\nc\nd\ne\nf\ng", None),
        (
            "a\r\nb \r\nc\r\nd\r\ne\r\nf\r\nG\r\n",
            "A\nb\nc\nd\ne\nf\ng",
            "A\nb\nc\nd\ne\nf\nG",
        ),
    ],
)
def test_lines_are_merged(ours, theirs, merged):
    assert merge_text(LETTERS, ours, theirs).text == merged


SENTENCES = [f"Sentence number {n} says a good deal about it." for n in range(6)]


def paragraph(**changed):
    sentences = SENTENCES.copy()
    for name, text in changed.items():
        sentences[int(name[1:])] = text
    return "# Head\n\n" + " ".join(filter(None, sentences)) + "\n\nEnd"


def test_a_long_paragraph_is_merged_by_sentence():
    merged = merge_text(paragraph(), paragraph(s1="Ours."), paragraph(s4="Theirs."))
    assert merged.text == paragraph(s1="Ours.", s4="Theirs.")


def test_a_sentence_added_at_the_end_meets_no_change_at_the_beginning():
    ours = paragraph(s5=SENTENCES[5] + " And more.")
    merged = merge_text(paragraph(), ours, paragraph(s0="Theirs."))
    assert merged.text == paragraph(s0="Theirs.", s5=SENTENCES[5] + " And more.")


def test_a_sentence_both_changed_leaves_the_paragraph_in_conflict():
    three = paragraph(), paragraph(s1="Ours."), paragraph(s1="Theirs.")
    (conflict,) = merge_text(*three).conflicts
    assert (conflict.base.start, conflict.base.end) == (2, 3)
    assert conflict.ours.text == paragraph(s1="Ours.").split("\n")[2]


def test_a_short_paragraph_is_not_cut():
    assert merge_text("A. B. C.", "X. B. C.", "A. B. Z.").text is None


def test_a_paragraph_split_in_two_merges_with_a_sentence_changed():
    split = paragraph(s2=SENTENCES[2] + "\n\nNew start.")
    merged = merge_text(paragraph(), split, paragraph(s5="Theirs."))
    assert merged.text == paragraph(s2=SENTENCES[2] + "\n\nNew start.", s5="Theirs.")
