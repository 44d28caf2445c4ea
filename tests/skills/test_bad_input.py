"""Whatever is typed or put into the address: a page, and nobody by accident."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skills.models import UnansweredSearch
from tests.factories import make_held, make_person, make_skill
from tests.skills.pages import PAGE, names, text


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        yield


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("abc", "There is no page “abc”: showing page 1."),
        ("-1", "There is no page “-1”: showing page 1."),
        ("0", "There is no page “0”: showing page 1."),
        ("２", "There is no page “２”: showing page 1."),
        ("2", "There is no page 2: showing page 1."),
        ("999999999999", "showing page 1."),
        ("1" * 5000, "showing page 1."),
        ("<script>", "There is no page “<script>”: showing page 1."),
    ],
)
def test_a_page_that_is_not_there_is_said(ask, exchange, page, sentence):
    response = ask("exchange", page=page)
    assert names(response) == ["Ada Able"]
    assert sentence in text(response)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "9"),
        ("partner", "nowhere"),
        ("category", "99999999999999999999"),
        ("today", "maybe"),
        ("sort", "shoe size"),
        ("partner", "<script>alert(1)</script>"),
        ("level", "\0"),
    ],
)
def test_an_unknown_filter_is_said_and_shows_nobody(ask, exchange, field, value):
    response = ask("exchange", **{field: value})
    assert response.status_code == 200
    assert names(response) == []
    assert response.context["problems"]
    assert "Search without the filters" in text(response)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "%",
            "_",
            "%%%",
            "'",
            '"',
            "\\",
            ";",
            "--",
            "()",
            "\x07",
            "\0",
            "\u202e",
            "…",
        ),
        *("' OR 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}", "\N{PILE OF POO}"),
    ],
)
def test_signs_and_tricks_find_nobody_by_accident(ask, exchange, typed):
    response = ask(typed)
    assert response.status_code == 200
    assert names(response) == [] or not typed.strip("\0\x07\u202e ")
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\u200b", "\u202e"])
def test_signs_nobody_sees_do_not_disturb(ask, exchange, sign):
    assert names(ask(f"exch{sign}ange {sign}")) in (["Ada Able"], [])
    assert names(ask(f"exchange{sign}")) == ["Ada Able"]


@pytest.mark.parametrize("typed", ["%ff%fe", "%00", "%c3%28", "%ed%a0%80", "%"])
def test_bytes_that_are_no_text_are_no_error(member, exchange, typed):
    assert member.get(f"{PAGE}?q={typed}&partner={typed}").status_code == 200
    assert member.get(f"{PAGE}export.csv?q={typed}").status_code in (200, 302)


def test_what_was_not_read_of_an_over_long_search_is_said(ask, exchange):
    response = ask("exchange " * 1000)
    assert names(response) == ["Ada Able"]
    assert "A search takes up to 200 characters" in text(response)


def test_one_over_long_word_is_no_error(ask, exchange):
    response = ask("x" * 5000)
    assert response.status_code == 200
    assert names(response) == []


def test_two_hundred_skills_in_one_search_stay_a_small_question(ask, lincoln):
    for number in range(30):
        make_held(make_person(lincoln), make_skill(f"S{number}"))
    with CaptureQueriesContext(connection) as captured:
        response = ask(",".join(f"s{number}" for number in range(200)))
    assert len(response.context["question"].reading.terms) <= 12
    assert len(captured) < 25
    assert "Not read" in text(response)


def test_of_repeated_words_the_last_counts(member, exchange):
    response = member.get(f"{PAGE}?q=nonsense&q=exchange&page=1&page=2&level=1&level=3")
    assert names(response) == ["Ada Able"]
    assert response.context["question"].wanted.level == 3


def test_many_repeats_are_no_error(member, exchange):
    repeats = "&".join(["partner=lincoln"] * 900)
    response = member.get(f"{PAGE}?q=exchange&{repeats}")
    assert names(response) == ["Ada Able"]


@pytest.mark.parametrize("typed", ["flux\0capacitor", "flux\r\ncapacitor", "é" * 300])
def test_odd_words_can_be_kept(ask, exchange, typed):
    assert ask(typed).status_code == 200
    for kept in UnansweredSearch.objects.all():
        assert kept.words.isprintable()


def test_other_ways_of_asking_than_reading_are_refused(member, exchange):
    assert member.post(PAGE).status_code == 405
    assert member.head(PAGE).status_code == 200
