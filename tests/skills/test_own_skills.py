"""Skills and wishes to learn, as their owner chooses and changes them."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skills.models import LearningWish, SkillHeld
from tests.administration import both_versions
from tests.factories import (
    CONFIRMED,
    make_alias,
    make_held,
    make_skill,
)
from tests.races import lost, race
from tests.skills.pages import text

MINE = "/skills/my-record/"
CHOOSE, WISH = f"{MINE}skills/add/", f"{MINE}wishes/add/"
AWAY, CERTIFIED = f"{MINE}absences/add/", f"{MINE}certificates/add/"


@pytest.fixture(autouse=True)
def _sunday():
    with time_machine.travel("2026-11-22T17:30:00Z", tick=False):
        yield


@pytest.fixture
def me(staff_user):
    return staff_user.person


@pytest.fixture
def dns(db):
    return make_skill("DNS")


@pytest.mark.parametrize("typed", ["exchange", "msx", "exchnge", "Microsoft Exchange"])
def test_a_skill_is_found_by_any_of_its_names(member, exchange, typed):
    page = member.get(CHOOSE, {"q": typed}).content.decode()
    assert f'name="skill" value="{exchange.pk}"' in page


def test_the_chooser_says_why_a_skill_is_there(member, exchange):
    make_alias(exchange, "Mail hub")
    assert "matched ‘Mail hub’" in text(member.get(CHOOSE, {"q": "mail hub"}))


def test_retired_skills_are_left_out_of_the_chooser(member, dns):
    make_skill("DNS classic", retired_on=date(2026, 1, 1))
    page = member.get(CHOOSE, {"q": "dns"}).content.decode()
    assert "DNS</label>" in page
    assert "DNS classic" not in page


def test_skills_one_has_are_marked_and_cannot_be_chosen_again(me, member, dns):
    make_held(me, dns, 3)
    page = member.get(CHOOSE, {"q": "dns"})
    assert "DNS: you have it at Practitioner" in text(page)
    assert 'name="skill"' not in page.content.decode()


def test_the_catalogue_is_there_to_complete_what_is_typed(member, dns):
    assert '<option value="DNS">' in member.get(CHOOSE).content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"q": ""}, "Type what the skill is called"),
        ({"q": " \0 "}, "Type what the skill is called"),
        ({"q": "dns", "choose": "1"}, "Choose a skill from the list"),
        ({"q": "dns", "choose": "1", "skill": "9" * 30}, "Choose a skill from"),
        ({"q": "dns", "choose": "1", "skill": "x"}, "Choose a skill from the list"),
    ],
)
def test_a_choice_not_made_says_what_to_do_twice(member, dns, asked, said):
    answer = member.get(CHOOSE, asked)
    assert text(answer).count(said) == 2
    assert "Error: " in answer.content.decode()


def test_a_name_nobody_knows_leads_to_the_partnership_coordinator(member, dns):
    page = text(member.get(CHOOSE, {"q": "zzzqq"}))
    assert "No skill in the catalogue has a name like “zzzqq”" in page
    assert "Propose it to the partnership coordinator" in page


def test_the_chooser_asks_as_often_for_many_skills_as_for_one(me, member):
    counts = []
    for number in (1, 19):
        for n in range(number):
            skill = make_skill(f"Router {number} {n}")
            if n % 2:
                make_held(me, skill)
        member.get(CHOOSE, {"q": "router"})
        with CaptureQueriesContext(connection) as queries:
            member.get(CHOOSE, {"q": "router"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_skill_chosen_leads_to_its_level_with_examples(member, dns):
    answer = member.get(CHOOSE, {"q": "dns", "skill": dns.pk}, follow=True)
    page = text(answer)
    assert answer.request["PATH_INFO"] == f"{CHOOSE}{dns.pk}/"
    assert "look after it while your colleague is on leave" in page
    assert "never used for performance management" in page
    assert " checked" not in answer.content.decode()


def test_a_skill_is_added_with_its_level(me, member, dns):
    posted = {"level": 3, "can_teach": "on", "since_on": "1 2 2020"}
    answer = member.post(f"{CHOOSE}{dns.pk}/", posted)
    assert answer["Location"] == f"{MINE}#skillheld"
    held = me.skills_held.get()
    assert (held.skill, held.level, held.can_teach) == (dns, 3, True)
    assert held.confirmed_at is None


def test_adding_a_skill_twice_says_so_beside_the_level(me, member, dns):
    for _ in range(2):
        answer = member.post(f"{CHOOSE}{dns.pk}/", {"level": 3})
    said = "You already have this skill: change its level on your record"
    assert text(answer).count(said) == 2
    assert me.skills_held.count() == 1


def test_a_save_that_loses_the_race_says_so_too(me, member, dns, monkeypatch):
    make_held(me, dns, 2)
    monkeypatch.setattr(SkillHeld, "validate_constraints", lambda *a, **k: None)
    answer = member.post(f"{CHOOSE}{dns.pk}/", {"level": 3})
    assert text(answer).count("You already have this skill") == 2


@pytest.mark.django_db(transaction=True)
def test_pressing_save_twice_at_once_adds_one_skill(me, member, dns):
    address = f"{CHOOSE}{dns.pk}/"
    outcomes = race(*[lambda: member.post(address, {"level": 3}).status_code] * 2)
    assert lost(outcomes) == []
    assert sorted(outcomes) == [200, 302]
    assert me.skills_held.count() == 1


def test_a_skill_one_has_leads_to_changing_it(me, member, dns):
    held = make_held(me, dns)
    answer = member.get(f"{CHOOSE}{dns.pk}/")
    assert answer["Location"] == f"{MINE}skills/{held.pk}/"


def test_a_retired_skill_is_not_added(member, dns):
    type(dns).objects.update(retired_on="2026-01-01")
    assert member.post(f"{CHOOSE}{dns.pk}/", {"level": 3}).status_code == 404


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "Choose the level that is most like you"),
        ({"level": "9"}, "Choose the level that is most like you from the list"),
        ({"level": "x"}, "Choose the level that is most like you from the list"),
        ({"level": 2, "since_on": "soon"}, "Enter the day you learnt it as a date"),
        ({"level": 2, "since_on": "23/11/2026"}, "This day is in the future"),
        ({"level": 2, "last_used_on": "01/01/2030"}, "This day is in the future"),
        (
            {"level": 2, "since_on": "2/2/2020", "last_used_on": "1/2/2020"},
            "Enter a day you last used it that is not before you learnt it",
        ),
    ],
)
def test_a_wrong_level_says_what_to_do_twice(me, member, dns, posted, said):
    answer = member.post(f"{CHOOSE}{dns.pk}/", {"can_teach": "on", **posted})
    assert text(answer).count(said) == 2
    assert not me.skills_held.exists()


def confirmed(me, skill, by):
    return make_held(me, skill, 2, confirmed_at=CONFIRMED, confirmed_by=by)


def test_changing_ones_level_clears_its_confirmation(me, member, dns, coordinator):
    held = confirmed(me, dns, coordinator)
    member.post(f"{MINE}skills/{held.pk}/", {"level": 3, "edition": 1})
    held.refresh_from_db()
    assert (held.level, held.confirmed_at, held.confirmed_by) == (3, None, None)


def test_changing_other_things_keeps_the_confirmation(me, member, dns, coordinator):
    held = confirmed(me, dns, coordinator)
    posted = {"level": 2, "can_teach": "on", "edition": 1}
    member.post(f"{MINE}skills/{held.pk}/", posted)
    held.refresh_from_db()
    assert held.can_teach
    assert (held.confirmed_at, held.confirmed_by) == (CONFIRMED, coordinator)


def test_the_table_clears_a_confirmation_on_every_path(me, dns, coordinator):
    confirmed(me, dns, coordinator)
    SkillHeld.objects.update(level=4)
    assert SkillHeld.objects.get().confirmed_at is None
    SkillHeld.objects.update(level=3, confirmed_at=CONFIRMED)
    assert SkillHeld.objects.get().confirmed_at == CONFIRMED


def test_a_level_changed_in_two_tabs_shows_both(me, member, dns):
    held = make_held(me, dns, 2)
    SkillHeld.objects.update(level=1)
    answer = member.post(f"{MINE}skills/{held.pk}/", {"level": 4, "edition": 1})
    said = ("Which is most like you?", "Expert", "Awareness")
    assert said in both_versions(answer)
    held.refresh_from_db()
    assert held.level == 1


def test_a_wish_is_added_once_and_removed(me, member, dns):
    posted = {"q": "dns", "skill": dns.pk}
    assert member.post(WISH, posted)["Location"] == f"{MINE}#learningwish"
    again = text(member.post(WISH, posted))
    assert again.count("This is already on your list to learn") == 2
    wish = me.learning_wishes.get()
    member.post(f"{MINE}wishes/{wish.pk}/remove/", {"edition": 1})
    assert not LearningWish.objects.exists()


@pytest.mark.parametrize("skill", ["", "x", "9" * 40])
def test_a_wish_for_nothing_says_what_to_do(me, member, dns, skill):
    answer = member.post(WISH, {"q": "dns", "skill": skill})
    assert text(answer).count("Choose a skill") == 2
    assert not me.learning_wishes.exists()
