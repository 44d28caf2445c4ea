"""Merging two skills, taking it back, retiring one and bringing it back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from partners.refusals import sentence
from skills.catalogue.merge import EditedSince, bring_back, merge, retire, undo
from skills.catalogue.merge_plan import MODELS, Plan, columns_of
from skills.models import Alias, Skill, SkillHeld, SkillMerge
from tests.factories import (
    CONFIRMED,
    make_alias,
    make_certification,
    make_held,
    make_merge,
    make_person,
    make_skill,
    make_wish,
)


@pytest.fixture
def pair(db):
    return make_skill("MS Teams admin"), make_skill("Microsoft Teams")


def merged(by, pair):
    return merge(
        by=by,
        from_skill=pair[0],
        into_skill=pair[1],
        fingerprint=Plan(*pair).fingerprint,
    )


def everything():
    """What all rows say, by table and key."""
    rows = [(model, row) for model in MODELS.values() for row in model.objects.all()]
    told = {(model.__name__, row.pk): columns_of(row) for model, row in rows}
    skills = {("Skill", row.pk): columns_of(row) for row in Skill.objects.all()}
    return told | skills


def fill(pair):
    """Somebody with one, somebody with both, wishes, certificates and names."""
    one, both = make_person(), make_person()
    make_held(one, pair[0], 3, confirmed_at=CONFIRMED, can_teach=True)
    make_held(both, pair[0], 4, confirmed_at=CONFIRMED)
    make_held(both, pair[1], 2, confirmed_at=CONFIRMED)
    for skill in pair:
        make_wish(one, skill)
    make_wish(both, pair[0])
    make_certification(one, skill=pair[0])
    make_alias(pair[0], "Teams telephony")
    make_alias(pair[0], "Microsoft Teams")
    return one, both


def test_everybody_holds_the_skill_that_stays(pair, partnership_coordinator):
    one, both = fill(pair)
    merged(partnership_coordinator, pair)
    held = SkillHeld.objects.filter(skill=pair[1])
    assert {row.staff_id: row.level for row in held} == {one.pk: 3, both.pk: 4}
    assert not SkillHeld.objects.filter(skill=pair[0]).exists()


def test_a_level_takes_its_confirmation_along(pair, partnership_coordinator):
    _, both = fill(pair)
    merged(partnership_coordinator, pair)
    assert both.skills_held.get().confirmed_at == CONFIRMED


def test_wishes_and_certificates_move(pair, partnership_coordinator):
    one, both = fill(pair)
    merged(partnership_coordinator, pair)
    assert one.learning_wishes.get().skill == pair[1]
    assert both.learning_wishes.get().skill == pair[1]
    assert one.certifications.get().skill == pair[1]


def test_the_old_name_finds_the_skill_that_stays(pair, partnership_coordinator):
    fill(pair)
    merged(partnership_coordinator, pair)
    names = {alias.text: alias for alias in pair[1].aliases.all()}
    assert {*names} == {"MS Teams admin", "Teams telephony"}
    assert names["MS Teams admin"].kind == Alias.Kind.FORMER
    assert names["MS Teams admin"].source == "merged"


def test_the_merged_skill_is_retired_and_leads_on(pair, partnership_coordinator):
    merged(partnership_coordinator, pair)
    pair[0].refresh_from_db()
    assert pair[0].merged_into == pair[1]
    assert pair[0].retired_on == timezone.localdate()


def test_what_was_merged_before_follows(pair, partnership_coordinator):
    first = make_skill("Teams")
    merged(partnership_coordinator, (first, pair[0]))
    before = everything()
    done = merged(partnership_coordinator, pair)
    first.refresh_from_db()
    assert first.merged_into == pair[1]
    undo(by=partnership_coordinator, merge=done)
    assert everything() == before


def test_undoing_puts_everything_back(pair, partnership_coordinator):
    fill(pair)
    before = everything()
    done = merged(partnership_coordinator, pair)
    assert everything() != before
    undo(by=partnership_coordinator, merge=done)
    assert everything() == before


def test_undoing_leaves_a_retired_skill_retired(pair, partnership_coordinator):
    pair[0].retired_on = "2026-01-31"
    pair[0].save()
    done = merged(partnership_coordinator, pair)
    undo(by=partnership_coordinator, merge=done)
    pair[0].refresh_from_db()
    assert str(pair[0].retired_on) == "2026-01-31"


def test_a_row_edited_since_is_not_put_back_unasked(pair, partnership_coordinator):
    one, _ = fill(pair)
    done = merged(partnership_coordinator, pair)
    one.skills_held.update(level=1)
    before = everything()
    with pytest.raises(EditedSince) as caught:
        undo(by=partnership_coordinator, merge=done)
    assert [row.before["staff_id"] for row in caught.value.rows] == [one.pk]
    assert everything() == before


def test_a_row_edited_since_may_be_left_as_it_is(pair, partnership_coordinator):
    one, both = fill(pair)
    done = merged(partnership_coordinator, pair)
    one.skills_held.update(level=1)
    undo(by=partnership_coordinator, merge=done, leaves_edited=True)
    assert one.skills_held.get().skill == pair[1]
    assert both.skills_held.count() == 2
    assert SkillMerge.objects.get().left_alone == 1


def test_a_row_removed_since_counts_as_edited(pair, partnership_coordinator):
    one, _ = fill(pair)
    done = merged(partnership_coordinator, pair)
    one.certifications.all().delete()
    with pytest.raises(EditedSince):
        undo(by=partnership_coordinator, merge=done)


def test_a_confirmation_by_a_login_that_is_gone_comes_back(
    pair, partnership_coordinator, staff_user
):
    row = make_held(make_person(), pair[0], confirmed_at=CONFIRMED)
    SkillHeld.objects.filter(pk=row.pk).update(confirmed_by=staff_user)
    make_held(row.staff, pair[1], 4, confirmed_at=CONFIRMED)
    done = merged(partnership_coordinator, pair)
    staff_user.person.delete()
    staff_user.delete()
    undo(by=partnership_coordinator, merge=done)
    row.refresh_from_db()
    assert (row.confirmed_at, row.confirmed_by) == (CONFIRMED, None)


def test_a_merge_is_undone_once(pair, partnership_coordinator):
    done = merged(partnership_coordinator, pair)
    undo(by=partnership_coordinator, merge=done)
    with pytest.raises(ValidationError, match="already undone this merge"):
        undo(by=partnership_coordinator, merge=done)


def test_a_later_merge_is_undone_first(pair, partnership_coordinator):
    done = merged(partnership_coordinator, pair)
    merged(partnership_coordinator, (pair[1], make_skill("Collaboration")))
    with pytest.raises(ValidationError, match="undo that merge first"):
        undo(by=partnership_coordinator, merge=done)


def test_a_change_since_the_preview_stops_the_merge(pair, partnership_coordinator):
    seen = Plan(*pair).fingerprint
    make_held(make_person(), pair[0])
    with pytest.raises(ValidationError, match="nothing is merged yet"):
        merge(
            by=partnership_coordinator,
            from_skill=pair[0],
            into_skill=pair[1],
            fingerprint=seen,
        )
    assert not SkillMerge.objects.exists()


def test_only_the_partnership_coordinator_merges(pair, coordinator):
    with pytest.raises(PermissionDenied):
        merged(coordinator, pair)


def test_a_skill_is_not_merged_into_itself(pair, partnership_coordinator):
    with pytest.raises(ValidationError, match="Choose another skill"):
        merged(partnership_coordinator, (pair[0], pair[0]))


def test_a_skill_is_not_merged_into_a_retired_one(pair, partnership_coordinator):
    pair[1].retired_on = timezone.localdate()
    pair[1].save()
    with pytest.raises(ValidationError, match="bring it back first"):
        merged(partnership_coordinator, pair)


def test_a_merged_skill_is_not_merged_again(pair, partnership_coordinator):
    merged(partnership_coordinator, pair)
    other = make_skill("Collaboration")
    with pytest.raises(ValidationError, match="already been merged into another skill"):
        merged(partnership_coordinator, (pair[0], other))


def test_the_table_lets_nobody_make_a_chain(pair, partnership_coordinator):
    merged(partnership_coordinator, pair)
    third = make_skill("Collaboration", retired_on=timezone.localdate())
    third.merged_into = pair[0]
    with pytest.raises(IntegrityError) as caught:
        third.save()
    assert sentence(caught.value).startswith("This skill has been merged")


def test_nothing_new_is_recorded_under_a_merged_skill(pair, partnership_coordinator):
    person = make_person()
    merged(partnership_coordinator, pair)
    with pytest.raises(IntegrityError) as caught:
        make_held(person, pair[0])
    assert sentence(caught.value).startswith("This skill has been merged")


def test_the_table_keeps_one_merge_of_a_skill_at_a_time(pair):
    make_merge(*pair)
    with pytest.raises(IntegrityError) as caught:
        make_merge(*pair)
    assert sentence(caught.value) == "This skill has already been merged"


def test_the_table_keeps_no_merge_of_a_skill_into_itself(pair):
    with pytest.raises(IntegrityError) as caught:
        make_merge(pair[0], pair[0])
    assert sentence(caught.value).startswith("Choose another skill")


def test_what_was_undone_stays_undone(pair, partnership_coordinator):
    done = merged(partnership_coordinator, pair)
    undo(by=partnership_coordinator, merge=done)
    with pytest.raises(IntegrityError):
        SkillMerge.objects.update(undone_at=None)


def test_a_retired_skill_can_be_brought_back(pair, partnership_coordinator):
    by, skill = partnership_coordinator, pair[0]
    skill = retire(by=by, skill=skill, version=skill.version)
    assert skill.retired_on == timezone.localdate()
    skill = bring_back(by=by, skill=skill, version=skill.version)
    assert skill.retired_on is None


def test_a_merged_skill_is_brought_back_by_undoing(pair, partnership_coordinator):
    merged(partnership_coordinator, pair)
    pair[0].refresh_from_db()
    with pytest.raises(ValidationError, match="undo the merge to bring it back"):
        bring_back(by=partnership_coordinator, skill=pair[0], version=pair[0].version)


def test_a_skill_changed_meanwhile_is_not_retired_unseen(pair, partnership_coordinator):
    with pytest.raises(ValidationError, match="has changed"):
        retire(by=partnership_coordinator, skill=pair[0], version=99)


@pytest.mark.parametrize("holders", [1, 20])
def test_merging_asks_as_much_of_twenty_as_of_one(
    pair, holders, partnership_coordinator, django_assert_max_num_queries
):
    for _ in range(holders):
        person = make_person()
        make_held(person, pair[0], 4)
        make_held(person, pair[1], 2)
        make_held(make_person(), pair[0])
    seen = Plan(*pair).fingerprint
    with django_assert_max_num_queries(45):
        done = merge(
            by=partnership_coordinator,
            from_skill=pair[0],
            into_skill=pair[1],
            fingerprint=seen,
        )
    with django_assert_max_num_queries(45):
        undo(by=partnership_coordinator, merge=done)
