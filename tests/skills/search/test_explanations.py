"""Why somebody does or does not turn up: what the search itself does, in words."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from partners.models import Absence, StaffMember
from skills.search.explanations import explain, explainable_to
from skills.views.search import matching
from tests.factories import (
    LONG_AGO,
    make_absence,
    make_alias,
    make_held,
    make_holiday,
    make_partner,
    make_person,
    make_skill,
    make_working_week,
)

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def why(partnership_coordinator):
    """What the partnership coordinator is told about somebody and an address."""

    def told(person, q, user=partnership_coordinator, **filters):
        request = RequestFactory().get("/skills/why/", {"q": q, **filters})
        request.user = user
        return explain(matching(request), person)

    return told


@pytest.fixture
def ada(exchange):
    return StaffMember.objects.get(name="Ada Able")


def test_who_turns_up_has_a_position(why, ada, exchange):
    make_held(make_person(name="Zed"), exchange, 4)
    told = why(ada, "exchange")
    assert (told.turns_up, told.position, told.total) == (True, 2, 2)
    assert told.holds == ["Microsoft Exchange Server at Practitioner"]
    assert told.reasons == []


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"level": 4}, "asks for Expert or above: Microsoft Exchange Server at Prac"),
        ({"teach": 1}, "does not say that they can teach Microsoft Exchange Server"),
        ({"confirmed": 1}, "Microsoft Exchange Server was never confirmed"),
        ({"willing": 1}, "does not say that they are willing"),
        ({"partner": "boston"}, "asks for Boston: Ada Able is at Lincoln"),
        ({"level": 9}, "There is no level “9”"),
    ],
)
def test_each_filter_says_what_it_excludes(why, ada, boston, filters, reason):
    told = why(ada, "exchange", **filters)
    assert not told.turns_up
    assert len(told.reasons) == 1
    assert reason in told.reasons[0]


def test_each_of_several_filters_is_named(why, ada, boston):
    told = why(ada, "exchange boston", level=4, willing=1)
    assert len(told.reasons) == 3


def test_a_category_is_named(why, ada):
    category = make_skill("Terraform", "Cloud").category_id
    (reason,) = why(ada, "exchange", category=category).reasons
    assert "category asked for" in reason


def test_the_last_confirmation_is_dated(why, ada):
    ada.skills_held.update(confirmed_at=datetime(2025, 5, 3, 9, tzinfo=UTC))
    (reason,) = why(ada, "exchange", confirmed=1).reasons
    assert reason == "Microsoft Exchange Server was last confirmed on 3 May 2025"
    (reason,) = why(ada, "able", confirmed=1).reasons
    assert reason == "Their record was never confirmed"


def test_what_one_skill_would_meet_two_do_not(why, ada, exchange):
    make_held(ada, make_skill("Terraform"), 4)
    ada.skills_held.filter(skill=exchange).update(can_teach=True)
    assert why(ada, "exchange, terraform", level=4).turns_up
    (reason,) = why(ada, "exchange, terraform", level=4, teach=1).reasons
    assert reason == "None of their skills meets all the filters at once"


def _today(why, ada):
    return why(ada, "exchange", today=1).reasons


def test_days_off_are_told(why, ada, lincoln):
    make_absence(ada, TUESDAY.date(), TUESDAY.date() + timedelta(days=9))
    make_holiday(TUESDAY.date(), "Founders", kind="local", partner=lincoln)
    assert _today(why, ada) == [
        "Today is a bank holiday at Lincoln: Founders",
        "They are away until 3 December 2026",
    ]
    Absence.objects.update(ends_on=None)
    assert "until further notice" in _today(why, ada)[1]


def test_a_day_nobody_works_is_told(why, ada):
    ada.working_days.filter(weekday=2).delete()
    assert _today(why, ada) == ["Tuesday is not a working day of theirs"]
    ada.working_days.all().delete()
    assert "on which days they work" in _today(why, ada)[0]


def test_who_holds_nothing_of_it_is_told_and_shown_what_is_near(why, ada):
    make_skill("Terraform")
    told = why(ada, "terraform")
    assert told.reasons == [
        "Ada Able does not have any of the skills that “terraform” matches: Terraform"
    ]
    assert "add the skill" in told.remedies[0]
    assert told.near == []


def test_words_nobody_knows_are_told(why, ada):
    (reason,) = why(ada, "quixotry").reasons
    assert reason == "“quixotry” is neither a skill nor in their name or post"
    assert "was not understood" in why(ada, "???").reasons[0]


def test_a_skill_that_comes_near_may_want_another_name(why, ada):
    told = why(ada, "exchanging post tower")
    assert not told.turns_up
    assert [skill.name for skill in told.near] == ["Microsoft Exchange Server"]
    assert "another name of Microsoft Exchange Server" in told.remedies[1]


def test_a_retired_skill_is_told(why, ada):
    old = make_skill("Lotus Notes", retired_on=LONG_AGO)
    make_alias(old, "Domino")
    make_held(ada, old, 4)
    for query in ("lotus notes", "domino"):
        told = why(ada, query)
        assert "They hold Lotus Notes, which was retired" in told.reasons[-1]
        assert "on 1 January 2020" in told.reasons[-1]


def test_who_left_is_told_to_who_keeps_the_record(why, ada, lincoln):
    ada.left_on = LONG_AGO
    ada.save()
    (reason,) = why(ada, "exchange").reasons
    assert reason == "Ada Able left on 1 January 2020: leavers are never shown"


def test_a_partner_that_left_takes_its_people_along(why, ada, lincoln):
    lincoln.left_on = LONG_AGO
    lincoln.save()
    ada.refresh_from_db()
    assert "Lincoln left the partnership" in why(ada, "exchange").reasons[0]


def test_one_asks_about_those_whose_records_one_keeps_and_oneself(
    ada, coordinator, staff_user, reader, stranger, leaver, partnership_coordinator
):
    def asked(user):
        return set(explainable_to(user).values_list("name", flat=True))

    assert asked(coordinator) == {"Olive Ours", "Sandy Staff", "Lee Leaver"}
    assert asked(staff_user) == {"Sandy Staff"}
    assert asked(reader) == asked(stranger) == asked(leaver) == set()
    assert len(asked(partnership_coordinator)) == 4


QUERIES = (
    *("", "exchange", "exchnge", "vpn", "vpn partner", "dns, vpn", "person", "officer"),
    *("terraform cloud", "quixotry", "person 1", "dns and exchange", "!!", "lincoln"),
)
FILTERS = ("level", "teach", "confirmed", "today", "willing", "partner", "category")


def _crowd(chance):
    """People with skills, hours, absences and willingness drawn by lot."""
    skills = [make_skill(n) for n in ("VPN", "DNS", "Terraform", "Exchange", "Citrix")]
    skills[4].retired_on = LONG_AGO
    skills[4].save()
    partners = [make_partner("Lincoln"), make_partner("Partner two")]
    for _ in range(25):
        left = chance.choice([None, None, None, LONG_AGO])
        willing = chance.random() < 0.5
        partner = chance.choice(partners)
        person = make_person(partner, is_willing_to_help=willing, left_on=left)
        make_working_week(person, chance.choice([(1, 2), (3, 4), ()]))
        if chance.random() < 0.2:
            make_absence(person, TUESDAY.date())
        for skill in chance.sample(skills, chance.randrange(4)):
            confirmed = chance.choice([None, timezone.now()])
            said = {"can_teach": chance.random() < 0.5, "confirmed_at": confirmed}
            make_held(person, skill, chance.randrange(1, 5), **said)
    return skills


def _filters(chance, skills):
    values = {"level": chance.randrange(1, 5), "partner": "lincoln"}
    values |= {"category": skills[0].category_id}
    chosen = chance.sample(FILTERS, chance.randrange(4))
    return {name: values.get(name, 1) for name in chosen}


@pytest.mark.parametrize("seed", range(6))
def test_turning_up_is_what_the_search_says_it_is(why, partnership_coordinator, seed):
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    skills = _crowd(chance)
    people = list(StaffMember.objects.order_by("pk"))
    for _ in range(20):
        query, filters = chance.choice(QUERIES), _filters(chance, skills)
        request = RequestFactory().get("/skills/", {"q": query, **filters})
        request.user = partnership_coordinator
        ids = [row.staff_id for row in matching(request).ask().rows]
        for person in chance.sample(people, 8):
            told = why(person, query, **filters)
            assert told.turns_up == (person.pk in ids), (query, filters)
            assert told.turns_up != bool(told.reasons), (query, filters)
            assert not told.turns_up or ids[told.position - 1] == person.pk
