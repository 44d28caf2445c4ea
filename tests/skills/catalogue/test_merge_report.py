"""What a merge kept: whether it still stands, also under and beside other merges."""

from datetime import date

import pytest

from skills.catalogue.merge import EditedSince, undo
from skills.models import Skill, SkillHeld
from tests.factories import CONFIRMED, make_alias, make_held, make_person, make_skill
from tests.skills.catalogue.test_merge import everything, fill, merged


@pytest.fixture
def three(db):
    return [make_skill(name) for name in ("MS Teams admin", "Teams", "Collaboration")]


def merge_again(by, *skills):
    return merged(by, [Skill.objects.get(pk=skill.pk) for skill in skills])


def test_merges_one_upon_another_are_undone_one_by_one(three, partnership_coordinator):
    first, second, third = three
    _, both = fill((first, second))
    make_held(both, third, 1)
    make_alias(third, "MS Teams admin")
    before = everything()
    lower = merge_again(partnership_coordinator, first, second)
    upper = merge_again(partnership_coordinator, second, third)
    undo(by=partnership_coordinator, merge=upper)
    undo(by=partnership_coordinator, merge=lower)
    assert everything() == before


def test_merges_into_the_same_skill_are_undone_one_by_one(
    three, partnership_coordinator
):
    first, stays, other = three
    one, _ = fill((first, stays))
    make_held(one, other, 4, confirmed_at=CONFIRMED)
    before = everything()
    lower = merge_again(partnership_coordinator, first, stays)
    upper = merge_again(partnership_coordinator, other, stays)
    undo(by=partnership_coordinator, merge=upper)
    undo(by=partnership_coordinator, merge=lower)
    assert everything() == before


def test_an_edit_between_two_merges_is_still_told(three, partnership_coordinator):
    one, _ = fill(three[:2])
    lower = merge_again(partnership_coordinator, *three[:2])
    one.skills_held.update(level=1)
    upper = merge_again(partnership_coordinator, *three[1:])
    undo(by=partnership_coordinator, merge=upper)
    with pytest.raises(EditedSince) as caught:
        undo(by=partnership_coordinator, merge=lower)
    assert [row.before["staff_id"] for row in caught.value.rows] == [one.pk]


@pytest.mark.parametrize("level", [1, 4])
def test_who_took_the_skill_off_since_is_not_given_it_back(
    three, partnership_coordinator, level
):
    person = make_person()
    make_held(person, three[0], level)
    make_held(person, three[1], 3)
    done = merge_again(partnership_coordinator, *three[:2])
    person.skills_held.all().delete()
    with pytest.raises(EditedSince):
        undo(by=partnership_coordinator, merge=done)
    undo(by=partnership_coordinator, merge=done, leaves_edited=True)
    assert not person.skills_held.exists()


def test_an_edit_of_what_the_merge_left_alone_is_kept(three, partnership_coordinator):
    person = make_person()
    make_held(person, three[0], 1)
    kept = make_held(person, three[1], 3)
    done = merge_again(partnership_coordinator, *three[:2])
    SkillHeld.objects.filter(pk=kept.pk).update(level=4)
    undo(by=partnership_coordinator, merge=done)
    levels = person.skills_held.values_list("skill", "level")
    assert {*levels} == {(three[0].pk, 1), (three[1].pk, 4)}


def test_days_that_do_not_fit_each_other_are_merged(three, partnership_coordinator):
    person = make_person()
    make_held(person, three[0], since_on=date(2020, 1, 1))
    make_held(person, three[1], last_used_on=date(2015, 1, 1))
    before = everything()
    done = merge_again(partnership_coordinator, *three[:2])
    held = person.skills_held.get()
    assert held.since_on == held.last_used_on == date(2015, 1, 1)
    undo(by=partnership_coordinator, merge=done)
    assert everything() == before
