"""The pages on which two skills are made one, and one has been retired."""

import pytest
from django.urls import reverse

from skills.catalogue.merge import merge, undo
from skills.catalogue.merge_plan import Plan
from skills.models import Skill, SkillHeld, SkillMerge
from tests.factories import (
    CONFIRMED,
    make_alias,
    make_held,
    make_merge,
    make_person,
    make_relation,
    make_skill,
)
from tests.skills.pages import text


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def pair(db):
    return make_skill("MS Teams admin"), make_skill("Microsoft Teams")


def preview(pair):
    address = reverse("skills:merge_skill", args=[pair[0].pk])
    return f"{address}?into={pair[1].pk}"


def press(client, pair, **more):
    fields = {"fingerprint": Plan(*pair).fingerprint} | more
    return client.post(preview(pair), fields, follow=True)


def merged(by, pair):
    seen = Plan(*pair).fingerprint
    return merge(by=by, from_skill=pair[0], into_skill=pair[1], fingerprint=seen)


def test_the_other_skill_is_chosen_by_any_name_of_it(chief, pair):
    make_alias(pair[1], "Teams")
    address = reverse("skills:merge_skill", args=[pair[0].pk])
    response = chief.get(address, {"skill": "teams"})
    assert response.url == preview(pair)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the skill that stays"),
        ("Zorbing", "No skill is called “Zorbing”"),
        ("MS Teams admin", "Choose another skill: this is the one you are merging"),
    ],
)
def test_what_cannot_be_merged_is_said_beside_the_field(chief, pair, typed, sentence):
    address = reverse("skills:merge_skill", args=[pair[0].pk])
    response = chief.get(address, {"skill": typed})
    assert sentence in text(response)
    assert "<title>Error: Merge MS Teams" in response.content.decode()
    assert text(response).count("There is a problem") == 1
    assert f'value="{typed}"' in response.content.decode() or not typed


def test_the_preview_says_what_would_happen_to_whom(chief, pair):
    one, both = make_person(name="Ada First"), make_person(name="Bea Both")
    make_held(one, pair[0], 2)
    make_held(both, pair[0], 4)
    make_held(both, pair[1], 1, confirmed_at=CONFIRMED)
    page = text(chief.get(preview(pair)))
    levels = "Awareness Expert Not confirmed Awareness Confirmed 1 October 2026"
    assert levels in page
    assert "1 person holds only MS Teams admin" in page
    assert "1 person holds both" in page
    assert "Ada First" in page
    assert "Bea Both" in page
    assert SkillHeld.objects.filter(skill=pair[0]).count() == 2


def test_the_preview_warns_of_a_name_that_means_others_too(chief, pair):
    make_alias(make_skill("Collaboration"), "MS Teams admin")
    assert "means or looks like “Collaboration” too" in text(chief.get(preview(pair)))


def test_the_preview_names_the_relations_that_stay_behind(chief, pair):
    make_relation(pair[0], make_skill("Collaboration"))
    page = text(chief.get(preview(pair)))
    assert "Its relations do not go along" in page
    assert "MS Teams admin is narrower than Collaboration" in page


def test_pressing_the_button_merges(chief, pair):
    make_held(make_person(), pair[0], 2)
    page = text(press(chief, pair))
    assert "“MS Teams admin” has been merged into Microsoft Teams" in page
    assert SkillHeld.objects.get().skill == pair[1]


def test_who_read_an_older_preview_reads_the_new_one_first(chief, pair):
    seen = Plan(*pair).fingerprint
    make_held(make_person(name="Ada First"), pair[0])
    page = text(press(chief, pair, fingerprint=seen))
    assert "nothing is merged yet" in page
    assert page.count("There is a problem") == 1
    assert "Ada First" in page
    assert not SkillMerge.objects.exists()


@pytest.mark.parametrize("into", ["999999", "9" * 18])
def test_a_forged_skill_is_not_found(chief, pair, into):
    address = reverse("skills:merge_skill", args=[pair[0].pk])
    assert chief.get(address, {"into": into}).status_code == 404


@pytest.mark.parametrize("into", ["", "x", "-1", "\x00", "9" * 40])
def test_an_address_that_names_no_skill_asks_for_one(chief, pair, into):
    address = reverse("skills:merge_skill", args=[pair[0].pk])
    assert "See what would happen" in text(chief.get(address, {"into": into}))


def test_a_merge_into_itself_is_told_not_done(chief, pair):
    page = text(press(chief, (pair[0], pair[0])))
    assert "Choose another skill" in page
    assert not SkillMerge.objects.exists()


