"""Relations between skills, in the administration."""

import pytest

from skills.models import SkillRelation
from tests.administration import asked, complaints, listing, page, saved, typed
from tests.factories import make_relation, make_skill

ADD = "add"


@pytest.fixture
def intune(db):
    return make_skill("Intune")


@pytest.fixture
def autopilot(intune):
    return make_skill("Autopilot")


def added(client, skill, other, kind):
    address = listing(SkillRelation, ADD)
    said = {"skill": skill.pk, "other": other.pk, "kind": kind}
    return client.post(address, typed(client, address) | said)


def test_a_relation_is_added_and_put_in_order(chief, intune, autopilot):
    assert saved(added(chief, autopilot, intune, "related"))
    relation = SkillRelation.objects.get()
    assert (relation.skill, relation.other) == (intune, autopilot)


def test_what_goes_round_is_said(chief, intune, autopilot):
    make_relation(intune, autopilot)
    said = complaints(added(chief, autopilot, intune, "broader"))
    assert any("Autopilot is already broader than Intune" in text for text in said)


def test_a_change_that_lost_the_race_says_so(chief, intune, autopilot, monkeypatch):
    make_relation(intune, autopilot)
    monkeypatch.setattr(SkillRelation, "full_clean", lambda *_, **__: None)
    said = complaints(added(chief, autopilot, intune, "broader"))
    assert any("is already broader than the other" in text for text in said)


def test_a_list_of_many_takes_as_many_questions(
    chief, intune, django_assert_max_num_queries
):
    for _ in range(20):
        make_relation(make_skill(), intune)
    with django_assert_max_num_queries(12):
        assert chief.get(listing(SkillRelation)).status_code == 200


def test_a_coordinator_keeps_no_relation(keeping, intune, autopilot):
    relation = make_relation(intune, autopilot)
    for address in (page(relation), page(relation, "delete"), listing(SkillRelation)):
        assert asked(keeping, address, {"kind": "related", "post": "yes"})[1] == []
