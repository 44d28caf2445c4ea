"""What is made of the gaps, and that the search knows it afterwards."""

import csv
import io

import pytest

from skills.models import Alias, HandledSearch, Skill, UnansweredSearch
from skills.records import actions
from skills.search import unanswered
from tests.factories import (
    make_alias,
    make_category,
    make_gap,
    make_handled,
    make_held,
    make_person,
    make_skill,
)
from tests.races import lost, race
from tests.skills.pages import names, text

GAPS = "/skills/unanswered-searches/"
HANDLED = f"{GAPS}handled/"


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def handle(chief, gap, decision, **fields):
    posted = {f"{decision}-{name}": value for name, value in fields.items()}
    posted |= {"decision": decision}
    return chief.post(f"{GAPS}{gap.pk}/", posted, follow=True)


def undo(browser, pk):
    return browser.post(HANDLED, {"undo": pk}, follow=True)


def test_the_best_near_skill_is_one_click_away(chief, ask, exchange):
    gap = make_gap("xchnge srvr")
    near = chief.get(GAPS).context["rows"][0][1]
    answer = handle(chief, gap, "alias", skill=near.skill.name, kind=near.kind)
    assert "“xchnge srvr” has been dealt with" in text(answer)
    assert "xchnge" not in text(chief.get(GAPS)).replace("“xchnge srvr” is", "")
    assert names(ask("xchnge srvr")) == ["Ada Able"]
    assert "Another name of a skill: Microsoft Exchange" in text(chief.get(HANDLED))


def test_the_same_search_finds_another_skill_that_was_chosen(chief, ask, exchange):
    ask("post tower")
    gap = UnansweredSearch.objects.get()
    handle(chief, gap, "alias", skill="Exchange", kind="other")
    assert Alias.objects.get(text="post tower").source == unanswered.SOURCE
    assert names(ask("post tower")) == ["Ada Able"]


def test_a_new_skill_is_found_by_the_search(chief, ask, lincoln):
    ask("zephyr")
    gap = UnansweredSearch.objects.get()
    assert 'value="zephyr"' in chief.get(f"{GAPS}{gap.pk}/").text
    said = {"name": "Zephyr", "category": make_category().pk, "kind": "product"}
    handle(chief, gap, "skill", **said)
    make_held(make_person(lincoln, "Zoe Zephyrous"), Skill.objects.get(), 3)
    assert names(ask("zephyr")) == ["Zoe Zephyrous"]
    assert HandledSearch.objects.get().skill.name == "Zephyr"


def test_a_collision_is_asked_about_before_an_alias_is_made(chief, exchange):
    make_alias(make_skill("Zephyr"), "west wind")
    gap = make_gap("west wind")
    said = {"skill": "Exchange", "kind": "other"}
    assert "looks like “Zephyr” too" in text(handle(chief, gap, "alias", **said))
    handle(chief, gap, "alias", **said, means_both="on")
    assert Alias.objects.filter(text="west wind").count() == 2


def test_a_skill_nobody_holds_is_offered_no_second_name(chief, exchange):
    make_gap("MSX")
    page = text(chief.get(GAPS))
    assert "In the catalogue: Microsoft Exchange Server" in page
    assert "Alias of" not in page


@pytest.mark.parametrize(
    ("words", "offered"),
    [("exchnge servr", "Alias of Microsoft Exchange Server"), ("mail of drones", "")],
)
def test_one_click_is_offered_for_what_is_likely_meant(chief, exchange, words, offered):
    make_gap(words)
    page = text(chief.get(GAPS))
    assert offered in page
    assert ("Alias of" in page) is bool(offered)


@pytest.mark.parametrize(
    ("decision", "fields", "sentence"),
    [
        ("alias", {"skill": "", "kind": "x"}, "Enter the skill it is another name of"),
        ("alias", {"skill": "MSX", "kind": "x"}, "Choose the kind of name from the"),
        (
            "alias",
            {"skill": "Exchange", "kind": "other"},
            "already has that other name",
        ),
        ("skill", {"name": "Exch\0"}, "Remove the invisible characters"),
        ("skill", {"name": "Zephyr", "category": "9" * 30}, "Choose category"),
        ("other", {}, "Choose what to do with the search"),
    ],
)
def test_bad_input_is_said(chief, exchange, decision, fields, sentence):
    assert sentence in text(handle(chief, make_gap("MSX"), decision, **fields))
    assert UnansweredSearch.objects.exists()


def test_a_dismissal_is_undone_once(chief):
    handle(chief, make_gap("bin day", 4), "dismiss")
    handled = HandledSearch.objects.get()
    answer = undo(chief, handled.pk)
    assert "“bin day” is back in the list" in text(answer)
    assert UnansweredSearch.objects.get().times_asked == 4
    for forged in (handled.pk, "x", "", "9" * 30):
        assert "has already been undone" in text(undo(chief, forged))


def test_what_became_a_skill_is_not_undone(chief):
    handled = make_handled("x", "skill", skill=make_skill())
    answer = undo(chief, handled.pk)
    assert "has already been undone" in text(answer)
    assert HandledSearch.objects.exists()


def test_asked_again_after_a_dismissal_it_counts_anew(chief):
    handle(chief, make_gap("bin day", 4), "dismiss")
    actions.note_unanswered(words="Bin day")
    assert UnansweredSearch.objects.get().times_asked == 1
    handled = HandledSearch.objects.get()
    undo(chief, handled.pk)
    assert UnansweredSearch.objects.get().times_asked == 5


def test_the_second_to_handle_a_row_is_told(chief, exchange):
    gap = make_gap("bin day")
    handle(chief, gap, "dismiss")
    answer = handle(chief, gap, "dismiss")
    assert "This search has been dealt with" in text(answer)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_handles_the_row(partnership_coordinator):
    gap = make_gap("bin day")

    def attempt():
        unanswered.dismiss(by=partnership_coordinator, search=gap)

    (error,) = lost(race(attempt, attempt))
    assert "Somebody else has dealt with “bin day”" in error.messages[0]
    assert HandledSearch.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "staff_user", "reader", "stranger"])
def test_gaps_are_handled_by_the_partnership_coordinator(client_of, request, role):
    browser = client_of(request.getfixturevalue(role))
    assert handle(browser, make_gap("bin day"), "dismiss").status_code == 403
    assert undo(browser, make_handled("x").pk).status_code == 403
    assert UnansweredSearch.objects.exists()


def test_the_csv_of_what_was_handled_says_who_and_what(chief, partnership_coordinator):
    handle(chief, make_gap("=bin day", 4), "dismiss")
    answer = chief.get(f"{HANDLED}export.csv").getvalue().decode()
    (row,) = [*csv.reader(io.StringIO(answer, newline=""))][1:]
    assert row[:2] == ["'=bin day", "4"]
    assert row[4:7] == ["Dismissed", "", partnership_coordinator.email]


def test_handled_rows_ask_as_often_for_twenty_as_for_one(
    chief, coordinator, django_assert_num_queries
):
    for number in range(20):
        skill = make_skill()
        make_handled(f"x{number}", "skill", skill=skill, handled_by=coordinator)
        if number in (0, 19):
            with django_assert_num_queries(5):
                chief.get(HANDLED)
