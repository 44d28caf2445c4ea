"""Finding skills by words, in a small catalogue and in the one that is shipped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.matching.catalogue import Catalogue, CatalogueAlias, CatalogueSkill
from skills.matching.evaluation import report
from skills.matching.match import Grade
from tests.skills import shipped

SKILLS = [
    "Microsoft Configuration Manager",
    "Microsoft Exchange Server",
    "Microsoft Exchange Online",
    "C (programming language)",
    "C++",
    "C#",
    "Java",
    "JavaScript",
    "Microsoft Active Directory",
    "Microsoft Access",
    "Identity and access management",
    "Printer support",
    "Anglian Dispatch",
]
ALIASES = [
    (1, "SCCM", "former name"),
    (9, "AD", "abbreviation"),
    (13, "AD", "abbreviation"),
    (10, "JET database", "other"),
]
QUICKLY = settings(max_examples=150, deadline=None)
ODD_TEXT = st.text(max_size=300)
NAMES = st.sampled_from([skill.name for skill in shipped.skills()])


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue(
        [CatalogueSkill(number, name, "Any") for number, name in enumerate(SKILLS, 1)],
        [CatalogueAlias(*alias) for alias in ALIASES],
    )


def found(catalogue, words):
    return [SKILLS[match.skill_id - 1] for match in catalogue.find(words)]


@pytest.mark.parametrize(
    ("words", "name", "grade"),
    [
        ("microsoft exchange server", "Microsoft Exchange Server", Grade.EXACT),
        ("Exchange Server", "Microsoft Exchange Server", Grade.EXACT),
        ("sccm", "Microsoft Configuration Manager", Grade.EXACT),
        ("iam", "Identity and access management", Grade.INITIALS),
        ("printer", "Printer support", Grade.WORDS),
        ("exchnge", "Microsoft Exchange Server", Grade.CLOSE),
        ("jvascrpt", "JavaScript", Grade.CLOSE),
        ("access", "Microsoft Access", Grade.EXACT),
        ("C", "C (programming language)", Grade.EXACT),
        ("c++", "C++", Grade.EXACT),
        ("c #", "C#", Grade.EXACT),
        ("java", "Java", Grade.EXACT),
    ],
)
def test_words_find_the_skill_and_say_how_surely(catalogue, words, name, grade):
    best = catalogue.find(words)[0]
    assert (SKILLS[best.skill_id - 1], best.grade) == (name, grade)


def test_while_typing_the_beginning_of_a_name_finds_it(catalogue):
    assert found(catalogue, "jav") == ["Java", "JavaScript"]
    assert found(catalogue, "java") == ["Java", "JavaScript"]


def test_both_halves_of_a_family_are_found(catalogue):
    assert set(found(catalogue, "exchange")[:2]) == {
        "Microsoft Exchange Server",
        "Microsoft Exchange Online",
    }


def test_no_more_is_found_than_asked_for(catalogue):
    assert len(catalogue.find("microsoft", limit=3)) == 3
    assert catalogue.find("", limit=3) == []


def test_a_match_says_what_was_matched(catalogue):
    best = catalogue.find("SCCM")[0]
    assert (best.matched, best.kind, best.typed) == ("SCCM", "former name", "sccm")
    assert catalogue.find("iam")[0].kind == "initials"


def test_a_name_of_two_skills_finds_both(catalogue):
    best = catalogue.find("AD")[:2]
    assert {match.skill_id for match in best} == {9, 13}
    assert {match.grade for match in best} == {Grade.EXACT}


def test_a_catalogue_may_be_empty_or_hold_names_without_letters():
    assert Catalogue([], []).find("excel") == []
    odd = Catalogue([CatalogueSkill(1, "%%%", "Any")], [CatalogueAlias(1, "", "other")])
    assert odd.find("%%%") == []


def test_every_shipped_name_and_alias_finds_its_skill_exactly():
    catalogue = shipped.catalogue()
    known = [(skill.id, skill.name) for skill in shipped.skills()]
    known += [(alias.skill_id, alias.text) for alias in shipped.aliases()]
    missed = []
    for skill_id, text in known:
        grades = {
            match.skill_id: match.grade for match in catalogue.read(text).ranked()
        }
        missed += [] if grades.get(skill_id) is Grade.EXACT else [text]
    assert missed == []


@QUICKLY
@given(NAMES, st.sampled_from([str.upper, str.swapcase, str.title]))
def test_case_does_not_matter(name, change):
    assert shipped.first(change(name)) == shipped.first(name) == name


@QUICKLY
@given(NAMES, st.sampled_from("-_ "), st.integers(1, 3))
def test_spaces_hyphens_and_underscores_do_not_matter(name, sign, times):
    assert shipped.first(sign.join(name.split(" "))) == name
    assert shipped.first(name.replace(" ", " " * times)) == name


@QUICKLY
@given(NAMES, st.text('%_<>"', max_size=4), st.text("%_<>\"'", max_size=4))
def test_signs_around_the_words_change_nothing(name, before, after):
    assert shipped.first(f"{before} {name} {after}") == name


@QUICKLY
@given(ODD_TEXT)
def test_find_never_fails_and_ranks_each_skill_once(text):
    matches = shipped.catalogue().find(text)
    assert matches == shipped.catalogue().find(text)
    assert len({match.skill_id for match in matches}) == len(matches)
    scores = [match.score for match in matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@QUICKLY
@given(st.sampled_from(["C", "C++", "C#"]), st.text(" .,!?“”()", max_size=3))
def test_the_languages_called_c_are_never_confused(name, noise):
    own = "C (programming language)" if name == "C" else name
    assert shipped.confident(f"{noise} {name} {noise}")[:1] == [own]


def test_the_development_queries_reach_their_targets():
    def search(query):
        matches = shipped.catalogue().read(query).ranked()
        return [_Found(shipped.names()[m.skill_id], m.is_confident) for m in matches]

    scores = report(shipped.judged_queries(), search)
    assert scores["overall"]["n"] == 163
    assert scores["overall"]["hit_at_5"] >= 0.97
    assert scores["misspelling"]["hit_at_5"] >= 0.98
    assert scores["variant"]["hit_at_5"] >= 0.98
    assert scores["discriminate"]["hit_at_1"] == 1
    assert scores["no_match"]["hit_at_1"] == 1


class _Found:
    """A skill found, as the report reads it."""

    def __init__(self, skill_name, is_confident):
        self.skill_name = skill_name
        self.is_confident = is_confident


def test_one_broad_word_asks_for_every_skill_named_with_it():
    [term] = shipped.catalogue().read("backup").terms
    asked = {shipped.names()[match.skill_id] for match in term.wanted}
    assert asked >= {
        "Tape backup",
        "Veeam Backup and Replication",
        "Veritas Backup Exec",
    }


def test_two_words_ask_for_what_they_name_and_no_more():
    [term] = shipped.catalogue().read("tape backup").terms
    assert [shipped.names()[match.skill_id] for match in term.wanted] == ["Tape backup"]
