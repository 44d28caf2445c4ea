"""The search is scored by the matching that the page uses."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_alias, make_skill

HEADER = "qid\tquery\trelevant_skills\tmust_not_outrank\tkind\n"


@pytest.fixture
def evaluate(db, tmp_path):
    path = tmp_path / "queries.tsv"

    def evaluate(*rows, header=HEADER, **options):
        lines = ["\t".join((f"Q{n}", *row)) for n, row in enumerate(rows)]
        path.write_text(header + "\n".join(lines), encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        call_command("evaluate_search", path, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return evaluate


@pytest.fixture
def exchange(db):
    skill = make_skill("Microsoft Exchange Server")
    make_alias(skill, "MSX", kind="abbreviation")
    make_skill("C#", category="Languages")
    make_skill("C++", category="Languages")
    return skill


def test_each_kind_and_all_together_are_scored(evaluate, exchange):
    out, _ = evaluate(
        ("exchnge", "Microsoft Exchange Server", "", "misspelling"),
        ("MSX", "Microsoft Exchange Server", "", "abbreviation"),
        ("c#", "C#", "C++", "discriminate"),
        ("bin day", "", "", "no_match"),
        json=True,
    )
    perfect = {"n": 1, "hit_at_1": 1.0, "hit_at_5": 1.0, "mrr": 1.0}
    kinds = ["misspelling", "abbreviation", "discriminate", "no_match"]
    assert json.loads(out) == {
        "overall": perfect | {"n": 4},
        **dict.fromkeys(kinds, perfect),
    }


def test_a_miss_counts_as_one(evaluate, exchange):
    out, _ = evaluate(
        ("exchnge", "Microsoft Exchange Server", "", "misspelling"),
        ("MSX", "C#", "", "misspelling"),
        ("MSX", "", "", "no_match"),
        json=True,
    )
    report = json.loads(out)
    assert report["misspelling"]["hit_at_5"] == 0.5
    assert report["no_match"]["mrr"] == 0
    assert report["overall"]["n"] == 3


def test_people_read_a_table_with_the_whole_at_its_foot(evaluate, exchange):
    out, _ = evaluate(("MSX", "Microsoft Exchange Server", "", "abbreviation"))
    header, *rows = out.splitlines()
    assert header.split() == ["Kind", "n", "hit@1", "hit@5", "MRR"]
    assert [row.split() for row in rows] == [
        ["abbreviation", "1", "1.000", "1.000", "1.000"],
        ["overall", "1", "1.000", "1.000", "1.000"],
    ]


def test_skills_that_are_not_in_the_catalogue_are_named(evaluate, exchange):
    out, err = evaluate(("exchange", "Alchemy|C#", "", "phrase"), json=True)
    assert err == "1 skills are not in the catalogue: Alchemy\n"
    assert json.loads(out)["phrase"]["n"] == 1


def test_a_missing_column_is_said(evaluate, exchange):
    with pytest.raises(CommandError, match="queries.tsv has no column “kind”"):
        evaluate(header="qid\tquery\trelevant_skills\tmust_not_outrank\n")


def test_a_missing_file_is_said(exchange, tmp_path):
    with pytest.raises(CommandError, match="none.tsv: No such file or directory"):
        call_command("evaluate_search", tmp_path / "none.tsv")


def test_an_empty_catalogue_is_said(evaluate):
    with pytest.raises(CommandError, match="run load_catalogue first"):
        evaluate(("exchange", "C#", "", "phrase"))
