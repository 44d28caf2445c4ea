"""What is said when nobody was found, and how the words were read."""

from datetime import date
from urllib.parse import unquote

import pytest

from partners.models import Appointment
from skills.catalogue.loaded import catalogue
from skills.matching.catalogue import Grade, Reading, Term
from skills.search import suggestions
from skills.search.people import SearchFilters
from tests.factories import (
    appoint,
    make_alias,
    make_held,
    make_person,
    make_skill,
    make_user,
    make_wish,
)
from tests.skills.readings import NOTHING_ASKED, match, reading, term


@pytest.fixture
def wanted_skill(db):
    return make_skill("Kubernetes", "Servers")


def near(user, *skills, level=None, counts=None):
    asked = reading(*(term(skill) for skill in skills))
    return suggestions.nearby(
        user, asked, SearchFilters(level=level), {"choices": counts or {}}
    )


@pytest.mark.parametrize(
    ("level", "counts", "said"),
    [
        (4, {1: 9, 2: 5, 3: 2, 4: 0}, ("Practitioner", 2)),
        (4, {1: 9, 2: 5, 3: 0, 4: 0}, ("Working", 5)),
        (2, {1: 0, 2: 0, 3: 0, 4: 0}, ("", 0)),
        (None, {1: 9, 2: 5, 3: 2, 4: 0}, ("", 0)),
    ],
)
def test_the_nearest_level_somebody_has_is_said(
    wanted_skill, staff_user, level, counts, said
):
    found = near(staff_user, wanted_skill, level=level, counts=counts)
    assert (found.lower_level, found.lower_count) == said


def test_skills_of_the_same_category_come_before_those_held_together(
    wanted_skill, staff_user, boston
):
    beside, together = make_skill("Docker", "Servers"), make_skill("Python", "Code")
    away = make_skill("Cabling", "Premises")
    ann, ben = make_person(boston), make_person(boston)
    for person, skill in ((ann, together), (ann, wanted_skill), (ben, beside)):
        make_held(person, skill)
    make_held(ben, away)
    assert list(suggestions.adjacent(staff_user, [wanted_skill.pk])) == [
        beside,
        together,
    ]


def test_skills_most_often_held_together_come_first(wanted_skill, staff_user, boston):
    often, seldom = make_skill("Often", "Code"), make_skill("Seldom", "Code")
    for number in range(3):
        person = make_person(boston)
        make_held(person, wanted_skill)
        make_held(person, often)
        if not number:
            make_held(person, seldom)
    assert list(suggestions.adjacent(staff_user, [wanted_skill.pk])) == [often, seldom]


def test_adjacent_skills_count_their_holders(wanted_skill, staff_user, boston):
    beside = make_skill("Docker", "Servers")
    for _ in range(3):
        make_held(make_person(boston), beside)
    [found] = suggestions.adjacent(staff_user, [wanted_skill.pk])
    assert found.holders == 3


def test_adjacent_skills_are_those_somebody_holds(wanted_skill, staff_user, leaver):
    make_skill("Nobody's", "Servers")
    make_held(leaver.person, make_skill("Gone with the leaver", "Servers"))
    assert list(suggestions.adjacent(staff_user, [wanted_skill.pk])) == []


def test_those_who_want_to_learn_are_named_unless_they_left(
    wanted_skill, staff_user, leaver
):
    wish = make_wish(staff_user.person, wanted_skill)
    make_wish(leaver.person, wanted_skill)
    assert near(staff_user, wanted_skill).learners == [wish]


def test_without_a_skill_there_is_nothing_near(staff_user):
    assert near(staff_user) == suggestions.Nearby()


def test_coordinators_are_those_in_force_and_in_post(
    boston, lincoln, coordinator, their_coordinator, leaver
):
    ended = make_user()
    role = Appointment.Role.COORDINATOR
    appoint(ended, role, lincoln, until=date(2021, 1, 1))
    found = suggestions.coordinators()
    assert found == {
        boston.pk: [("Olive Ours", coordinator.email)],
        lincoln.pk: [("Theo Theirs", their_coordinator.email)],
    }
    assert list(suggestions.coordinators([boston.pk])) == [boston.pk]


def test_asking_all_writes_to_every_coordinator(coordinator, their_coordinator):
    address = suggestions.ask_all("vpn & c++")
    people, _, subject = address.partition("?subject=")
    expected = {coordinator.email, their_coordinator.email}
    assert set(people.removeprefix("mailto:").split(",")) == expected
    assert unquote(subject) == "Can anybody help with vpn & c++?"
    assert "&" not in subject


def test_a_line_break_in_the_words_adds_no_line_to_the_message(coordinator):
    address = suggestions.ask_all("vpn\r\nBcc: x@evil.example")
    assert "\r" not in address
    assert "\n" not in address


def test_how_the_words_were_read_is_told(wanted_skill):
    guess = Term("kubernets", (match(wanted_skill, 0.5, Grade.CLOSE),))
    [told] = suggestions.understood(Reading("kubernets", (guess,)))
    assert told.skills == [wanted_skill]
    assert told.is_guess
    assert not told.is_choice


def test_an_alias_of_two_skills_offers_the_choice(db):
    first, second = make_skill("Active Directory"), make_skill("Anomaly detection")
    for skill in (first, second):
        make_alias(skill, "AD", "abbreviation")
    [told] = suggestions.understood(catalogue().read("AD"))
    assert told.is_choice
    assert set(told.skills) == {first, second}


def test_nothing_read_is_nothing_told(db):
    assert suggestions.understood(NOTHING_ASKED) == []
    assert suggestions.did_you_mean(NOTHING_ASKED) == []


def test_suggestions_stay_in_their_order_and_are_few(db):
    skills = [make_skill() for _ in range(7)]
    loose = tuple(match(skill, 0.3, Grade.LOOSE) for skill in reversed(skills))
    told = suggestions.did_you_mean(Reading("typed", suggestions=loose))
    assert told == skills[:1:-1]
