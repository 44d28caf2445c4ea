"""Two hands at one batch, or at a record that a batch is about to change."""

import time

import pytest
from django.db import transaction

from partners import jobs
from partners.models import Job, StaffMember
from skills.imports import workflow
from tests.factories import make_person
from tests.races import lost, race
from tests.skills.imports.files import bring_in, confirm, table

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = ["Work e-mail", "Name", "Post"]


@pytest.fixture
def ada(boston):
    return make_person(boston, "Ada Able", work_email="ada@boston.example")


@pytest.fixture
def two(coordinator, boston, ada):
    rows = ["bo@boston.example", "Bo New", ""], [ada.work_email, "", "Manager"]
    return bring_in(coordinator, boston, "people", table(HEADER, *rows))


def applied(batch, ada):
    ada.refresh_from_db()
    batch.refresh_from_db()
    return batch.state, ada.version, StaffMember.objects.filter(name="Bo New").count()


def test_two_confirmations_at_once_apply_once(two, coordinator, ada):
    def press():
        workflow.confirm(by=coordinator, batch=two, checks=1, is_partial=False)

    assert lost(race(press, press, press)) == []
    assert applied(two, ada) == ("applied", 2, 1)


def test_two_undoings_at_once_undo_once(two, coordinator, ada):
    batch = confirm(coordinator, two)

    def press():
        workflow.take_back(by=coordinator, batch=batch)

    assert lost(race(press, press)) == []
    assert applied(two, ada) == ("undone", 3, 0)


@pytest.mark.parametrize("attempt", range(5))
def test_an_edit_and_a_confirmation_at_once_lose_nothing(
    two, coordinator, ada, attempt
):
    def press():
        workflow.confirm(by=coordinator, batch=two, checks=1, is_partial=False)

    def edit():
        StaffMember.objects.filter(pk=ada.pk).update(mobile="07700 900001")

    assert lost(race(press, edit)) == []
    state, version, _ = applied(two, ada)
    # Either the file came first and both stand, or the edit did and alone stands.
    assert (state, version, ada.post) in [
        ("applied", 3, "Manager"),
        ("checked", 2, "ICT officer"),
    ]
    assert ada.mobile == "07700 900001"


def test_two_files_that_add_one_person_add_them_once(two, coordinator, boston, ada):
    data = table(HEADER, ["BO@boston.example", "Bo New", ""])
    other = bring_in(coordinator, boston, "people", data)

    def press(batch):
        return lambda: confirm(coordinator, batch).state

    states = race(press(two), press(other))
    assert sorted(states) == ["applied", "checked"]
    assert StaffMember.objects.filter(work_email__iexact="bo@boston.example").count()


def test_the_worker_applies_a_long_file_once(two, coordinator, ada, monkeypatch):
    monkeypatch.setattr(workflow, "DIRECT", 0)
    confirm(coordinator, two)
    confirm(coordinator, two)
    assert Job.objects.count() == 1
    race(jobs.work_once, jobs.work_once)
    while jobs.work_once():
        pass
    assert applied(two, ada) == ("applied", 2, 1)


def test_a_worker_that_is_given_up_leaves_nothing_half_done(
    two, coordinator, ada, monkeypatch
):
    def breaks_off(*anything):
        raise RuntimeError("broke off")

    monkeypatch.setattr(workflow, "DIRECT", 0)
    confirm(coordinator, two)
    monkeypatch.setattr("skills.imports.apply._change", breaks_off)
    while jobs.work_once():
        pass
    assert applied(two, ada) == ("checked", 1, 0)
    assert two.refusal == jobs.GAVE_UP


def test_nobody_waits_for_an_untouched_record(two, coordinator, ada):
    """A check holds nothing: whoever edits meanwhile goes on at once."""
    with transaction.atomic():
        workflow.check_again(by=coordinator, batch=two)
        began = time.monotonic()
        (done,) = race(
            lambda: StaffMember.objects.filter(pk=ada.pk).update(post="Architect")
        )
    assert done == 1
    assert time.monotonic() - began < 5
