"""Which lines stand in both texts, however many of them are alike."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disaster_recovery.merging import diff
from disaster_recovery.merging.diff import changes, matches

few = st.lists(st.sampled_from("abc"), max_size=12)


def applied(before, after):
    """The new text, made from the old one and what changed."""
    made, done = [], 0
    for one in changes(before, after):
        made += before[done : one.start] + after[one.new_start : one.new_end]
        done = one.end
    return made + before[done:]


def longest(before, after):
    """The length of a longest common subsequence, by the book."""
    row = [0] * (len(after) + 1)
    for line in before:
        last = row.copy()
        for n, other in enumerate(after):
            row[n + 1] = last[n] + 1 if line == other else max(row[n], last[n + 1])
    return row[-1]


@pytest.fixture(scope="module", params=["by blocks", "longest", "given up"])
def way(request):
    """Each way to align, whatever the size of the texts."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "by blocks":
            patch.setattr(diff, "_EASY", -1)
        if request.param == "given up":
            patch.setattr(diff, "_MOST_BITS", -1)
        yield request.param


@given(before=few, after=few)
def test_changes_turn_one_text_into_the_other(way, before, after):
    assert applied(before, after) == after


@given(before=few, after=few)
def test_changes_are_in_order_and_never_touch(way, before, after):
    result = changes(before, after)
    assert all(one.end < other.start for one, other in pairwise(result))
    assert all(one.start < one.end or one.new_start < one.new_end for one in result)


@given(before=few, after=few)
def test_equal_texts_have_no_changes(way, before, after):
    assert changes(before, before) == []
    assert bool(changes(before, after)) == (before != after)


@settings(max_examples=300)
@given(before=few, after=few)
def test_where_many_lines_are_alike_as_many_as_can_be_are_matched(before, after):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "_EASY", -1)
        patch.setattr(diff, "_MOST_BITS", 1_000)
        assert len(matches(before, after)) == longest(before, after)
