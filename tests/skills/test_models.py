"""Each rule of the catalogue and of skills held, in the form and in the table."""

from datetime import UTC, date, datetime

import pytest

from skills.catalogue.loaded import catalogue
from skills.models import (
    Alias,
    Category,
    Certification,
    LearningWish,
    Level,
    Skill,
    SkillHeld,
    catalogue_edition,
)
from tests.constraints import assert_guarded, assert_sentence, constraints_of
from tests.factories import (
    make_alias,
    make_category,
    make_certification,
    make_held,
    make_person,
    make_skill,
    make_user,
    make_wish,
)
from tests.races import broken_constraint, lost, race

MODELS = [Alias, Category, Certification, LearningWish, Skill, SkillHeld]
EARLIER, LATER = date(2020, 1, 1), date(2026, 1, 1)


def skill_again(person):
    make_skill("Wi-Fi")
    return Skill(name="WiFi", key="wifi", category=make_category())


def alias_again(person):
    skill = make_skill()
    make_alias(skill, "O-365")
    return Alias(skill=skill, text="O365", key="o365")


def held_again(person):
    held = make_held(person, make_skill())
    return SkillHeld(staff=person, skill=held.skill)


def held(person, **fields):
    return SkillHeld(staff=person, skill=make_skill(), **fields)


def wish_again(person):
    wish = make_wish(person, make_skill())
    return LearningWish(staff=person, skill=wish.skill)


def certificate_again(person):
    make_certification(person, "ITIL 4")
    return Certification(staff=person, name="ITIL 4")


def merged_in_use():
    skill = make_skill()
    skill.merged_into = make_skill()
    return skill


def merged_into_itself():
    skill = make_skill(retired_on=EARLIER)
    skill.merged_into = skill
    return skill


BROKEN = {
    "skills_alias_once_a_skill": alias_again,
    "skills_certification_expires_after_award": lambda person: Certification(
        staff=person, name="ITIL 4", awarded_on=LATER, expires_on=EARLIER
    ),
    "skills_certification_once_a_person": certificate_again,
    "skills_learningwish_once_a_person": wish_again,
    "skills_skill_key_is_unique": skill_again,
    "skills_skill_merged_is_retired": lambda person: merged_in_use(),
    "skills_skill_not_merged_into_itself": lambda person: merged_into_itself(),
    "skills_skillheld_confirmed_at_a_time": lambda person: held(
        person, confirmed_by=make_user()
    ),
    "skills_skillheld_level_is_one_of_four": lambda person: held(person, level=5),
    "skills_skillheld_once_a_person": held_again,
    "skills_skillheld_used_after_learning": lambda person: held(
        person, since_on=LATER, last_used_on=EARLIER
    ),
}


@pytest.fixture
def person(boston):
    return make_person(boston)


@pytest.fixture(params=BROKEN)
def record(request, person):
    """A record that breaks one constraint, with the constraint's name."""
    return request.param, BROKEN[request.param](person)


def test_every_constraint_has_its_case_here():
    assert sorted(constraints_of(*MODELS)) == sorted(BROKEN)


def test_a_form_says_what_is_wrong(record):
    assert_sentence(record)


def test_the_table_refuses_it_from_whatever_hand(record):
    assert_guarded(record)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_records_of_the_same_skill_stands():
    person, skill = make_person(), make_skill()
    outcomes = race(
        lambda: make_held(person, skill, 1), lambda: make_held(person, skill, 4)
    )
    [error] = lost(outcomes)
    assert broken_constraint(error) == "skills_skillheld_once_a_person"
    assert SkillHeld.objects.count() == 1


def test_two_skills_may_share_an_alias(db):
    for skill in (make_skill("Active Directory"), make_skill("Anomaly Detection")):
        make_alias(skill, "AD")
    assert Alias.objects.filter(key="ad").count() == 2


def test_at_least_a_level_takes_in_the_levels_above(person):
    skill = make_skill()
    make_held(person, skill, Level.PRACTITIONER)
    assert SkillHeld.objects.at_least(skill, Level.WORKING).exists()
    assert SkillHeld.objects.at_least(skill, Level.PRACTITIONER).exists()
    assert not SkillHeld.objects.at_least(skill, Level.EXPERT).exists()


def test_a_certificate_is_good_on_its_last_day(person):
    certificate = make_certification(person, expires_on=LATER)
    assert not certificate.is_expired(on=LATER)
    assert certificate.is_expired(on=date(2026, 1, 2))
    assert not make_certification(person, "For ever").is_expired()


@pytest.mark.parametrize("level", Level)
def test_each_level_says_what_it_means(level):
    assert level.meaning
    assert level.label == level.name.title()


def test_a_change_of_post_keeps_skills_and_confirmation(person):
    confirmed = datetime(2026, 1, 1, tzinfo=UTC)
    make_held(person, make_skill(), 4, confirmed_at=confirmed)
    person.post = "Head of ICT"
    person.save()
    assert SkillHeld.objects.get().confirmed_at == confirmed


@pytest.mark.parametrize(
    "change",
    [
        lambda skill: make_skill("Another"),
        lambda skill: make_alias(skill, "Nickname"),
        lambda skill: Skill.objects.update(name="Renamed"),
        lambda skill: Category.objects.update(name="Regrouped"),
        lambda skill: skill.delete(),
        lambda skill: Alias.objects.bulk_create(
            [Alias(skill=skill, text="B", key="b")]
        ),
    ],
)
def test_any_change_of_the_catalogue_is_a_new_edition(db, change):
    skill = make_skill()
    before = catalogue_edition()
    change(skill)
    assert catalogue_edition() > before


def test_recording_people_is_no_new_edition(person):
    skill = make_skill()
    before = catalogue_edition()
    make_held(person, skill)
    assert catalogue_edition() == before


def test_the_catalogue_is_read_again_when_it_changes(db):
    skill = make_skill("Kubernetes")
    assert not catalogue().read("k8s").terms
    make_alias(skill, "K8s", Alias.Kind.ABBREVIATION)
    [term] = catalogue().read("k8s").terms
    assert term.matches[0].skill_id == skill.pk


def test_the_catalogue_is_read_once_for_one_edition(db, django_assert_num_queries):
    make_skill("Kubernetes")
    first = catalogue()
    with django_assert_num_queries(2):
        assert catalogue() is first


def test_retired_skills_are_not_searched_for(db):
    make_skill("Novell NetWare", retired_on=date(2020, 1, 1))
    assert not catalogue().read("novell netware").terms