def test_the_page_of_the_merged_skill_leads_on(
    client_of, staff_user, pair, partnership_coordinator
):
    merged(partnership_coordinator, pair)
    address = reverse("skills:skill", args=[pair[0].pk])
    response = client_of(staff_user).get(address)
    assert "Merged into Microsoft Teams on" in text(response)
    assert f'href="/skills/catalogue/{pair[1].pk}/"' in response.content.decode()


def test_a_search_by_the_old_name_finds_who_holds_the_other(
    client_of, staff_user, pair, partnership_coordinator
):
    make_held(make_person(name="Ada First"), pair[0])
    merged(partnership_coordinator, pair)
    page = text(client_of(staff_user).get("/skills/", {"q": "MS Teams admin"}))
    assert "Ada First" in page


def test_the_merge_can_be_undone_from_its_page(chief, pair, partnership_coordinator):
    make_held(make_person(name="Ada First"), pair[0], 4)
    done = merged(partnership_coordinator, pair)
    page = text(chief.get(reverse("skills:merge", args=[done.pk])))
    assert "Ada First" in page
    page = text(chief.post(reverse("skills:merge_undo", args=[done.pk]), follow=True))
    assert "“MS Teams admin” is back" in page
    assert SkillHeld.objects.get().skill == pair[0]


def test_what_was_edited_since_is_listed_and_may_stay(
    chief, pair, partnership_coordinator
):
    row = make_held(make_person(name="Ada First"), pair[0])
    done = merged(partnership_coordinator, pair)
    SkillHeld.objects.filter(pk=row.pk).update(level=4)
    address = reverse("skills:merge_undo", args=[done.pk])
    page = text(chief.post(address))
    assert "1 row was edited or removed since the merge" in page
    assert "Versioned since" in page
    chief.post(address, {"leaves_edited": "on"})
    assert SkillHeld.objects.get().skill == pair[1]
    assert not Skill.objects.filter(merged_into__isnull=False).exists()


def test_undoing_twice_is_told(chief, pair, partnership_coordinator):
    done = merged(partnership_coordinator, pair)
    undo(by=partnership_coordinator, merge=done)
    address = reverse("skills:merge_undo", args=[done.pk])
    assert "already undone this merge" in text(chief.post(address, follow=True))


def test_an_empty_list_of_merges_says_so(chief):
    assert "No skills have been merged" in text(chief.get(reverse("skills:merges")))


def test_the_list_can_be_narrowed_and_taken_away(chief, pair, partnership_coordinator):
    merged(partnership_coordinator, pair)
    address = reverse("skills:merges")
    assert "There is no such merge" in text(chief.get(address, {"state": "undone"}))
    assert "There is no state “x”" in text(chief.get(address, {"state": "x"}))
    lines = chief.get(reverse("skills:merges_export")).getvalue().decode().splitlines()
    assert lines[1].startswith("MS Teams admin,Microsoft Teams,")


@pytest.mark.parametrize("merges", [1, 20])
def test_the_list_asks_as_much_for_twenty(chief, merges, django_assert_num_queries):
    for _ in range(merges):
        make_merge()
    with django_assert_num_queries(5):
        chief.get(reverse("skills:merges"))


@pytest.mark.parametrize("people", [1, 20])
def test_the_preview_asks_as_much_for_twenty(
    chief, pair, people, django_assert_num_queries
):
    for _ in range(people):
        make_held(make_person(), pair[0])
    with django_assert_num_queries(14):
        chief.get(preview(pair))


@pytest.mark.parametrize("people", [1, 20])
def test_the_page_of_a_merge_asks_as_much_for_twenty(
    chief, pair, people, partnership_coordinator, django_assert_num_queries
):
    for _ in range(people):
        make_held(make_person(), pair[0])
    done = merged(partnership_coordinator, pair)
    with django_assert_num_queries(8):
        chief.get(reverse("skills:merge", args=[done.pk]))


def test_retiring_shows_who_holds_it_and_can_be_taken_back(chief, pair):
    make_held(make_person(), pair[0], 4)
    address = reverse("skills:retire_skill", args=[pair[0].pk])
    assert "1 person holds it and keeps it" in text(chief.get(address))
    page = text(chief.post(address, {"version": pair[0].version}, follow=True))
    assert "MS Teams admin has been retired" in page
    fields = {"version": pair[0].version + 1, "bring-back": "yes"}
    assert "is back in the catalogue" in text(chief.post(address, fields, follow=True))


@pytest.mark.parametrize("version", ["", "x", "99", "9" * 30, "\x00"])
def test_an_older_page_retires_nothing(chief, pair, version):
    address = reverse("skills:retire_skill", args=[pair[0].pk])
    page = text(chief.post(address, {"version": version}, follow=True))
    assert "Somebody else has changed this skill" in page
    assert Skill.objects.current().count() == 2
