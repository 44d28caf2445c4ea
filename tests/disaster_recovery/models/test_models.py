"""What the tables of plans refuse, from whatever hand."""

import pytest
from django.db import IntegrityError, transaction

from disaster_recovery.models import (
    GenericObject,
    GenericVersion,
    Plan,
    PlanEdition,
    PlanObject,
    PlanParameter,
)
from disaster_recovery.models.content import BASE_HAS_IT, MANDATORY_STAYS, ONLY_DRAFTS
from disaster_recovery.models.generic import CONTENTS_STAY, PUBLISHED_STAYS
from disaster_recovery.models.plan import (
    APPROVED_BY_ANOTHER,
    APPROVED_STAYS,
    GOES_FORWARD,
)
from partners import refusals
from tests.factories import make_user
from tests.plans import (
    make_approved,
    make_content,
    make_edition,
    make_generic,
    make_generic_object,
    make_plan,
    make_review,
    make_value,
)
from tests.races import broken_constraint

pytestmark = pytest.mark.django_db
OBJECTS = (
    ("section", "control-sheet", {"is_mandatory": True}),
    ("section", "mutual-aid"),
    ("service", "telephony"),
)


@pytest.fixture
def generic():
    return make_generic("1.0.0", OBJECTS)


@pytest.fixture
def draft(generic):
    return make_edition(generic=generic)


