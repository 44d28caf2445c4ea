"""What merging two skills would do, told before it is done."""

from datetime import date

import pytest

from skills.catalogue.merge_plan import Plan, joined, stronger
from skills.models import SkillHeld
from tests.factories import (
    CONFIRMED,
    make_alias,
    make_certification,
    make_held,
    make_person,
    make_skill,
    make_wish,
)

LATER = CONFIRMED.replace(month=11)


def held(level, confirmed_at=None, **fields):
    return SkillHeld(level=level, confirmed_at=confirmed_at, **fields)


@pytest.mark.parametrize(
    ("theirs", "ours", "level"),
    [
        (held(4, CONFIRMED), held(3, CONFIRMED), 4),
        (held(3, CONFIRMED), held(4, CONFIRMED), 4),
        (held(2, CONFIRMED), held(4), 2),
        (held(4), held(2, CONFIRMED), 2),
        (held(4), held(2), 4),
        (held(1), held(3), 3),
    ],
)
def test_the_higher_confirmed_level_stays(theirs, ours, level):
    assert stronger(theirs, ours).level == level


def test_of_two_alike_the_later_confirmation_stays():
    assert stronger(held(3, LATER), held(3, CONFIRMED)).confirmed_at == LATER
    assert stronger(held(3, CONFIRMED), held(3, LATER)).confirmed_at == LATER


def test_who_can_teach_one_of_them_can_teach_it():
    assert joined(held(2, can_teach=True), held(3))["can_teach"] is True


def test_it_is_known_since_the_earlier_day_and_used_on_the_later():
    theirs = held(2, since_on=date(2019, 1, 1), last_used_on=date(2025, 5, 5))
    ours = held(3, since_on=date(2021, 1, 1), last_used_on=date(2026, 6, 6))
    told = joined(theirs, ours)
    assert (told["since_on"], told["last_used_on"]) == (
        theirs.since_on,
        date(2026, 6, 6),
    )


def test_a_day_only_one_of_them_knows_is_kept():
    assert joined(held(2, since_on=date(2019, 1, 1)), held(2))["since_on"].year == 2019
    assert joined(held(2), held(2))["since_on"] is None


@pytest.fixture
def pair(db):
    return make_skill("MS Teams admin"), make_skill("Microsoft Teams")


def test_the_plan_tells_who_holds_one_and_who_both(pair):
    theirs, ours = pair
    one, both = make_person(), make_person()
    make_held(one, theirs)
    make_held(both, theirs, 4)
    make_held(both, ours, 3)
    make_held(make_person(), ours)
    plan = Plan(*pair)
    assert [row.staff_id for row in plan.moved] == [one.pk]
    assert [(b.theirs.level, b.ours.level) for b in plan.both] == [(4, 3)]


def test_the_plan_tells_of_wishes_certificates_and_names(pair):
    theirs, ours = pair
    person = make_person()
    make_wish(person, theirs)
    make_wish(person, ours)
    make_wish(make_person(), theirs)
    make_certification(person, skill=theirs)
    make_alias(theirs, "Teams telephony")
    make_alias(theirs, "Microsoft Teams")
    plan = Plan(*pair)
    assert (len(plan.moved_wishes), len(plan.dropped_wishes)) == (1, 1)
    assert len(plan.certificates) == 1
    assert [alias.text for alias in plan.moved_names] == ["Teams telephony"]
    assert plan.adds_name is True


def test_a_name_that_is_there_already_is_not_added(pair):
    make_alias(pair[1], "ms teams admin")
    assert Plan(*pair).adds_name is False


def test_the_plan_names_other_skills_the_old_name_means(pair):
    other = make_skill("Collaboration")
    make_alias(other, "MS Teams admin")
    assert Plan(*pair).collisions() == [other]


def test_any_change_changes_the_fingerprint(pair):
    seen = {Plan(*pair).fingerprint}
    row = make_held(make_person(), pair[0])
    seen.add(Plan(*pair).fingerprint)
    row.level = 3
    row.save()
    seen.add(Plan(*pair).fingerprint)
    make_alias(pair[1], "Teams")
    seen.add(Plan(*pair).fingerprint)
    assert len(seen) == 4


@pytest.mark.parametrize("holders", [1, 20])
def test_a_plan_asks_as_much_of_twenty_as_of_one(
    pair, holders, django_assert_num_queries
):
    for _ in range(holders):
        person = make_person()
        make_held(person, pair[0])
        make_held(person, pair[1])
    with django_assert_num_queries(5):
        Plan(*pair).people()
