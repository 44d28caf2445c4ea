"""What a partner makes of each object, and what is kept of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from disaster_recovery.models import PlanObject
from disaster_recovery.plans import adaptations, reading
from tests.plans import make_review
from tests.races import broken_constraint


def row(draft, key):
    return draft.contents.get(key=key)


def effective(draft, key):
    return next(one for one in reading.resolved(draft) if one.key == key)


@pytest.fixture
def adapt(draft, coordinator):
    def write(key, addendum="", **fields):
        return adaptations.adapt(
            by=coordinator, thing=row(draft, key), fields=fields, addendum=addendum
        )

    return write


def test_only_what_differs_is_kept_as_own_text(draft, adapt):
    adapt("network", title="Network", tier=0, rto=60)
    kept = row(draft, "network")
    assert (kept.state, kept.fields) == ("adapted", {"rto": 60})
    assert effective(draft, "network").changed == {"rto"}


def test_a_field_can_be_emptied(draft, adapt):
    adapt("network", title="Network", tier=0)
    assert row(draft, "network").fields == {"rto": None}
    assert "rto" not in effective(draft, "network").fields


def test_writing_the_generic_text_is_inheriting_it(draft, adapt):
    adapt("mutual-aid", title="Other", body="Other")
    adapt("mutual-aid", title="Mutual-aid", body="Ask a neighbour\r\n")
    kept = row(draft, "mutual-aid")
    assert (kept.state, kept.fields) == ("inherited", {})


def test_an_addendum_stands_after_the_generic_text(draft, adapt):
    adapt("mutual-aid", "Ask {{council_name}}", title="Mutual-aid", body="Ask a x")
    kept = effective(draft, "mutual-aid")
    assert (kept.state, kept.addendum) == ("adapted", "Ask Boston Borough Council")


def test_whether_it_is_mandatory_stays_the_partnership_s(draft, adapt):
    adapt("control-sheet", title="Ours", is_mandatory=False)
    assert effective(draft, "control-sheet").is_mandatory
    assert effective(draft, "control-sheet").fields["is_mandatory"]


def test_who_edits_is_named_and_recorded(draft, adapt, coordinator):
    kept = adapt("mutual-aid", title="Ours")
    assert kept.edited_by == coordinator
    assert [e.user for e in draft.editors.all()] == [coordinator]
    last = kept.events.order_by("pgh_id").last()
    assert last.pgh_context.metadata["user"] == coordinator.pk


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "X", "body": "pwd: hunter2"}, "body"),
        ({"title": "X", "addendum": "pwd: hunter2"}, "addendum"),
    ],
)
def test_bad_text_is_refused_beside_its_field(draft, adapt, said, field):
    with pytest.raises(ValidationError) as refusal:
        adapt("mutual-aid", **said)
    assert [*refusal.value.message_dict] == [field]
    assert row(draft, "mutual-aid").state == "inherited"


def test_who_edits_second_is_refused(draft, coordinator):
    first, second = row(draft, "mutual-aid"), row(draft, "mutual-aid")
    adaptations.adapt(by=coordinator, thing=first, fields={"title": "First"})
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        adaptations.adapt(by=coordinator, thing=second, fields={"title": "Second"})
    assert broken_constraint(refusal.value).endswith("version_is_newest")


def test_own_text_can_be_given_up(draft, adapt, coordinator):
    adapt("mutual-aid", "More", title="Ours")
    adaptations.take_generic(by=coordinator, thing=row(draft, "mutual-aid"))
    kept = row(draft, "mutual-aid")
    assert (kept.state, kept.fields, kept.addendum) == ("inherited", {}, "")


def test_an_object_of_one_s_own_has_a_key_of_its_own(draft, coordinator):
    made = [
        adaptations.add_own(
            by=coordinator, edition=draft, kind="section", fields={"title": "Flood"}
        )
        for _ in range(2)
    ]
    assert [one.key for one in made] == ["own-flood", "own-flood-2"]
    assert {(one.state, one.base) for one in made} == {("ours", None)}
    with pytest.raises(ValidationError, match="says nothing"):
        adaptations.take_generic(by=coordinator, thing=made[0])


@pytest.mark.parametrize("kind", ["parameter", "nothing", ""])
def test_only_what_stands_in_plans_is_added(draft, coordinator, kind):
    said = {"title": "X", "sort": "line"}
    with pytest.raises(ValidationError, match="Choose the kind"):
        adaptations.add_own(by=coordinator, edition=draft, kind=kind, fields=said)


@pytest.mark.parametrize("key", ["mutual-aid", "own-flood"])
def test_what_is_removed_comes_back_as_it_was(draft, coordinator, adapt, key):
    adaptations.add_own(
        by=coordinator, edition=draft, kind="section", fields={"title": "Flood"}
    )
    adapt(key, title="Ours")
    before = row(draft, key)
    removed = adaptations.leave_out(
        by=coordinator, thing=row(draft, key), reason=" No \n neighbours "
    )
    assert (removed.state, removed.reason) == ("removed", "No neighbours")
    with pytest.raises(ValidationError, match="bring it back first"):
        adapt(key, title="Other")
    back = adaptations.bring_back(by=coordinator, thing=row(draft, key))
    assert (back.state, back.fields, back.reason) == (before.state, before.fields, "")


def test_what_is_mandatory_is_only_ever_not_applicable(draft, coordinator):
    thing = row(draft, "control-sheet")
    with pytest.raises(ValidationError, match="Every partner needs this section"):
        adaptations.leave_out(by=coordinator, thing=thing, reason="No need")
    adaptations.leave_out(
        by=coordinator, thing=thing, reason="No need", is_applicable=False
    )
    assert row(draft, "control-sheet").state == "not applicable"
    assert effective(draft, "control-sheet").is_left_out


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501, "pwd: hunter2"])
def test_leaving_out_needs_a_good_reason(draft, coordinator, reason):
    with pytest.raises(ValidationError):
        adaptations.leave_out(
            by=coordinator, thing=row(draft, "mutual-aid"), reason=reason
        )
    assert row(draft, "mutual-aid").state == "inherited"


def test_an_object_moves_past_its_neighbour(draft, coordinator):
    adaptations.move(by=coordinator, thing=row(draft, "mutual-aid"), up=True)
    keys = draft.contents.filter(kind="section").values_list("key", flat=True)
    assert [*keys] == ["mutual-aid", "control-sheet", "mutual-aid-numbers"]


@pytest.mark.parametrize("who", ["their_coordinator", "staff_user", "reader"])
def test_others_change_nothing(request, draft, who):
    by, thing = request.getfixturevalue(who), row(draft, "mutual-aid")
    said = {"fields": {"title": "X"}}
    for attempt in (
        lambda: adaptations.adapt(by=by, thing=thing, **said),
        lambda: adaptations.take_generic(by=by, thing=thing),
        lambda: adaptations.add_own(by=by, edition=draft, kind="section", **said),
        lambda: adaptations.leave_out(by=by, thing=thing, reason="x"),
        lambda: adaptations.bring_back(by=by, thing=thing),
        lambda: adaptations.move(by=by, thing=thing, up=True),
    ):
        pytest.raises(PermissionDenied, attempt)


def test_what_is_in_review_is_not_changed(draft, adapt):
    make_review(draft)
    with pytest.raises(ValidationError, match="nothing in it changes"):
        adapt("mutual-aid", title="Late")
    assert PlanObject.objects.filter(state="adapted").count() == 0


def test_what_was_read_and_fits_is_settled(draft, coordinator, staff_user):
    said = {"edition": draft, "kind": "section"}
    assert adaptations.settle(by=coordinator, **said, key="mutual-aid") == 1
    assert adaptations.settle(by=coordinator, **said) == 2
    assert adaptations.settle(by=coordinator, **said) == 0
    assert row(draft, "mutual-aid").is_settled
    assert [e.user for e in draft.editors.all()] == [coordinator]
    with pytest.raises(PermissionDenied):
        adaptations.settle(by=staff_user, **said)


def test_what_somebody_wrote_is_settled(draft, adapt):
    assert adapt("mutual-aid", title="Ours").is_settled
