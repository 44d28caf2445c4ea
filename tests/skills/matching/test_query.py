"""Cutting whole queries into wanted skills, partners and words left over."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.matching.match import Grade
from tests.skills import shipped

QUICKLY = settings(max_examples=150, deadline=None)
PIECES = st.sampled_from(
    [
        "vpn",
        "c#",
        "boston",
        "exchnge",
        "smith",
        "and",
        ",",
        "&",
        "_",
        "%",
        "<b>",
        "\x00",
    ]
)


def read(query):
    return shipped.catalogue().read(query)


def asked(query):
    """The first skill of each term of a query."""
    return [shipped.names()[term.matches[0].skill_id] for term in read(query).terms]


@pytest.mark.parametrize(
    ("query", "skills"),
    [
        ("vmware, citrix", ["VMware vSphere", "Citrix Virtual Apps and Desktops"]),
        ("excel; word\npowerpoint", ["Excel", "Word", "PowerPoint"]),
        ("excel & word", ["Excel", "Word"]),
        ("excel and word", ["Excel", "Word"]),
        ("excel + word / teams", ["Excel", "Word", "Teams"]),
        ("exchange and teams", ["Exchange Server", "Teams"]),
        ("nginx python", ["NGINX", "Python"]),
        ("exchnge servr nginx", ["Exchange Server", "NGINX"]),
        ("Identity and access management", ["Identity and access management"]),
        (
            "identity and access management and nginx",
            ["Identity and access management", "NGINX"],
        ),
        ("Extract, transform and load", ["Extract, transform and load"]),
        ("active directory federation", ["Active Directory Federation Services"]),
    ],
)
def test_a_query_asks_for_each_of_its_skills_in_order(query, skills):
    named = [name.removeprefix("Microsoft ") for name in asked(query)]
    assert named == skills


@pytest.mark.parametrize(
    ("query", "skill"),
    [
        ("nginx configuration file", "NGINX"),
        ("help with excel", "Microsoft Excel"),
        ("wordpress-plugin", "WordPress"),
        ("ms sql server 2016 problem", "Microsoft SQL Server"),
        ("who knows about kubernetes?", "Kubernetes"),
        ("python3", "Python"),
        ("googlecloud", "Google Cloud Platform"),
        ("mongo db", "MongoDB"),
        ("sharepiontonline", "Microsoft SharePoint"),
        ("active diectory", "Microsoft Active Directory"),
    ],
)
def test_noise_and_slips_around_a_skill_are_forgiven(query, skill):
    reading = read(query)
    assert asked(query) == [skill]
    assert reading.words == ()


@pytest.mark.parametrize(
    ("query", "partners", "skills"),
    [
        ("boston", (1,), []),
        ("vpn boston", (1,), ["Virtual private networking"]),
        ("boston nginx", (1,), ["NGINX"]),
        ("nginx lincoln city", (2,), ["NGINX"]),
        ("nginx boston, python nkdc", (1, 3), ["NGINX", "Python"]),
        ("police national computer", (), ["Police National Computer"]),
    ],
)
def test_partners_are_taken_out_of_the_words(query, partners, skills):
    assert read(query).partners == partners
    assert asked(query) == skills
    assert read(query).words == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nginx Sarah O'Hara", ("Sarah", "O'Hara")),
        ("margaret", ("margaret",)),
        ("jo.bloggs@boston.gov.uk", ("jo.bloggs@boston.gov.uk",)),
        ("Smith, nginx", ("Smith",)),
        ("José", ("José",)),
    ],
)
def test_words_that_may_name_people_are_left_over_as_typed(query, words):
    assert read(query).words == words


def test_an_exact_name_of_two_skills_is_a_choice():
    assert read("windows").terms[0].is_choice
    assert not read("nginx").terms[0].is_choice


def test_a_term_keeps_the_words_as_they_were_typed():
    assert [term.text for term in read("NGINX, Power-Shell").terms] == [
        "NGINX",
        "Power Shell",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "council tax band",
        "access road",
        "school project",
        "word of mouth",
        "first_name",
        "last-name",
        "user_id",
        "mayor's office",
        "the quick brown fox",
        "Linus",
        "robinson",
        "<script>alert(1)</script>",
        "'; DROP TABLE users; --",
    ],
)
def test_everyday_talk_is_sure_of_nothing(query):
    assert shipped.confident(query) == []


def test_what_was_nearly_meant_is_suggested():
    suggested = [m.skill_id for m in read("council tax band").suggestions]
    assert "Council tax billing" in [shipped.names()[s] for s in suggested]


@pytest.mark.parametrize("query", ["", "   ", "\x00\x01", "\u200b"])
def test_nothing_typed_reads_as_nothing(query):
    assert read(query).ranked() == []
    assert read(query).not_understood == ()


@pytest.mark.parametrize("query", ["%", "_", '"', "?!", "<>", "🎂"])
def test_signs_alone_are_not_understood(query):
    assert read(query).not_understood == (query,)
    assert read(query).terms == read(query).words == ()


def test_more_skills_than_are_read_are_said_to_be_dropped():
    reading = read(",".join(["nginx", "python", "ruby", "perl", "php"] * 40))
    assert len(reading.terms) == 12
    assert "nginx" in reading.not_understood


@QUICKLY
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=400))
def test_reading_never_fails_and_always_reads_the_same(query):
    reading = read(query)
    assert reading == read(query)
    assert reading.query == query
    assert len(reading.terms) <= 12
    assert all(term.matches for term in reading.terms)
    assert all(match.grade is Grade.LOOSE for match in reading.suggestions)


@QUICKLY
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_what_is_ranked_is_unique_and_in_order(query):
    ranked = read(query).ranked()
    assert len({match.skill_id for match in ranked}) == len(ranked)
    assert [m.score for m in ranked] == sorted((m.score for m in ranked), reverse=True)


def test_letters_swapped_in_any_skill_still_find_it():
    chance, missed, tried = random.Random(1), [], 0  # noqa: S311 - the same every time
    for skill in shipped.skills():
        typed = swapped(skill.name, chance)
        if typed:
            tried += 1
            ranked = read(typed).ranked()[:5]
            hit = skill.id in [match.skill_id for match in ranked]
            missed += [] if hit else [typed]
    assert len(missed) <= 0.02 * tried, missed


def swapped(name, chance):
    """A name with two letters of one of its longer words swapped."""
    words = name.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return None
    at = chance.choice(long)
    cut = chance.randrange(1, len(words[at]) - 2)
    word = words[at]
    words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)
