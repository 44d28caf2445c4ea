"""Grades, matches and the sentences that say why."""

import pytest

from skills.matching.match import Grade, Match, Reading, Term, best_first


def match(
    skill_id=1, grade=Grade.EXACT, score=0.95, kind="name", typed="", text="SCCM"
):
    return Match(skill_id, grade, score, text, kind, typed)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("name", "matched the name Configuration Manager"),
        ("former name", "matched ‘SCCM’, former name of Configuration Manager"),
        ("abbreviation", "matched ‘SCCM’, abbreviation of Configuration Manager"),
        ("vendor name", "matched ‘SCCM’, vendor name of Configuration Manager"),
        ("misspelling", "matched ‘SCCM’, common misspelling of Configuration Manager"),
        ("other", "matched ‘SCCM’, listed under Configuration Manager"),
    ],
)
def test_every_kind_of_name_has_its_sentence(kind, said):
    assert match(kind=kind).why("Configuration Manager") == said


def test_initials_are_said_to_be_initials():
    found = match(grade=Grade.INITIALS, typed="iam", text="Identity and access")
    said = found.why("Identity and access")
    assert said == "matched ‘iam’, the initials of Identity and access"


def test_words_inside_a_name_are_said_to_be_words_of_it():
    found = match(grade=Grade.WORDS, typed="printer", text="Printer support")
    assert found.why("Printer support") == "matched ‘printer’ in Printer support"


def test_words_inside_an_alias_name_the_alias_and_the_skill():
    found = match(grade=Grade.WORDS, kind="other", typed="dns", text="DNS zones")
    said = "matched ‘dns’ in ‘DNS zones’, listed under DNS administration"
    assert found.why("DNS administration") == said


def test_a_correction_says_how_the_words_were_read():
    found = match(grade=Grade.CLOSE, typed="exchnge", text="Microsoft Exchange")
    assert found.why("Microsoft Exchange") == "‘exchnge’ read as ‘Microsoft Exchange’"


def test_a_suggestion_says_it_is_only_like_the_words():
    found = match(grade=Grade.LOOSE, kind="former name", typed="scm", text="SCCM")
    said = "‘scm’ is a little like ‘SCCM’, former name of Configuration Manager"
    assert found.why("Configuration Manager") == said


def test_suggestions_are_not_confident_and_corrections_are():
    assert not match(grade=Grade.LOOSE).is_confident
    assert match(grade=Grade.CLOSE).is_confident


def test_the_best_match_of_each_skill_is_kept():
    low, high, other = match(score=0.91), match(score=0.99), match(2, score=0.95)
    assert best_first([low, other, high]) == [high, other]


def test_a_reading_ranks_every_term_before_suggestions():
    loose = match(3, Grade.LOOSE, 0.3)
    close, exact = match(2, Grade.CLOSE, 0.5), match(1)
    reading = Reading("q", (Term("b", (close,)), Term("a", (exact,))), (), (), (loose,))
    assert reading.ranked() == [exact, close, loose]


def test_a_term_wants_the_matches_of_its_best_grade():
    exact, words = match(1), match(2, Grade.WORDS, 0.7)
    assert Term("x", (exact, words)).wanted == (exact,)
    assert Term("x", ()).wanted == ()
