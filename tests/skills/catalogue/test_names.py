"""Names that come too near each other, in the page and in the administration."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from skills.catalogue import names
from skills.models import Alias
from tests.administration import complaints, page, row, saved, typed
from tests.factories import LONG_AGO, make_alias, make_skill
from tests.skills.pages import text


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def directory(db):
    return make_skill("Active Directory")


@pytest.fixture
def other(db):
    """Another skill with another name."""
    skill = make_skill("Terraform")
    make_alias(skill, "AD")
    return skill


@pytest.mark.parametrize(
    ("name", "collides"),
    [
        ("terra-form", True),
        ("a.d", False),
        ("A D", True),
        ("Terrafrom", True),
        ("Teraform", True),
        ("Terraforms", True),
        ("Terafrom", False),
        ("Ansible", False),
        ("AE", False),
        ("!!", False),
    ],
)
def test_a_name_collides_with_the_same_and_with_one_letter_s_slip(
    directory, other, name, collides
):
    found = names.collisions(name, directory.pk)
    assert found == ([other] if collides else [])


def test_neither_itself_nor_a_retired_skill_collides(directory):
    make_skill("Active Directry", retired_on=LONG_AGO)
    assert names.collisions("Active Directory", directory.pk) == []


def test_short_names_are_compared_as_they_are(directory):
    make_skill("SQL")
    assert names.collisions("SQ", directory.pk) == []
    assert names.collisions("sql", directory.pk) != []


def address(skill):
    return f"/skills/catalogue/{skill.pk}/aliases/"


def add(chief, skill, name, **more):
    said = {"text": name, "kind": "other", "source": "field knowledge"} | more
    return chief.post(address(skill), said, follow=True)


def test_a_collision_is_asked_about_and_kept_when_ticked(chief, directory, other):
    answer = add(chief, directory, "AD")
    assert "This name means or looks like “Terraform” too" in text(answer)
    assert "Yes, it means both" in text(answer)
    assert not directory.aliases.exists()
    answer = add(chief, directory, "AD", means_both="on")
    assert "“AD” is now another name for Active Directory" in text(answer)
    assert directory.aliases.get().text == "AD"


def test_the_box_is_not_shown_without_a_collision(chief, directory):
    assert "it means both" not in text(chief.get(address(directory)))
    add(chief, directory, "ADDS", source_address="learn.example/ad")
    assert directory.aliases.get().source_address == "https://learn.example/ad"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter the other name"),
        ("??", "Enter a name with letters or digits"),
        ("active-directory", "That is already the name of Active Directory"),
        ("adds", "Active Directory already has that name"),
        ("a\0", "Remove the invisible characters"),
    ],
)
def test_what_cannot_be_a_name_is_said(chief, directory, name, sentence):
    make_alias(directory, "ADDS")
    assert sentence in text(add(chief, directory, name))
    assert directory.aliases.count() == 1


def test_a_name_is_removed_once(chief, directory):
    pk = make_alias(directory, "ADDS").pk
    answer = chief.post(address(directory), {"remove": pk}, follow=True)
    assert "“ADDS” is no longer a name of Active Directory" in text(answer)
    for forged in (pk, "x", "9" * 30, "-1"):
        answer = chief.post(address(directory), {"remove": forged}, follow=True)
        assert "already been removed" in text(answer)


def test_the_name_of_another_skill_is_not_removed_here(chief, directory, other):
    chief.post(address(directory), {"remove": other.aliases.get().pk})
    assert other.aliases.exists()


def test_the_page_asks_as_often_for_twenty_names_as_for_one(
    chief, directory, django_assert_num_queries
):
    for number in range(20):
        make_alias(directory, f"Name {number}")
        if number in (0, 19):
            with django_assert_num_queries(5):
                chief.get(address(directory))


def test_the_administration_asks_the_same(chief, directory, other):
    posted = typed(chief, page(directory))
    named = {"text": "AD", "kind": "abbreviation", "source": "field knowledge"}
    answer = chief.post(page(directory), posted | row("aliases", **named))
    assert "looks like “Terraform” too" in " ".join(complaints(answer))
    ticked = row("aliases", **named, means_both="on")
    assert saved(chief.post(page(directory), posted | ticked))
    assert directory.aliases.get().text == "AD"


def test_the_administration_leaves_names_alone_that_stand(chief, directory, other):
    make_alias(directory, "AD")
    posted = typed(chief, page(directory)) | {"description": "Logins"}
    assert saved(chief.post(page(directory), posted))


def test_a_new_skill_in_the_administration_is_asked_too(chief, directory, other):
    said = {"name": "Ansible", "category": directory.category_id, "kind": "product"}
    named = row("aliases", text="AD", kind="other", source="x")
    answer = chief.post("/admin/skills/skill/add/", said | named)
    assert "looks like" in " ".join(complaints(answer))


def test_only_the_partnership_coordinator_names(coordinator, directory):
    alias = make_alias(directory, "ADDS")
    for attempt in (
        lambda: names.add_alias(by=coordinator, skill=directory, text="X"),
        lambda: names.add_skill(by=coordinator, name="X", category=None),
        lambda: names.remove_alias(by=coordinator, skill=directory, alias_id=alias.pk),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Alias.objects.count() == 1


def test_a_skill_is_found_by_name_then_by_the_one_it_may_mean(directory, other):
    assert names.skill_named("active directory") == directory
    assert names.skill_named("ad") == other
    make_alias(directory, "AD")
    with pytest.raises(ValidationError, match="means several skills: write “Act"):
        names.skill_named("ad")
