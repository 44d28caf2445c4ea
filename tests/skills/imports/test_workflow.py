"""A batch from its check to its undoing; each step is done once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partners.history import changes
from partners.models import Job, StaffMember
from skills.imports import workflow
from skills.models import ImportBatch, ImportRow, SkillHeld
from tests.factories import (
    make_absence,
    make_held,
    make_person,
    make_skill,
    make_transfer,
)
from tests.skills.imports import files
from tests.skills.imports.files import only

pytestmark = pytest.mark.django_db
HEADER = ["Work e-mail", "Name", "Post"]
NEW = ["bo@boston.example", "Bo New", "Operator"]


@pytest.fixture
def two(people, ada):
    """A file that adds Bo and changes Ada."""
    return people(HEADER, NEW, [ada.work_email, "", "Manager"])


def test_a_batch_counts_its_rows(people, ada):
    bad = [ada.work_email, "", "x" * 200]
    batch = people(HEADER, NEW, bad)
    counts = (batch.rows_new, batch.rows_changed, batch.rows_unchanged)
    assert (*counts, batch.rows_wrong) == (1, 0, 0, 1)


def test_confirming_writes_what_was_checked(two, apply, ada, coordinator):
    batch = apply(two)
    ada.refresh_from_db()
    assert (batch.state, batch.applied_by) == ("applied", coordinator)
    assert (ada.post, ada.version) == ("Manager", 2)
    assert StaffMember.objects.get(work_email=NEW[0]).post == "Operator"


def test_history_says_who_did_it(two, apply, ada, coordinator):
    apply(two)
    found = changes.newest_first(changes.events(StaffMember).filter(pgh_obj=ada.pk))
    assert found[0].who == "Olive Ours"
    assert found[0].fields == [("Post", "Engineer", "Manager")]


def test_confirming_twice_applies_once(two, apply, ada):
    apply(two)
    apply(two)
    ada.refresh_from_db()
    assert (ada.version, StaffMember.objects.filter(name="Bo New").count()) == (2, 1)


def test_a_confirmation_of_an_older_check_is_refused(two, coordinator):
    workflow.check_again(by=coordinator, batch=two)
    with pytest.raises(workflow.Refused, match="has been checked again"):
        workflow.confirm(by=coordinator, batch=two, checks=1, is_partial=False)


def test_rows_with_errors_are_left_out_only_knowingly(people, apply, coordinator):
    batch = people(HEADER, NEW, ["nonsense", "Al", ""])
    with pytest.raises(workflow.Refused, match="Some rows have errors"):
        apply(batch)
    assert apply(batch, is_partial=True).is_partial
    assert not StaffMember.objects.filter(name="Al").exists()
    assert StaffMember.objects.filter(name="Bo New").exists()


def test_a_file_that_changes_nothing_is_not_applied(people, apply, ada):
    with pytest.raises(workflow.Refused, match="nothing to import"):
        apply(people(HEADER, [ada.work_email, "", ""]))


def test_an_edit_in_between_is_shown_and_not_overwritten(two, apply, ada, coordinator):
    ada.post = "Architect"
    ada.save()
    batch = apply(two)
    ada.refresh_from_db()
    row = batch.rows.exclude(meanwhile=[]).get()
    assert (batch.state, ada.post, batch.applied_by) == ("checked", "Architect", None)
    assert "Post from “Engineer” to “Architect”" in row.meanwhile[0]
    assert not StaffMember.objects.filter(name="Bo New").exists()


def test_checked_again_it_may_be_applied(two, apply, ada, coordinator):
    StaffMember.objects.filter(pk=ada.pk).update(post="Architect")
    apply(two)
    workflow.check_again(by=coordinator, batch=two)
    two.refresh_from_db()
    assert two.rows.get(target=ada.pk).changes == [["Post", "Architect", "Manager"]]
    assert not two.rows.exclude(meanwhile=[])
    assert apply(two).state == "applied"


def test_an_e_mail_taken_in_between_is_shown(two, apply, boston):
    make_person(boston, "Bo Other", work_email=NEW[0])
    assert apply(two).state == "checked"
    assert two.rows.get(line=2).meanwhile == ["Somebody else has added this record"]


def test_somebody_transferred_in_between_is_shown(two, apply, ada, lincoln):
    make_transfer(ada, lincoln, state="accepted")
    StaffMember.objects.filter(pk=ada.pk).update(partner=lincoln)
    assert apply(two).state == "checked"
    assert "outside Boston" in str(two.rows.get(line=3).meanwhile)


def test_a_skill_retired_in_between_is_shown(held, apply, ada):
    skill = make_skill("Novell")
    batch = held(["Work e-mail", "Skill", "Level"], [ada.work_email, "Novell", "2"])
    skill.retired_on = date(2026, 1, 1)
    skill.save()
    assert apply(batch).state == "checked"
    assert "retired" in str(only(batch).meanwhile)


def test_a_record_removed_in_between_is_shown(absences, apply, ada):
    away = make_absence(ada, date(2026, 12, 1), date(2026, 12, 5))
    header = ["Work e-mail", "First day", "Last day"]
    batch = absences(header, [ada.work_email, "1/12/2026", "6/12/2026"])
    away.delete()
    assert apply(batch).state == "checked"
    assert only(batch).meanwhile == ["Somebody else has removed this record"]


def test_undoing_puts_back_and_removes(two, apply, ada, coordinator):
    batch = apply(two)
    workflow.take_back(by=coordinator, batch=batch)
    ada.refresh_from_db()
    batch.refresh_from_db()
    assert (ada.post, ada.version, batch.state) == ("Engineer", 3, "undone")
    assert not StaffMember.objects.filter(name="Bo New").exists()


def test_undoing_puts_back_who_confirmed_a_level(held, apply, ada, coordinator):
    row = make_held(ada, make_skill("Cisco"), 1)
    header = ["Work e-mail", "Skill", "Level"]
    batch = apply(held(header, [ada.work_email, "Cisco", "2"]))
    workflow.take_back(by=coordinator, batch=batch)
    row.refresh_from_db()
    assert (row.level, row.confirmed_at, row.confirmed_by) == (1, None, None)


def test_undoing_twice_undoes_once(two, apply, ada, coordinator):
    batch = apply(two)
    workflow.take_back(by=coordinator, batch=batch)
    workflow.take_back(by=coordinator, batch=batch)
    ada.refresh_from_db()
    assert ada.version == 3


def test_what_was_edited_since_is_not_undone(two, apply, ada, coordinator):
    batch = apply(two)
    StaffMember.objects.filter(pk=ada.pk).update(mobile="07700 900001")
    workflow.take_back(by=coordinator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert "edited since" in batch.refusal
    assert "Work mobile" in batch.rows.exclude(meanwhile=[]).get().meanwhile[0]
    assert StaffMember.objects.filter(name="Bo New").exists()


def test_somebody_added_who_has_skills_since_is_not_removed(two, apply, coordinator):
    batch = apply(two)
    make_held(StaffMember.objects.get(name="Bo New"), make_skill("Cisco"))
    workflow.take_back(by=coordinator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert "now uses this record" in batch.rows.get(line=2).meanwhile[0]
    assert SkillHeld.objects.count() == 1


def test_a_discarded_batch_keeps_counts_and_no_rows(two, coordinator):
    workflow.discard(by=coordinator, batch=two)
    two.refresh_from_db()
    assert (two.state, two.rows_new, two.rows.count()) == ("discarded", 1, 0)
    for step in (workflow.check_again, workflow.take_back):
        with pytest.raises(workflow.Refused):
            step(by=coordinator, batch=two)


@pytest.mark.parametrize(
    "step", [workflow.check_again, workflow.take_back, workflow.discard]
)
def test_only_who_keeps_the_records_takes_a_step(two, step, their_coordinator):
    with pytest.raises(PermissionDenied):
        step(by=their_coordinator, batch=two)


def test_only_who_keeps_the_records_confirms(two, their_coordinator):
    with pytest.raises(PermissionDenied):
        files.confirm(their_coordinator, two)


def test_only_who_keeps_the_records_brings_files_in(their_coordinator, boston):
    with pytest.raises(PermissionDenied):
        files.bring_in(their_coordinator, boston, "people", files.table(HEADER, NEW))


def test_rows_are_forgotten_after_ninety_days(two, apply):
    apply(two)
    long_ago = timezone.now() - timedelta(days=91)
    ImportBatch.objects.update(uploaded_at=long_ago)
    assert (workflow.empty_old(), ImportRow.objects.count()) == (1, 0)
    two.refresh_from_db()
    assert (two.state, two.rows_new, bool(two.emptied_on)) == ("applied", 1, True)


def test_a_refusal_of_the_table_is_said(two, apply, monkeypatch, boston):
    """What no check foresaw leaves the batch as it was, with the table's sentence."""

    def taken(batch, progress):
        make_person(boston, work_email=NEW[0])
        make_person(boston, work_email=NEW[0])

    monkeypatch.setattr(workflow, "apply", taken)
    batch = apply(two)
    assert (batch.state, StaffMember.objects.filter(work_email=NEW[0]).count()) == (
        "checked",
        0,
    )
    assert "has this work e-mail already" in batch.refusal


def test_a_long_file_waits_for_the_worker(people, monkeypatch):
    monkeypatch.setattr(workflow, "DIRECT", 1)
    batch = people(HEADER, NEW, ["al@boston.example", "Al", ""])
    assert batch.state == "waiting"
    job = Job.objects.get()
    assert (job.kind, job.target, job.state) == ("import", batch.pk, "waiting")
