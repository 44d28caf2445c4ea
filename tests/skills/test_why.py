"""The page that says why: for whom, and what it keeps to itself."""

import pytest

from tests.access import fingerprint
from tests.factories import LONG_AGO, make_alias, make_held, make_person, make_skill
from tests.skills.pages import text

WHY = "/skills/why/"


@pytest.fixture
def keeper(client_of, coordinator):
    """A browser of the coordinator of Boston."""
    return client_of(coordinator)


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def asked(browser, q, person, **filters):
    return browser.get(WHY, {"q": q, "person": person, **filters})


def test_the_form_begins_with_oneself_and_the_search(member):
    page = member.get(WHY, {"q": "vpn", "level": "3"})
    assert 'value="Sandy Staff"' in page.text
    assert 'name="level" value="3"' in page.text
    assert "Error" not in page.text


def test_the_search_leads_there_with_what_was_asked(member, exchange):
    page = member.get("/skills/?q=exchange&level=3")
    assert 'href="/skills/why/?q=exchange&amp;level=3"' in page.text


def test_a_reader_is_led_nowhere(client_of, reader, exchange):
    browser = client_of(reader)
    assert "Somebody missing" not in browser.get("/skills/?q=exchange").text
    assert browser.get(WHY).status_code == 403


def test_one_is_told_about_oneself(member, exchange):
    page = text(asked(member, "exchange", "sandy"))
    assert "Sandy Staff does not turn up" in page
    assert "does not have any of the skills that “exchange” matches" in page


def test_the_position_leads_to_its_page(chief, lincoln, exchange):
    for number in range(30):
        make_held(make_person(lincoln, f"Able {number:02}"), exchange, 4)
    page = asked(chief, "exchange", "Ada Able", level=2)
    assert "position 31 of 31" in text(page)
    assert 'href="/skills/?q=exchange&amp;level=2&amp;page=2"' in page.text
    there = chief.get("/skills/?q=exchange&level=2&page=2")
    assert "Ada Able" in text(there)


def test_of_namesakes_one_is_chosen(keeper, boston):
    for name in ("Zoë Ash", "Zoe Birch"):
        make_person(boston, name)
    page = asked(keeper, "vpn", "ZOE")
    assert "Several people have that name" in text(page)
    key = page.context["namesakes"][0].pk
    assert f"?q=vpn&amp;person={key}" in page.text
    assert "Zoë Ash does not turn up" in text(asked(keeper, "vpn", key))


@pytest.mark.parametrize("person", ["", " ", "a\0b", "x" * 121, "9" * 18, "9" * 40])
def test_a_bad_name_is_said_beside_the_field(keeper, person):
    page = asked(keeper, "vpn", person)
    assert page.status_code == 200
    assert "There is a problem" in text(page)


def test_whom_one_may_not_ask_about_is_answered_as_nobody(keeper, lincoln):
    gone = make_person(lincoln, "CANARY Gone", post="CANARY post", left_on=LONG_AGO)
    here = make_person(lincoln, "CANARY Here")
    make_held(gone, make_skill("Kubernetes"), 4)

    def answer(person):
        return text(asked(keeper, "kubernetes", person)).replace(str(person), "X")

    nobody = answer("CANARY Nobody")
    assert answer("CANARY Gone") == answer("CANARY Here") == nobody
    assert answer(gone.pk) == answer(here.pk) == answer(999999999)
    assert "CANARY" not in answer("canary")


def test_a_leaver_of_one_s_own_is_told_of(keeper, boston):
    make_person(boston, "Gil Gone", left_on=LONG_AGO)
    assert "Gil Gone left on 1 January 2020" in text(asked(keeper, "vpn", "gil"))


def test_a_near_skill_is_the_partnership_coordinator_s_to_name(chief, exchange):
    page = asked(chief, "exchanging post tower", "ada able")
    assert f"/skills/catalogue/{exchange.pk}/aliases/" in page.text
    make_alias(exchange, "exchanging post tower")
    assert "does turn up" in text(asked(chief, "exchanging post tower", "ada able"))


def test_asking_writes_nothing(keeper):
    before = fingerprint()
    asked(keeper, "quixotry", "olive")
    assert fingerprint() == before


@pytest.mark.parametrize("q", ["<script>alert(1)</script>", "a\0b", "x" * 3000, "%"])
def test_any_words_are_answered_in_text(keeper, q):
    page = asked(keeper, q, "olive")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
