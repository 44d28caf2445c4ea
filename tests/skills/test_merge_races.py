"""Two hands at the same skills: one merges or undoes, the other is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import Appointment
from skills.catalogue.merge import merge, undo
from skills.catalogue.merge_plan import Plan
from skills.models import Skill, SkillHeld, SkillMerge
from tests.factories import (
    appoint,
    make_held,
    make_person,
    make_skill,
    make_user,
    make_wish,
)
from tests.races import lost, race
from tests.skills.catalogue.test_merge import everything, merged

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief():
    user = make_user()
    appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    assert user.standing.is_partnership_coordinator
    return user


@pytest.fixture
def pair():
    pair = make_skill("MS Teams admin"), make_skill("Microsoft Teams")
    make_held(make_person(), pair[0], 3)
    return pair


def asked(by, pair):
    seen = Plan(*pair).fingerprint
    return lambda: merge(
        by=by, from_skill=pair[0], into_skill=pair[1], fingerprint=seen
    )


def test_one_of_two_merges_counts(chief, pair):
    [error] = lost(race(asked(chief, pair), asked(chief, pair)))
    assert isinstance(error, ValidationError)
    assert SkillMerge.objects.count() == 1


def test_two_skills_are_not_merged_into_each_other(chief, pair):
    [error] = lost(race(asked(chief, pair), asked(chief, pair[::-1])))
    assert isinstance(error, ValidationError)
    assert Skill.objects.filter(merged_into__isnull=False).count() == 1


def test_one_of_two_undoings_counts(chief, pair):
    done = merged(chief, pair)
    attempt = lambda: undo(by=chief, merge=done)  # noqa: E731 – the same twice
    [error] = lost(race(attempt, attempt))
    assert isinstance(error, ValidationError)
    assert SkillHeld.objects.get().skill == pair[0]


def test_whoever_adds_a_holder_meanwhile_is_not_lost(chief, pair):
    person = make_person()
    outcomes = race(asked(chief, pair), lambda: make_held(person, pair[0]))
    [error] = lost(outcomes)
    assert isinstance(error, ValidationError | IntegrityError)
    # Either the merge stopped, or the new row was refused: none is left behind.
    is_merged = Skill.objects.filter(merged_into__isnull=False).exists()
    assert SkillHeld.objects.filter(skill=pair[0]).exists() is not is_merged


def test_the_table_keeps_two_merges_from_making_a_chain(pair):
    third = make_skill("Collaboration")
    Skill.objects.update(retired_on="2026-11-01")
    outcomes = race(
        lambda: Skill.objects.filter(pk=pair[0].pk).update(merged_into=pair[1]),
        lambda: Skill.objects.filter(pk=pair[1].pk).update(merged_into=third),
    )
    [error] = lost(outcomes)
    assert isinstance(error, IntegrityError)


LEVELS = st.none() | st.tuples(
    st.integers(1, 4), st.sampled_from([None, "2026-05-01T09:00Z", "2026-06-01T09:00Z"])
)
PEOPLE = st.lists(
    st.tuples(LEVELS, LEVELS, st.booleans(), st.booleans(), st.booleans()), max_size=5
)


def hold(person, skill, told, can_teach):
    if told:
        level, confirmed_at = told
        make_held(person, skill, level, confirmed_at=confirmed_at, can_teach=can_teach)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PEOPLE)
def test_merging_and_undoing_changes_nothing(chief, people):
    pair = make_skill(), make_skill()
    for one, other, can_teach, *wishes in people:
        person = make_person()
        hold(person, pair[0], one, can_teach)
        hold(person, pair[1], other, not can_teach)
        for skill, is_wished in zip(pair, wishes, strict=True):
            if is_wished:
                make_wish(person, skill)
    before = everything()
    undo(by=chief, merge=merged(chief, pair))
    assert everything() == before
