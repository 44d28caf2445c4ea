"""The catalogue: coordinators read it, the partnership coordinator keeps it."""

import pytest

from skills.models import Category, Skill, SkillHeld, UnansweredSearch
from tests.administration import asked, complaints, listing, page, row, saved, typed
from tests.factories import (
    LONG_AGO,
    make_alias,
    make_held,
    make_person,
    make_skill,
)

SKILLS = "/admin/skills/skill/"


@pytest.fixture
def skill(db):
    return make_skill("Kubernetes")


def shown(client, asking=""):
    return client.get(SKILLS + asking).context["cl"].result_list


def test_the_partnership_coordinator_names_a_skill_and_its_alias(chief, skill):
    posted = typed(chief, page(skill)) | {"name": "Kubernetes (K8s)"}
    posted |= row("aliases", text="K8s", kind="abbreviation", source="field knowledge")
    assert saved(chief.post(page(skill), posted))
    skill.refresh_from_db()
    assert skill.name == "Kubernetes (K8s)"
    assert skill.aliases.get().text == "K8s"


def test_two_skills_do_not_share_a_name(chief, skill):
    posted = typed(chief, page(make_skill("DNS"))) | {"name": "kuber-netes"}
    answer = chief.post(page(Skill.objects.get(name="DNS")), posted)
    assert complaints(answer)[0].startswith("There is already a skill with this name")


def test_a_coordinator_reads_a_skill_and_changes_nothing(keeping, skill):
    alias = make_alias(skill, "K8s")
    answer = keeping.get(page(skill))
    assert "Kubernetes" in answer.text
    assert 'name="_save"' not in answer.text
    forged = {"name": "Taken", **row("aliases", id=alias.pk, text="Taken")}
    for name in ("change", "delete"):
        assert asked(keeping, page(skill, name), forged | {"post": "yes"})[1] == []
    assert asked(keeping, SKILLS + "add/", forged)[1] == []


def test_a_coordinator_adds_and_renames_no_category(keeping, skill):
    for address in (listing(Category, "add"), page(skill.category)):
        assert asked(keeping, address, {"name": "Taken"})[1] == []


def test_a_retired_skill_is_the_partnership_coordinator_s_to_bring_back(
    chief, keeping, skill
):
    Skill.objects.update(retired_on=LONG_AGO)
    assert list(shown(keeping)) == []
    posted = typed(chief, page(skill)) | {"retired_on": ""}
    assert saved(chief.post(page(skill), posted))
    assert list(shown(keeping)) == [skill]


def test_a_skill_somebody_holds_is_not_deleted(chief, skill):
    make_held(make_person(), skill)
    assert asked(chief, page(skill, "delete"), {"post": "yes"})[1] == []


@pytest.mark.parametrize("q", ["k8s", "kubernetes", "engine", "%", "c++"])
def test_other_names_are_counted_whatever_is_searched(chief, skill, q):
    for alias in ("K8s", "Kubernetes Engine", "Kubernetes Service"):
        make_alias(skill, alias)
    rows = shown(chief, f"?q={q.replace('%', '%25').replace('+', '%2B')}")
    expected = [] if q in {"%", "c++"} else [3]
    assert [row.alias_count for row in rows] == expected


def test_a_search_nobody_answered_is_read_and_deleted_when_dealt_with(chief):
    asked_for = UnansweredSearch.objects.create(
        words="flux", key="flux", last_asked_on=LONG_AGO
    )
    assert "flux" in chief.get(page(asked_for)).text
    assert chief.post(page(asked_for), {"words": "x"}).status_code == 403
    assert chief.get(listing(UnansweredSearch, "add")).status_code == 403
    assert saved(chief.post(page(asked_for, "delete"), {"post": "yes"}))
    assert not UnansweredSearch.objects.exists()


def test_a_protected_row_met_too_late_is_said_over_the_list(chief, monkeypatch):
    skill = make_skill()

    def delete(self, request, record):
        record.category.delete()

    monkeypatch.setattr("skills.admin.catalogue.SkillAdmin.delete_model", delete)
    answer = chief.post(page(skill, "delete"), {"post": "yes"}, follow=True)
    assert f"This is still used by {skill.name}: change that first" in answer.text
    assert Skill.objects.exists()
    assert Category.objects.exists()


def _one_more(number):
    skill = make_skill(category=f"Category {number}")
    make_alias(skill, "one")
    make_held(make_person(), skill)
    UnansweredSearch.objects.create(
        words=f"w{number}", key=f"w{number}", last_asked_on=LONG_AGO
    )


@pytest.mark.parametrize(
    ("model", "queries"),
    [(Skill, 6), (Category, 5), (SkillHeld, 6), (UnansweredSearch, 5)],
)
def test_a_list_asks_as_much_for_one_row_as_for_twenty(
    chief, django_assert_num_queries, model, queries
):
    _one_more(0)
    for more in (range(1, 2), range(2, 20)):
        for number in more:
            _one_more(number)
        with django_assert_num_queries(queries):
            assert chief.get(listing(model)).status_code == 200
