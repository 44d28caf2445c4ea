"""The rules of relations between skills, in the form and in the table."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners import refusals
from skills.models import SkillRelation
from skills.models.relation import GOES_ROUND
from tests.constraints import assert_guarded, assert_sentence, constraints_of
from tests.factories import make_relation, make_skill
from tests.races import broken_constraint, lost, race

BROADER, RELATED = SkillRelation.Kind.BROADER, SkillRelation.Kind.RELATED


@pytest.fixture
def skills(db):
    """Three skills, the oldest first."""
    return [make_skill(name) for name in ("Intune", "Devices", "Support")]


def to_itself(first, *others):
    return SkillRelation(skill=first, other=first, kind=RELATED)


def out_of_order(first, second, third):
    return SkillRelation(skill=second, other=first, kind=RELATED)


def again(first, second, third):
    make_relation(second, first, BROADER)
    return SkillRelation(skill=first, other=second, kind=RELATED)


BROKEN = {
    "skills_skillrelation_is_to_another": to_itself,
    "skills_skillrelation_one_a_pair": again,
    "skills_skillrelation_related_in_one_order": out_of_order,
}


@pytest.fixture(params=BROKEN)
def record(request, skills):
    return request.param, BROKEN[request.param](*skills)


def test_every_constraint_has_its_case_here():
    assert sorted(constraints_of(SkillRelation)) == sorted(BROKEN)


def test_the_table_refuses_it_from_whatever_hand(record):
    assert_guarded(record)


@pytest.mark.parametrize("make", [to_itself, again])
def test_a_form_says_what_is_wrong(make, skills):
    names = {make: name for name, make in BROKEN.items()}
    assert_sentence((names[make], make(*skills)))


@pytest.mark.parametrize("act", ["save", "full_clean"])
def test_a_related_pair_is_put_in_order(skills, act):
    relation = out_of_order(*skills)
    getattr(relation, act)()
    assert [relation.skill, relation.other] == skills[:2]


def test_a_broader_skill_stays_on_its_side(skills):
    relation = make_relation(skills[1], skills[0], BROADER)
    assert str(relation) == "Devices is narrower than Intune"


def test_a_form_says_which_skill_is_broader_already(skills):
    intune, devices, support = skills
    make_relation(intune, devices)
    make_relation(devices, support)
    with pytest.raises(ValidationError) as refusal:
        SkillRelation(skill=support, other=intune, kind=BROADER).full_clean()
    assert refusal.value.messages == [
        "Support is already broader than Intune, directly or through others. "
        "Remove that first"
    ]


@pytest.mark.parametrize("ends", [(1, 0), (2, 0), (2, 1)])
def test_the_table_refuses_to_go_round(skills, ends):
    make_relation(skills[0], skills[1])
    make_relation(skills[1], skills[2])
    round_ = SkillRelation(skill=skills[ends[0]], other=skills[ends[1]], kind=BROADER)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        round_.save()
    assert broken_constraint(refusal.value) == GOES_ROUND
    assert "is already broader than" in refusals.sentence(refusal.value)


def test_a_round_within_one_statement_is_refused(skills):
    pairs = zip(skills, [*skills[1:], skills[0]], strict=True)
    rows = [SkillRelation(skill=one, other=two, kind=BROADER) for one, two in pairs]
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillRelation.objects.bulk_create(rows)


def test_a_change_may_not_go_round_either(skills):
    intune, devices, support = skills
    make_relation(intune, devices)
    turned = make_relation(support, devices)
    turned.skill, turned.other = devices, intune
    with pytest.raises(IntegrityError), transaction.atomic():
        turned.save()


def test_a_relation_may_be_saved_again_and_turned(skills):
    relation = make_relation(skills[0], skills[1])
    relation.source = "somebody's word"
    relation.full_clean()
    relation.save()
    relation.skill, relation.other = relation.other, relation.skill
    relation.full_clean()
    relation.save()
    assert relation.version == 3


def test_two_ways_up_are_no_round(skills):
    intune, devices, support = skills
    for ends in ((intune, devices), (intune, support), (devices, support)):
        make_relation(*ends).full_clean()
    assert SkillRelation.objects.count() == 3


def test_a_relation_goes_with_its_skill(skills):
    make_relation(skills[0], skills[1])
    make_relation(skills[2], skills[0], RELATED)
    skills[0].delete()
    assert not SkillRelation.objects.exists()
    events = SkillRelation._meta.get_field("events").related_model.objects
    assert events.filter(pgh_label="delete").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_make_a_round():
    one, two, three = (make_skill() for _ in range(3))
    make_relation(one, two)
    outcomes = race(
        lambda: make_relation(two, three), lambda: make_relation(three, one)
    )
    [error] = lost(outcomes)
    assert broken_constraint(error) == GOES_ROUND
    assert SkillRelation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_relation_of_a_pair():
    one, two = make_skill(), make_skill()
    outcomes = race(
        lambda: make_relation(one, two, RELATED), lambda: make_relation(one, two)
    )
    [error] = lost(outcomes)
    assert broken_constraint(error) == "skills_skillrelation_one_a_pair"
