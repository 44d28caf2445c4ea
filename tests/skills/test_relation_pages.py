"""The pages on which relations are read and kept, and the search that offers them."""

import pytest
from django.db import IntegrityError

from skills.models import SkillRelation
from tests.factories import (
    LONG_AGO,
    make_alias,
    make_held,
    make_person,
    make_relation,
    make_skill,
)
from tests.skills.pages import text

NOT_THERE = "No skill is called “qqqzzz”: look it up in the list of skills"


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def intune(db):
    return make_skill("Microsoft Intune")


@pytest.fixture
def devices(db):
    skill = make_skill("Mobile device management")
    make_alias(skill, "MDM")
    return skill


def address(skill):
    return f"/skills/catalogue/{skill.pk}/relations/"


def add(chief, skill, other, kind="broader", **more):
    said = {"other": other, "kind": kind, "source": "field knowledge"} | more
    return chief.post(address(skill), said, follow=True)


@pytest.mark.parametrize("name", ["mobile device-management", "MDM"])
def test_a_relation_is_added_by_any_name(chief, intune, devices, name):
    answer = add(chief, intune, name)
    said = "Added: Microsoft Intune is narrower than Mobile device management"
    assert said in text(answer)
    relation = SkillRelation.objects.get()
    assert (relation.skill, relation.other) == (intune, devices)


def test_a_narrower_skill_is_kept_the_other_way(chief, intune, devices):
    add(chief, devices, "Microsoft Intune", "narrower")
    assert SkillRelation.objects.get().other == devices


def test_words_that_are_no_name_are_asked_about(chief, intune, devices):
    answer = add(chief, intune, "mobile devices")
    assert "Which skill do you mean?" in text(answer)
    assert "Choose which of these skills you mean" in text(answer)
    assert 'value="mobile devices"' in answer.content.decode()
    assert not SkillRelation.objects.exists()
    add(chief, intune, "mobile devices", choice=devices.pk)
    assert SkillRelation.objects.get().other == devices


def test_a_name_of_two_skills_is_asked_about(chief, intune, devices):
    make_alias(make_skill("Map data model"), "MDM")
    answer = add(chief, intune, "MDM")
    assert [str(skill) for skill in answer.context["form"].meant] == [
        "Map data model",
        "Mobile device management",
    ]
    assert not SkillRelation.objects.exists()


@pytest.mark.parametrize("choice", ["0", "x", "\0", "9" * 40])
def test_a_forged_choice_is_refused(chief, intune, devices, choice):
    answer = add(chief, intune, "mobile devices", choice=choice)
    assert "Choose which of these skills you mean" in text(answer)
    assert not SkillRelation.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"other": ""}, "Enter the name of the other skill"),
        ({"other": "qqqzzz"}, NOT_THERE),
        ({"other": "a\0"}, "Remove the invisible characters from the name"),
        ({"other": "x" * 101}, "Shorten the name of the other skill to 100"),
        ({"kind": ""}, "Choose whether the other skill is broader"),
        ({"kind": "alike"}, "Choose what the other skill is to this one"),
        ({"source": ""}, "Enter where it comes from"),
        ({"source": "\u200b"}, "Enter where it comes from"),
        ({"other": "Microsoft Intune"}, "choose another skill"),
        ({"other": "Old thing"}, "Old thing”: look it up"),
    ],
)
def test_what_cannot_be_is_said(chief, intune, devices, said, sentence):
    make_skill("Old thing", retired_on=LONG_AGO)
    answer = add(chief, intune, **{"other": "MDM"} | said)
    assert sentence in text(answer)
    assert "There is a problem" in text(answer)
    assert not SkillRelation.objects.exists()


@pytest.mark.parametrize("kind", ["broader", "narrower", "related"])
def test_a_pair_has_one_relation(chief, intune, devices, kind):
    make_relation(intune, devices, SkillRelation.Kind.RELATED)
    assert "already have a relation" in text(add(chief, intune, "MDM", kind))


def test_what_goes_round_is_said(chief, intune, devices):
    make_relation(intune, devices)
    answer = add(chief, devices, "Microsoft Intune")
    said = "Mobile device management is already broader than Microsoft Intune"
    assert f"{said}, directly or through others. Remove that first" in text(answer)


