"""The search page: what somebody types, sees, and can do next."""

import html

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from skills.models import Alias, UnansweredSearch
from tests.factories import (
    make_absence,
    make_alias,
    make_held,
    make_person,
    make_skill,
    make_wish,
    make_working_week,
)
from tests.skills.pages import PAGE, names, text


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        *("exchange", "Exchange Server", "EXCHANGE", "exchnge", "ms exchange", "MSX"),
        *("exchange-server", "server exchange", "Ada Able", "ada", "exchange lincoln"),
    ],
)
def test_one_search_finds_who_can_help(ask, exchange, typed):
    assert names(ask(typed)) == ["Ada Able"]


def test_a_result_has_the_number_to_ring_and_the_coordinator(
    ask, exchange, their_coordinator
):
    page = ask("exchange").content.decode()
    assert 'href="tel:01632960001"' in page
    assert 'href="mailto:ada@lincoln.example"' in page
    assert f'href="mailto:{their_coordinator.email}"' in page


def test_a_result_of_somebody_away_has_who_covers(ask, exchange, lincoln):
    ada = exchange.held_by.get().staff
    cover = make_person(lincoln, "Cy Cover", telephone="01632 960002")
    make_absence(ada, timezone.localdate(), cover=cover)
    page = ask("exchange")
    assert 'href="tel:01632960002"' in page.content.decode()
    assert "Cy Cover: covers for Ada Able" in text(page)


def test_a_result_says_level_and_why_it_is_there(ask, exchange):
    said = text(ask("MSX"))
    assert "Microsoft Exchange Server : Practitioner, not confirmed" in said
    assert "matched ‘MSX’, abbreviation of Microsoft Exchange Server" in said


def test_a_guess_is_called_one(ask, exchange):
    assert "Nothing matches exchnge . Showing people for" in text(ask("exchnge"))


def test_two_skills_come_all_first_then_in_part_and_say_so(ask, exchange, lincoln):
    backup = make_skill("Backup and restore", "Servers")
    both = make_person(lincoln, "Bea Both")
    for skill in (exchange, backup):
        make_held(both, skill, 1)
    page = ask("exchange, backup and restore")
    assert names(page) == ["Bea Both", "Ada Able"]
    assert "All of these: exchange, backup and restore" in text(page)
    assert "Some of these: exchange; not backup and restore" in text(page)


def test_a_post_is_found_after_a_skill_of_like_name(ask, lincoln):
    skill = make_skill("Infrastructure engineering")
    make_held(make_person(lincoln, "Ada"), skill, 1)
    make_person(lincoln, "Bob", post="Infrastructure engineer")
    page = ask("infrastructure engineer")
    assert names(page) == ["Ada", "Bob"]
    why = [result.why for result in page.context["results"]]
    assert why[1] == ["“infrastructure engineer” in the name or post"]


def test_a_skill_asked_for_by_its_own_name_is_no_post(ask, exchange, lincoln):
    make_person(lincoln, "Bob", post="Microsoft Exchange Server lead")
    assert names(ask("Microsoft Exchange Server")) == ["Ada Able"]


@pytest.mark.parametrize(("typed", "is_offered"), [("network", True), ("vpn", False)])
def test_a_category_named_is_offered_whole(ask, typed, is_offered):
    category = make_skill("VPN", "Networks").category
    offered = f'href="/skills/?category={category.pk}"'
    assert (offered in ask(typed).content.decode()) is is_offered


def test_a_partner_in_the_words_narrows_to_it(ask, exchange, boston):
    make_held(make_person(boston, "Our Own"), exchange)
    assert names(ask("exchange")) == ["Ada Able", "Our Own"]
    assert names(ask("exchange boston")) == ["Our Own"]
    assert names(ask("exchange city of lincoln council")) == ["Ada Able"]


def test_a_name_of_two_skills_offers_the_choice(ask, lincoln):
    for name in ("Active Directory", "Anomaly detection"):
        skill = make_skill(name)
        make_alias(skill, "AD", Alias.Kind.ABBREVIATION)
        make_held(make_person(lincoln, f"Knows {name}"), skill)
    page = ask("AD", level="1")
    assert len(names(page)) == 2
    assert "AD can mean several skills" in text(page)
    assert "?q=Active+Directory&amp;level=1" in page.content.decode()