def assert_refused(attempt, name):
    """The table refuses the attempt by this rule, which has a sentence."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        attempt()
    assert broken_constraint(refusal.value) == name
    assert refusals.sentence(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda g: GenericVersion.objects.filter(pk=g.pk).update(release_notes="Other"),
        lambda g: GenericVersion.objects.filter(pk=g.pk).update(state="draft"),
        lambda g: GenericVersion.objects.filter(pk=g.pk).update(supersedes={"a": []}),
        lambda g: GenericVersion.objects.filter(pk=g.pk)._raw_delete("default"),
    ],
)
def test_a_published_version_never_changes(generic, change):
    assert_refused(lambda: change(generic), PUBLISHED_STAYS)


@pytest.mark.parametrize(
    "change",
    [
        lambda g: make_generic_object(g),
        lambda g: g.contents.update(position=9),
        lambda g: g.contents.all().delete(),
        lambda g: g.contents.update(generic=make_generic()),
        lambda g: make_generic_object(make_generic(), key="x") and _steal(g),
    ],
)
def test_nothing_in_a_published_version_changes(generic, change):
    assert_refused(lambda: change(generic), CONTENTS_STAY)


def _steal(generic):
    GenericObject.objects.filter(key="x").update(generic=generic)


def test_one_draft_at_a_time():
    make_generic()
    assert_refused(make_generic, "disaster_recovery_genericversion_one_draft")


def test_one_version_of_a_number(generic):
    name = "disaster_recovery_genericversion_number_is_unique"
    assert_refused(lambda: make_generic("1.0.0"), name)


def test_a_version_without_notes_is_not_published():
    draft = make_generic()
    rows = GenericVersion.objects.filter(pk=draft.pk)
    name = "disaster_recovery_genericversion_published_with_a_number"
    assert_refused(lambda: rows.update(state="published"), name)


@pytest.mark.parametrize("key", ["", "Upper", "1st", "with blank", "x\n", "x" * 61])
def test_keys_are_plain(key):
    draft = make_generic()
    with pytest.raises(Exception, match="key_is_plain|too long"), transaction.atomic():
        GenericObject.objects.create(
            generic=draft, kind="section", key=key, fields={"title": "X"}
        )


@pytest.mark.parametrize("fields", [[], "text", 1, None, {}])
def test_every_object_has_a_title(fields):
    draft = make_generic()
    with pytest.raises(IntegrityError, match="has_a_title|not-null"):
        GenericObject.objects.create(generic=draft, key="x", kind="task", fields=fields)


def test_a_key_is_unique_within_a_kind(draft):
    name = "disaster_recovery_planobject_key_is_unique"
    make_content(draft, "task", "telephony")
    assert_refused(lambda: make_content(draft, "service", "telephony"), name)


def test_an_object_of_a_plan_exists_in_its_base(draft, generic):
    make = {"kind": "section", "base": generic}
    assert_refused(lambda: make_content(draft, key="unheard", **make), BASE_HAS_IT)
    make |= {"base": make_generic(objects=[("section", "unheard")])}
    assert_refused(lambda: make_content(draft, key="unheard", **make), BASE_HAS_IT)


def test_a_mandatory_section_is_not_removed_but_may_be_not_applicable(draft):
    rows = draft.contents.filter(key="control-sheet")
    values = {"reason": "We have no building"}
    assert_refused(lambda: rows.update(state="removed", **values), MANDATORY_STAYS)
    rows.update(state="not applicable", **values)
    draft.contents.filter(key="mutual-aid").update(state="removed", **values)


def test_whether_a_section_is_mandatory_is_not_the_partner_s_to_say(draft):
    rows = draft.contents.filter(key="control-sheet")
    values = {"state": "adapted", "fields": {"is_mandatory": False}}
    name = "disaster_recovery_planobject_changes_what_may_be"
    assert_refused(lambda: rows.update(**values), name)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "inherited", "fields": {"body": "x"}}, "state_fits_fields"),
        ({"state": "inherited", "addendum": "x"}, "state_fits_fields"),
        ({"state": "adapted"}, "state_fits_fields"),
        ({"state": "ours", "fields": {"title": "x"}}, "ours_has_no_base"),
        ({"state": "removed"}, "left_out_for_a_reason"),
        ({"reason": "x"}, "left_out_for_a_reason"),
        ({"base": None}, "base_or_ours"),
    ],
)
def test_the_state_of_an_object_fits_what_is_said(draft, values, name):
    rows = draft.contents.filter(key="mutual-aid")
    name = f"disaster_recovery_planobject_{name}"
    assert_refused(lambda: rows.update(**values), name)


@pytest.mark.parametrize("make", [make_review, make_approved])
def test_only_a_draft_is_changed(draft, make):
    make_value(draft, "council_name")
    make(draft)
    for change in (
        lambda: draft.contents.update(position=7),
        lambda: draft.contents.all().delete(),
        lambda: make_content(draft),
        lambda: draft.parameters.update(value="Other"),
        lambda: draft.parameters.all().delete(),
        lambda: make_value(draft, "other"),
        lambda: make_content(make_edition()) and _move(draft),
    ):
        assert_refused(change, ONLY_DRAFTS)


def _move(edition):
    PlanObject.objects.exclude(edition=edition).update(edition=edition)


@pytest.mark.parametrize("state", ["approved", "superseded"])
def test_what_is_approved_never_changes(draft, state):
    make_approved(draft)
    rows = PlanEdition.objects.filter(pk=draft.pk)
    rows.exclude(state=state).update(state=state)
    for change in ({"review_on": "2030-01-01"}, {"state": "draft"}, {"answer": "x"}):
        assert_refused(lambda: rows.update(**change), APPROVED_STAYS)  # noqa: B023
    assert_refused(lambda: rows._raw_delete("default"), APPROVED_STAYS)


def test_an_edition_is_reviewed_before_it_is_approved(draft):
    rows = PlanEdition.objects.filter(pk=draft.pk)
    assert_refused(lambda: rows.update(state="approved"), GOES_FORWARD)
    assert_refused(lambda: rows.update(state="superseded"), GOES_FORWARD)


def test_who_edited_is_written_down_and_does_not_approve(draft):
    first, second = make_user(), make_user()
    draft.contents.filter(key="telephony").update(edited_by=first, position=5)
    draft.contents.filter(key="telephony").update(edited_by=second, position=6)
    assert {e.user for e in draft.editors.all()} == {first, second}
    attempt = {"by": second, "approver": first}
    assert_refused(lambda: make_review(draft, **attempt), APPROVED_BY_ANOTHER)


def test_who_sends_for_review_does_not_approve(draft):
    user = make_user()
    name = "disaster_recovery_planedition_four_eyes"
    assert_refused(lambda: make_review(draft, by=user, approver=user), name)


def test_one_open_edition_and_one_in_force_a_plan(draft):
    again = {"plan": draft.plan}
    name = "disaster_recovery_planedition_one_open_a_plan"
    assert_refused(lambda: make_edition(**again, number=2), name)
    make_approved(draft)
    second = make_edition(**again)
    name = "disaster_recovery_planedition_one_in_force_a_plan"
    assert_refused(lambda: make_approved(second), name)


def test_one_plan_a_partner(draft):
    name = "disaster_recovery_plan_partner_id_key"
    assert_refused(lambda: make_plan(draft.plan.partner), name)


def test_a_parameter_says_something(draft):
    name = "disaster_recovery_planparameter_says_something"
    assert_refused(lambda: make_value(draft, "council_name", ""), name)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("partnership_coordinator", 2),
        ("coordinator", 1),
        ("their_coordinator", 0),
        ("staff_user", 1),
        ("reader", 0),
        ("stranger", 0),
    ],
)
def test_plans_are_for_one_s_own_partner(request, boston, who, seen):
    make_edition(make_plan(boston))
    make_edition()
    user = request.getfixturevalue(who)
    assert Plan.objects.visible_to(user).count() == seen


def test_a_draft_of_a_plan_is_for_who_keeps_it(
    boston, coordinator, staff_user, their_coordinator
):
    draft = make_edition(make_plan(boston))
    editions = PlanEdition.objects
    assert draft in editions.visible_to(coordinator)
    assert draft not in editions.visible_to(staff_user)
    make_review(draft, approver=staff_user)
    assert draft in editions.visible_to(staff_user)
    make_approved(draft)
    for user in (coordinator, staff_user):
        assert draft in editions.visible_to(user)
    assert draft not in editions.visible_to(their_coordinator)
    assert draft not in editions.editable_by(coordinator)


def test_a_draft_of_the_generic_plan_is_for_the_partnership_coordinator(
    generic, partnership_coordinator, coordinator, staff_user, reader
):
    draft = make_generic(objects=[("section", "new")])
    versions = GenericVersion.objects
    assert draft in versions.visible_to(partnership_coordinator)
    assert [*versions.editable_by(partnership_coordinator)] == [draft]
    for user in (coordinator, staff_user):
        assert [*versions.visible_to(user)] == [generic]
        assert GenericObject.objects.visible_to(user).count() == len(OBJECTS)
        assert [*GenericObject.objects.editable_by(user)] == []
    assert [*versions.visible_to(reader)] == []


def test_the_contents_of_a_plan_are_visible_with_it(boston, coordinator, staff_user):
    draft = make_edition(make_plan(boston))
    make_content(draft)
    make_value(draft, "council_name")
    for model in (PlanObject, PlanParameter):
        assert model.objects.visible_to(coordinator).count() == 1
        assert model.objects.editable_by(coordinator).count() == 1
        assert model.objects.visible_to(staff_user).count() == 0