def test_a_race_that_was_lost_is_said(chief, intune, devices, monkeypatch):
    make_relation(intune, devices)
    monkeypatch.setattr(SkillRelation, "full_clean", lambda *_: None)
    answer = add(chief, devices, "Microsoft Intune")
    assert "already broader than the other" in text(answer)


def test_a_refusal_that_is_no_rule_of_ours_is_a_fault(chief, intune, monkeypatch):
    def fail(**_):
        raise IntegrityError

    monkeypatch.setattr("skills.views.relations.add_relation", fail)
    with pytest.raises(IntegrityError):
        add(chief, intune, "Microsoft Intune")


def remove(chief, skill, relation, **said):
    said = {"remove": relation.pk, "edition": relation.version} | said
    return text(chief.post(address(skill), said, follow=True))


def test_a_relation_is_removed_once(chief, intune, devices):
    relation = make_relation(intune, devices)
    said = "Removed: Microsoft Intune is narrower than Mobile device management"
    assert said in remove(chief, devices, relation)
    assert "has been changed or removed" in remove(chief, devices, relation)


@pytest.mark.parametrize(
    "said",
    [
        *({"edition": edition} for edition in ("2", "", "x", "9" * 30, "-1", "１")),
        *({"remove": number} for number in ("", "x", "9" * 30, "\0")),
    ],
)
def test_what_was_not_read_is_not_removed(chief, intune, devices, said):
    relation = make_relation(intune, devices)
    assert "has been changed or removed" in remove(chief, intune, relation, **said)
    assert SkillRelation.objects.exists()


def test_the_page_without_a_relation_says_so(chief, intune):
    assert text(chief.get(address(intune))).count("None is recorded.") == 3


def test_the_page_shows_retired_skills_as_such(chief, intune):
    make_relation(make_skill("Old", retired_on=LONG_AGO), intune)
    assert "Old (retired)" in text(chief.get(address(intune)))
    intune.retired_on = LONG_AGO
    intune.save()
    assert "This skill has been retired" in text(chief.get(address(intune)))


@pytest.mark.parametrize(("page", "asked"), [("relations/", 6), ("", 13)])
def test_the_pages_ask_as_often_for_twenty_relations_as_for_one(
    chief, intune, page, asked, django_assert_num_queries
):
    where = f"/skills/catalogue/{intune.pk}/{page}"
    for number in (1, 19):
        for _ in range(number):
            make_relation(make_skill(), intune)
        with django_assert_num_queries(asked):
            chief.get(where)


def test_the_skill_s_page_tells_what_it_stands_next_to(
    member, chief, intune, devices, boston
):
    make_relation(intune, devices)
    make_relation(make_skill("Token Ring", retired_on=LONG_AGO), intune)
    make_held(make_person(boston), devices)
    said = text(member.get(f"/skills/catalogue/{intune.pk}/"))
    assert "Broader skills Mobile device management 1 person" in said
    assert "Narrower skills" not in said
    assert "Token Ring" not in said
    assert "Add or remove broader" not in said
    assert "Add or remove broader" in text(chief.get(f"/skills/catalogue/{intune.pk}/"))


def test_what_is_told_as_related_is_not_told_again_as_close(
    member, intune, devices, boston
):
    make_relation(intune, devices)
    make_held(make_person(boston), devices)
    around = member.get(f"/skills/catalogue/{intune.pk}/").context
    assert around["close"] == []


def test_the_history_of_both_skills_tells_of_a_relation(chief, intune, devices):
    add(chief, intune, "MDM")
    for skill in (intune, devices):
        said = text(chief.get(f"/skills/catalogue/{skill.pk}/history/"))
        assert "Skill relation: Microsoft Intune" in said
        assert "whole.partnership@council.example" in said


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_a_search_with_few_answers_offers_what_is_next_to_it(
    ask, intune, devices, boston, people
):
    make_relation(intune, devices)
    make_held(make_person(boston), intune)
    for _ in range(people):
        make_held(make_person(boston), devices)
    said = text(ask("mobile device management"))
    offered = "Microsoft Intune , narrower than Mobile device management (1 person)"
    assert (offered in said) == (people < 3)


def test_what_nobody_holds_is_not_offered(ask, intune, devices):
    make_relation(intune, devices)
    assert "narrower than" not in text(ask("mobile device management"))