def test_readers_are_shown_no_mobile(exchange, client_of, reader, member):
    exchange.held_by.get().staff.__class__.objects.update(telephone="")
    assert "07700" in member.get(PAGE, {"q": "exchange"}).content.decode()
    shown = client_of(reader).get(PAGE, {"q": "exchange"}).content.decode()
    assert "Ada Able" in shown
    assert "07700" not in shown
    assert "export.csv" not in shown


@pytest.mark.parametrize("typed", ["", "exchange", "lee leaver", "leaver boston"])
def test_leavers_are_on_no_page(ask, exchange, leaver, typed):
    make_held(leaver.person, exchange, 4)
    page = ask(typed).content.decode()
    page = page.replace(html.escape(typed), "")
    assert "Leaver" not in page


def test_an_empty_search_shows_everybody(ask, exchange):
    assert set(names(ask())) == {"Ada Able", "Sandy Staff"}
    assert set(names(ask("   "))) == {"Ada Able", "Sandy Staff"}


def test_pages_follow_each_other(ask, boston):
    for number in range(30):
        make_person(boston, f"Person {number:02}")
    first, second = ask(sort="name"), ask(sort="name", page=2)
    assert len(names(first)) == 25
    assert names(second)[-1] == "Sandy Staff"
    assert not set(names(first)) & set(names(second))
    assert "31 people" in text(first)


@pytest.fixture
def nobody_holds(lincoln):
    """A skill nobody holds, its neighbour, and somebody who would learn it."""
    skill = make_skill("Kubernetes", "Servers")
    make_held(make_person(lincoln), make_skill("Docker", "Servers"))
    make_wish(make_person(lincoln, "Lena Learner"), skill)
    return skill


def test_no_result_is_honest_and_helps_on(ask, nobody_holds, their_coordinator):
    response = ask("kubernetes")
    said = text(response)
    assert "Nobody in the partnership holds this" in said
    assert "Docker (1 person)" in said
    assert "Lena Learner , Lincoln: Kubernetes" in said
    address = f"mailto:{their_coordinator.email}?subject=Can%20anybody%20help"
    assert address in response.content.decode()


def test_the_nearest_level_is_offered(ask, exchange):
    said = text(ask("exchange", level="4"))
    assert "1 person holds it at Practitioner or above" in said
    assert "Nobody in the partnership matches all of this" in said


@pytest.mark.parametrize("typed", ["kubernetes", "flux capacitor"])
def test_an_unanswered_search_is_kept_without_the_person(ask, nobody_holds, typed):
    ask(typed)
    ask(f" {typed.upper()} ")
    kept = UnansweredSearch.objects.get()
    assert (kept.words, kept.times_asked) == (typed, 2)
    fields = {field.name for field in UnansweredSearch._meta.get_fields()}
    assert not fields & {"by", "user", "person", "staff"}


@pytest.mark.parametrize(
    "rest",
    [
        {"level": "4"},
        {"partner": "boston"},
        {"page": "2"},
        {"sort": "name"},
        {"today": "1"},
        {"level": "9"},
    ],
)
def test_a_narrowed_search_is_not_kept(ask, nobody_holds, boston, rest):
    ask("kubernetes", **rest)
    assert not UnansweredSearch.objects.exists()


@pytest.mark.parametrize("typed", ["", "%", "ada", "exchange", "kubernetes boston"])
def test_answered_and_senseless_searches_are_not_kept(
    ask, exchange, nobody_holds, typed
):
    ask(typed)
    assert not UnansweredSearch.objects.exists()


@pytest.mark.parametrize("typed", ["exchange", "officer", "", "exchange, backup"])
def test_twenty_results_take_as_many_questions_as_one(ask, exchange, lincoln, typed):
    make_held(make_person(lincoln), make_skill("Backup"))
    few = queries(ask, typed)
    cover = make_person(lincoln)
    for _ in range(20):
        person = make_person(lincoln)
        make_held(person, exchange)
        make_working_week(person)
        make_absence(person, timezone.localdate(), cover=cover)
    assert queries(ask, typed) - few <= 2, "cover and the cover's hours"
    assert queries(ask, typed) < 25


def queries(ask, typed):
    ask(typed)
    with CaptureQueriesContext(connection) as captured:
        assert names(ask(typed))
    return len(captured)
