"""Files that name, or have written, what was merged into another skill since."""

import pytest

from skills.catalogue.merge import merge
from skills.catalogue.merge_plan import Plan
from skills.imports import workflow
from skills.models import SkillHeld
from tests.factories import make_held, make_skill
from tests.skills.imports.files import only

pytestmark = pytest.mark.django_db
HEADER = ["Work e-mail", "Skill", "Level"]


@pytest.fixture
def pair(db):
    return make_skill("MS Teams admin"), make_skill("Microsoft Teams")


@pytest.fixture
def merged(pair, partnership_coordinator):
    def done():
        seen = Plan(*pair).fingerprint
        by = partnership_coordinator
        return merge(by=by, from_skill=pair[0], into_skill=pair[1], fingerprint=seen)

    return done


def test_the_name_of_a_merged_skill_means_the_one_that_stays(held, ada, pair, merged):
    merged()
    row = only(held(HEADER, [ada.work_email, "MS Teams admin", "3"]))
    assert row.values["skill_id"] == pair[1].pk


def test_a_file_checked_before_the_merge_is_not_written_after_it(
    held, apply, ada, pair, merged
):
    batch = held(HEADER, [ada.work_email, "MS Teams admin", "3"])
    merged()
    assert apply(batch).state == "checked"
    assert only(batch).meanwhile
    assert not SkillHeld.objects.exists()


@pytest.mark.parametrize("has_both", [False, True])
def test_what_was_merged_since_is_shown_and_the_file_not_undone(
    held, apply, ada, pair, merged, coordinator, has_both
):
    batch = apply(held(HEADER, [ada.work_email, "MS Teams admin", "3"]))
    if has_both:
        make_held(ada, pair[1], 1)
    merged()
    workflow.take_back(by=coordinator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert only(batch).meanwhile
    assert SkillHeld.objects.get().skill == pair[1]
