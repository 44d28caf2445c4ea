"""What is told of relations between skills, and who adds and removes them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from skills.catalogue.relations import (
    add_relation,
    by_side,
    neighbours,
    remove_relation,
)
from skills.models import SkillRelation
from tests.factories import make_held, make_person, make_relation, make_skill

RELATED = SkillRelation.Kind.RELATED


@pytest.fixture
def networking(db):
    return make_skill("Networking")


def told(user, *skills, **how):
    found = neighbours(user, [skill.pk for skill in skills], **how)
    return [(near.skill.name, near.said, near.holders) for near in found]


def test_each_neighbour_is_told_in_words_the_narrower_first(
    networking, staff_user, boston
):
    broader, narrower = make_skill("Infrastructure"), make_skill("Routing")
    related = make_skill("Cabling")
    make_relation(networking, broader)
    make_relation(narrower, networking)
    make_relation(related, networking, RELATED)
    make_held(make_person(boston), related)
    assert told(staff_user, networking) == [
        ("Routing", "narrower than Networking", 0),
        ("Cabling", "related to Networking", 1),
        ("Infrastructure", "broader than Networking", 0),
    ]


def test_the_page_lists_the_broader_first(networking, staff_user):
    make_relation(networking, make_skill("Infrastructure"))
    found = by_side(neighbours(staff_user, [networking.pk]))
    assert [(side.label, len(near)) for side, near in found] == [
        ("Broader", 1),
        ("Narrower", 0),
        ("Related", 0),
    ]


def test_those_most_often_held_come_first(networking, staff_user, boston):
    for name, people in (("Routing", 1), ("Switching", 2), ("Bridging", 0)):
        skill = make_skill(name)
        make_relation(skill, networking)
        for _ in range(people):
            make_held(make_person(boston), skill)
    names = [name for name, *_ in told(staff_user, networking)]
    assert names == ["Switching", "Routing", "Bridging"]


def test_leavers_are_not_counted(networking, staff_user, leaver):
    routing = make_skill("Routing")
    make_relation(routing, networking)
    make_held(leaver.person, routing)
    assert told(staff_user, networking) == [("Routing", "narrower than Networking", 0)]


def test_a_retired_skill_is_left_out_unless_asked_for(networking, staff_user):
    old = make_skill("Token Ring", retired_on="2020-01-01")
    make_relation(old, networking)
    assert told(staff_user, networking) == []
    assert len(told(staff_user, networking, with_retired=True)) == 1


def test_skills_asked_for_together_are_not_told_of_each_other(networking, staff_user):
    routing, bgp = make_skill("Routing"), make_skill("BGP")
    make_relation(routing, networking)
    make_relation(bgp, routing)
    make_relation(bgp, networking)
    [(name, said, _)] = told(staff_user, networking, routing)
    assert (name, said.split()[0]) == ("BGP", "narrower")


def test_many_relations_take_one_question(
    networking, staff_user, django_assert_num_queries
):
    for _ in range(20):
        make_relation(make_skill(), networking)
    staff_user.standing.is_stranger  # noqa: B018
    with django_assert_num_queries(1):
        assert len(told(staff_user, networking)) == 20


@pytest.mark.parametrize(
    ("side", "kept"),
    [
        ("broader", "Networking is narrower than Routing"),
        ("narrower", "Routing is narrower than Networking"),
        ("related", "Networking is related to Routing"),
    ],
)
def test_each_side_is_kept_as_it_was_said(
    networking, partnership_coordinator, side, kept
):
    routing, by = make_skill("Routing"), partnership_coordinator
    said = {"side": side, "source": " my  word "}
    relation = add_relation(by=by, skill=networking, other=routing, **said)
    assert (str(relation), relation.source) == (kept, "my word")


def test_a_rule_that_is_broken_is_said(networking, partnership_coordinator):
    said = {"by": partnership_coordinator, "side": "broader", "source": "me"}
    with pytest.raises(ValidationError, match="choose another skill"):
        add_relation(skill=networking, other=networking, **said)


@pytest.mark.parametrize("edition", [1, 2])
def test_a_relation_is_removed_as_it_was_read(
    networking, partnership_coordinator, edition
):
    relation = make_relation(networking, make_skill())
    removed = remove_relation(
        by=partnership_coordinator,
        skill=networking,
        relation_id=relation.pk,
        edition=edition,
    )
    assert bool(removed) == (edition == 1)
    assert SkillRelation.objects.exists() == (edition == 2)


def test_a_relation_of_other_skills_is_not_removed_here(
    networking, partnership_coordinator
):
    relation = make_relation(make_skill(), make_skill())
    whose = {"by": partnership_coordinator, "skill": networking}
    assert remove_relation(**whose, relation_id=relation.pk, edition=1) is None
    assert SkillRelation.objects.exists()


def test_only_the_partnership_coordinator_keeps_relations(networking, coordinator):
    relation = make_relation(networking, make_skill())
    whose = {"by": coordinator, "skill": networking}
    with pytest.raises(PermissionDenied):
        remove_relation(**whose, relation_id=relation.pk, edition=1)
    with pytest.raises(PermissionDenied):
        add_relation(**whose, other=make_skill(), side="related", source="me")
