"""The generic plan is drafted by few, and published for good."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from disaster_recovery.generic_plan import versions as actions
from disaster_recovery.models import GenericObject, GenericVersion
from tests.plans import make_generic, make_generic_object
from tests.races import broken_constraint


@pytest.fixture
def whole(partnership_coordinator):
    return partnership_coordinator


@pytest.fixture
def draft(generic, whole):
    return actions.start_draft(by=whole)


def thing(draft, key):
    return draft.contents.get(key=key)


def publish(whole, draft, number=(1, 1, 0), notes="What is new"):
    return actions.publish(by=whole, draft=draft, number=number, notes=notes)


def test_a_draft_begins_with_all_of_the_newest_version(draft, generic):
    make = [*generic.contents.values_list("kind", "key", "position", "fields")]
    assert [*draft.contents.values_list("kind", "key", "position", "fields")] == make
    assert draft.based_on == generic


def test_the_first_draft_of_all_is_empty(whole):
    draft = actions.start_draft(by=whole)
    assert (draft.based_on, draft.contents.count()) == (None, 0)


def test_a_second_draft_is_refused(draft, whole):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        actions.start_draft(by=whole)
    assert broken_constraint(refusal.value).endswith("one_draft")


@pytest.mark.parametrize("who", ["coordinator", "staff_user", "reader", "stranger"])
def test_only_the_partnership_coordinator_changes_it(request, draft, who):
    by, one = request.getfixturevalue(who), thing(draft, "mutual-aid")
    said = {"kind": "section", "key": "x", "fields": {"title": "X"}}
    for attempt in (
        lambda: actions.start_draft(by=by),
        lambda: actions.add_object(by=by, draft=draft, **said),
        lambda: actions.edit_object(by=by, thing=one, fields={"title": "X"}),
        lambda: actions.move_object(by=by, thing=one, up=True),
        lambda: actions.remove_object(by=by, thing=one),
        lambda: actions.supersede(by=by, draft=draft, old="a", new=["b"]),
        lambda: publish(by, draft),
        lambda: actions.discard_draft(by=by, draft=draft),
    ):
        pytest.raises(PermissionDenied, attempt)


def test_an_object_is_added_after_the_others(draft, whole):
    said = {"title": " Finance ", "tier": 2, "body": "unknown"}
    made = actions.add_object(
        by=whole, draft=draft, kind="service", key="finance", fields=said
    )
    assert made.fields == {"title": "Finance", "tier": 2}
    assert draft.contents.of_kind("service").last() == made
    assert made.events.get().pgh_context.metadata["user"] == whole.pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"key": "Not A Key"}, "Write the key in small letters"),
        ({"key": "mutual-aid"}, "already has that key"),
        ({"kind": "nothing"}, "is not a valid choice"),
        ({"fields": {}}, "Enter title"),
        ({"fields": {"title": "X", "body": "password: hunter2"}}, "Line 1 looks"),
    ],
)
def test_a_bad_object_is_refused_with_a_sentence(draft, whole, said, sentence):
    said = {"kind": "section", "key": "x", "fields": {"title": "X"}} | said
    with pytest.raises(ValidationError, match=sentence):
        actions.add_object(by=whole, draft=draft, **said)


def test_what_looks_like_a_password_can_be_overruled(draft, whole):
    said = {"title": "X", "body": "Password: hunter2"}
    one = thing(draft, "mutual-aid")
    actions.edit_object(by=whole, thing=one, fields=said, overrule=True)
    assert thing(draft, "mutual-aid").fields["body"] == "Password: hunter2"


def test_a_key_cannot_be_overruled(draft, whole):
    said = {"title": "X", "body": "-----BEGIN PRIVATE " + "KEY-----"}
    with pytest.raises(ValidationError, match="say where the safe is"):
        actions.edit_object(
            by=whole, thing=thing(draft, "mutual-aid"), fields=said, overrule=True
        )


def test_who_edits_second_is_refused(draft, whole):
    first, second = (thing(draft, "mutual-aid") for _ in range(2))
    actions.edit_object(by=whole, thing=first, fields={"title": "First"})
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        actions.edit_object(by=whole, thing=second, fields={"title": "Second"})
    assert broken_constraint(refusal.value).endswith("version_is_newest")
    assert thing(draft, "mutual-aid").title == "First"


def test_an_object_moves_past_its_neighbour(draft, whole):
    actions.move_object(by=whole, thing=thing(draft, "mutual-aid"), up=True)
    keys = draft.contents.of_kind("section").values_list("key", flat=True)
    assert [*keys] == ["mutual-aid", "control-sheet", "mutual-aid-numbers"]
    actions.move_object(by=whole, thing=thing(draft, "mutual-aid"), up=True)
    actions.move_object(by=whole, thing=thing(draft, "mutual-aid"), up=False)
    assert [*keys.all()][0] == "control-sheet"


def test_a_section_alone_beneath_another_has_nowhere_to_move(draft, whole):
    before = [*draft.contents.values_list("key", "position")]
    for up in (True, False):
        one = thing(draft, "mutual-aid-numbers")
        actions.move_object(by=whole, thing=one, up=up)
    assert [*draft.contents.values_list("key", "position")] == before


def test_what_others_name_is_not_removed(draft, whole):
    with pytest.raises(ValidationError, match="still named by Telephony"):
        actions.remove_object(by=whole, thing=thing(draft, "network"))
    actions.remove_object(by=whole, thing=thing(draft, "telephony"))
    assert not draft.contents.filter(key="telephony").exists()


def test_a_section_is_split_into_others(draft, whole):
    new = ["mutual-aid-numbers", "mutual-aid"]
    actions.supersede(by=whole, draft=draft, old="mutual-aid", new=new)
    draft.refresh_from_db()
    assert draft.supersedes == {"mutual-aid": sorted(new)}
    actions.supersede(by=whole, draft=draft, old="mutual-aid", new=[])
    draft.refresh_from_db()
    assert draft.supersedes == {}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("unheard", ["mutual-aid"], "no section of the version before"),
        ("mutual-aid", ["unheard"], "is not there"),
    ],
)
def test_only_sections_stand_for_sections(draft, whole, old, new, sentence):
    with pytest.raises(ValidationError, match=sentence):
        actions.supersede(by=whole, draft=draft, old=old, new=new)


def test_publishing_numbers_and_seals_the_version(draft, whole):
    done = publish(whole, draft, notes="What is new  \r\n")
    assert (done.number, done.release_notes) == ("1.1.0", "What is new")
    assert done.published_by == whole
    said = actions.canonical_of(GenericVersion.objects.get(pk=done.pk))
    assert done.fingerprint == hashlib.sha256(said.encode()).hexdigest()


def test_the_same_text_has_another_fingerprint_when_anything_changes(draft, whole):
    first = publish(whole, draft)
    second = publish(whole, actions.start_draft(by=whole), (1, 2, 0))
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize("number", [(1, 0, 0), (0, 9, 9)])
def test_numbers_rise(draft, whole, number):
    with pytest.raises(ValidationError, match="higher than 1.0.0"):
        publish(whole, draft, number)


def test_all_that_does_not_fit_is_said_at_once(draft, whole):
    GenericObject.objects.filter(generic=draft, key="network").delete()
    make_generic_object(draft, "section", "broken", body="{{unheard}}")
    with pytest.raises(ValidationError) as refusal:
        publish(whole, draft, notes=" ")
    said = "\n".join(refusal.value.messages)
    assert "Write what is new" in said
    assert "Depends on refers to “network”, which does not exist" in said
    assert "there is no parameter “unheard”" in said
    assert GenericVersion.objects.get(pk=draft.pk).is_draft


def test_an_empty_plan_is_not_published(whole):
    with pytest.raises(ValidationError, match="at least one section"):
        publish(whole, make_generic())


def test_a_published_version_takes_no_more_changes(draft, whole):
    one = thing(draft, "mutual-aid")
    publish(whole, draft)
    for attempt in (
        lambda: actions.edit_object(by=whole, thing=one, fields={"title": "X"}),
        lambda: actions.remove_object(by=whole, thing=one),
        lambda: publish(whole, draft, (2, 0, 0)),
        lambda: actions.discard_draft(by=whole, draft=draft),
    ):
        with pytest.raises(ValidationError, match="never changes"):
            attempt()


def test_a_draft_can_be_given_up(draft, whole):
    actions.discard_draft(by=whole, draft=draft)
    assert GenericVersion.objects.count() == 1
    assert actions.start_draft(by=whole)


def test_the_next_number_is_a_little_higher(generic):
    assert actions.next_number() == (1, 1, 0)


@pytest.mark.django_db
def test_the_first_number_is_one():
    assert actions.next_number() == (1, 0, 0)
