"""A partner adopts the generic plan, or brings its own, and drafts it anew."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from disaster_recovery.models import Plan, PlanEdition
from disaster_recovery.plans import adaptations, drafts, reading
from tests.plans import make_approved, make_edition, make_generic, make_plan
from tests.races import broken_constraint, lost, race

PASTED = "# Who we are\nBoston.\n\n## Where\nAt the Town Hall.\n"


def test_adopting_takes_everything_as_it_is(draft, generic, boston, coordinator):
    assert (draft.number, draft.state, draft.generic) == (1, "draft", generic)
    assert draft.started_by == coordinator
    assert {(o.state, o.base) for o in draft.contents.all()} == {("inherited", generic)}
    kinds = [*draft.contents.values_list("kind", flat=True)]
    assert sorted(set(kinds)) == ["section", "service", "task"]
    assert len(kinds) == 7
    assert reading.values_of(draft) == {"council_name": boston.name}


def test_the_plan_reads_with_the_values_of_the_partner(draft):
    (one,) = [o for o in reading.resolved(draft) if o.key == "control-sheet"]
    assert one.fields["body"] == "Of Boston Borough Council"
    assert one.is_mandatory


def test_adopting_twice_is_refused(draft, boston, coordinator, generic):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        drafts.adopt(by=coordinator, partner=boston, generic=generic, values={})
    assert broken_constraint(refusal.value) == "disaster_recovery_plan_partner_id_key"


@pytest.mark.django_db
def test_a_draft_of_the_generic_plan_is_not_adopted(boston, coordinator):
    draft = make_generic(objects=[("section", "a")])
    with pytest.raises(ValidationError, match="Choose a published version"):
        drafts.adopt(by=coordinator, partner=boston, generic=draft, values={})
    assert not Plan.objects.exists()


@pytest.mark.parametrize("who", ["their_coordinator", "staff_user", "reader"])
def test_others_change_nothing(request, boston, draft, generic, who):
    by = request.getfixturevalue(who)
    for attempt in (
        lambda: drafts.adopt(by=by, partner=boston, generic=generic, values={}),
        lambda: drafts.start_from_text(by=by, partner=boston, text=PASTED),
        lambda: drafts.paste(by=by, edition=draft, text=PASTED),
        lambda: drafts.set_parameters(by=by, edition=draft, values={"safe_place": "x"}),
        lambda: drafts.start_draft(by=by, plan=draft.plan),
        lambda: drafts.discard_draft(by=by, edition=draft),
    ):
        pytest.raises(PermissionDenied, attempt)


def test_a_text_of_one_s_own_becomes_sections(boston, coordinator):
    draft = drafts.start_from_text(by=coordinator, partner=boston, text=PASTED)
    first, second = draft.contents.all()
    assert {first.state, second.state} == {"ours"}
    assert first.fields == {"title": "Who we are", "body": "Boston."}
    assert second.fields["parent"] == first.key == "own-who-we-are"
    assert [e.user for e in draft.editors.all()] == [coordinator]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" ", "headings that begin with #"),
        ("# A\nPassword: hunter2", "Line 2 looks"),
        ("# A\n-----BEGIN PRIVATE " + "KEY-----", "say where the safe is"),
        ("# A\n" * 301, "at most 300 sections"),
        ("# A\0", "invisible characters"),
        ("# A\n" + "x" * 60_001, "Shorten text to 60000"),
    ],
)
def test_a_bad_text_starts_no_plan(boston, coordinator, text, sentence):
    with pytest.raises(ValidationError) as refusal:
        drafts.start_from_text(by=coordinator, partner=boston, text=text)
    assert sentence in " ".join(refusal.value.messages)
    assert not Plan.objects.exists()


def test_pasting_again_adds_behind_and_writes_nothing_over(draft, coordinator):
    drafts.paste(by=coordinator, edition=draft, text=PASTED)
    drafts.paste(by=coordinator, edition=draft, text=PASTED)
    sections = draft.contents.filter(kind="section")
    assert [one.key for one in sections][3:] == [
        *("own-who-we-are", "own-where", "own-who-we-are-2", "own-where-2")
    ]


def test_values_are_written_changed_and_taken_out(draft, coordinator):
    said = {"council_name": " Boston \r\n", "safe_place": "Room 1"}
    drafts.set_parameters(by=coordinator, edition=draft, values=said)
    drafts.set_parameters(by=coordinator, edition=draft, values={"safe_place": ""})
    assert reading.values_of(draft) == {"council_name": " Boston"}


@pytest.mark.parametrize("key", ["Bad Key", "x" * 61, ""])
def test_a_forged_parameter_is_refused(draft, coordinator, key):
    with pytest.raises(ValidationError):
        drafts.set_parameters(by=coordinator, edition=draft, values={key: "x"})


def test_a_value_that_looks_like_a_password_is_warned_of(draft, coordinator):
    said = {"safe_place": "Password: hunter2"}
    with pytest.raises(ValidationError) as refusal:
        drafts.set_parameters(by=coordinator, edition=draft, values=said)
    assert [*refusal.value.message_dict] == ["safe_place"]
    drafts.set_parameters(by=coordinator, edition=draft, values=said, overrule=True)


def test_parameters_are_told_with_their_values(draft):
    told = [(p.key, p.is_missing, p.value) for p in reading.parameters(draft)]
    assert told == [
        ("council_name", False, "Boston Borough Council"),
        ("safe_place", False, ""),
    ]


def test_a_new_draft_is_a_copy_and_the_old_edition_stays_in_force(draft, coordinator):
    one = draft.contents.get(key="mutual-aid")
    adaptations.adapt(by=coordinator, thing=one, fields={"title": "Ours"})
    make_approved(draft)
    new = drafts.start_draft(by=coordinator, plan=draft.plan)
    assert (new.number, new.generic, new.state) == (2, draft.generic, "draft")
    columns = ("kind", "key", "position", "base", "state", "fields", "addendum")
    assert [*new.contents.values(*columns)] == [*draft.contents.values(*columns)]
    assert reading.values_of(new) == reading.values_of(draft)
    assert not new.editors.exists()
    assert PlanEdition.objects.get(pk=draft.pk).state == "approved"


def test_a_plan_not_yet_in_force_has_no_new_draft(draft, coordinator):
    with pytest.raises(ValidationError, match="in force yet"):
        drafts.start_draft(by=coordinator, plan=draft.plan)


def test_a_draft_can_be_given_up_and_begun_again(draft, coordinator):
    make_approved(draft)
    for _ in range(2):
        new = drafts.start_draft(by=coordinator, plan=draft.plan)
        drafts.discard_draft(by=coordinator, edition=new)
    assert [*draft.plan.editions.all()] == [draft]


def test_what_is_approved_is_not_given_up(draft, coordinator):
    make_approved(draft)
    with pytest.raises(ValidationError, match="nothing in it changes"):
        drafts.discard_draft(by=coordinator, edition=draft)


@pytest.mark.django_db(transaction=True)
def test_two_who_start_a_draft_at_once_make_one(boston, coordinator):
    edition = make_approved(make_edition(make_plan(boston)))
    plan = edition.plan

    def start():
        return drafts.start_draft(by=coordinator, plan=plan)

    assert len(lost(race(start, start))) == 1
    assert plan.editions.count() == 2
