"""Scoring searches over judged queries."""

from dataclasses import dataclass

import pytest

from skills.matching.evaluation import marked, report


@dataclass
class Found:
    """A skill found."""

    skill_name: str
    is_confident: bool = True


def row(kind="alias", relevant="Excel|Access", bad="", query="q"):
    return {
        "query": query,
        "relevant_skills": relevant,
        "must_not_outrank": bad,
        "kind": kind,
    }


def found(*names):
    return [Found(name) for name in names]


@pytest.mark.parametrize(
    ("names", "at_1", "at_5", "reciprocal"),
    [
        (["Access", "Word"], 1, 1, 1),
        (["Word", "Access", "Excel"], 0, 1, 1 / 2),
        (["A", "B", "C", "D", "E", "Excel"], 0, 0, 1 / 6),
        (["Word"], 0, 0, 0),
        ([], 0, 0, 0),
    ],
)
def test_a_hit_is_any_named_skill_in_the_first_places(names, at_1, at_5, reciprocal):
    mark = marked(row(), found(*names))
    assert (mark.at_1, mark.at_5, mark.reciprocal) == (at_1, at_5, reciprocal)


def test_a_skill_found_twice_takes_one_place():
    assert marked(row(), found("Word", "Word", "Excel")).reciprocal == 1 / 2


@pytest.mark.parametrize(
    ("names", "hit"),
    [(["Java", "JavaScript"], 1), (["JavaScript", "Java"], 0), (["C", "Java"], 0)],
)
def test_discriminating_needs_the_first_place(names, hit):
    mark = marked(row("discriminate", "Java", "JavaScript"), found(*names))
    assert mark.at_1 == mark.at_5 == mark.reciprocal == hit


def test_a_skill_may_not_be_wanted_and_outranked_at_once():
    assert marked(row("discriminate", "Java", "Java"), found("Java")).at_1 == 0


@pytest.mark.parametrize(("is_confident", "hit"), [(True, 0), (False, 1)])
def test_finding_nothing_surely_is_right_where_nothing_is_meant(is_confident, hit):
    mark = marked(row("no_match", ""), [Found("Excel", is_confident)])
    assert mark.at_1 == mark.at_5 == mark.reciprocal == hit


def test_the_report_counts_all_rows_by_kind_and_overall():
    rows = [row(query="excel"), row(query="word"), row("no_match", "", query="bin")]
    got = report(rows, {"excel": found("Excel"), "word": [], "bin": []}.get)
    assert got["overall"] == {
        "n": 3,
        "hit_at_1": 0.6667,
        "hit_at_5": 0.6667,
        "mrr": 0.6667,
    }
    assert got["alias"]["n"] == 2
    assert got["no_match"]["hit_at_5"] == 1.0


def test_a_report_of_nothing_has_nothing_in_it():
    assert report([], lambda query: []) == {
        "overall": {"n": 0, "hit_at_1": 0.0, "hit_at_5": 0.0, "mrr": 0.0}
    }
