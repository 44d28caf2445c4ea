"""A published version opens one update in every plan, and coordinators hear of it."""

import pytest
from post_office.models import Email

from disaster_recovery.generic_plan import versions
from disaster_recovery.models import PlanUpdate
from disaster_recovery.updates import delivery
from partners import jobs
from partners.jobs import Progress
from partners.models import Job
from tests.plan_updates import make_adapted, make_new, make_old
from tests.plans import make_edition

SUBJECT = "Update to your recovery plan: version 1.1.0"


@pytest.fixture
def old(db):
    return make_old()


@pytest.fixture
def draft(boston, coordinator, old):
    return make_adapted(coordinator, boston, old)


def test_a_version_opens_one_update_in_every_plan(draft, old, coordinator):
    other = make_edition(generic=old)
    new, progress = make_new(old), Progress()
    delivery.work(new.pk, progress)
    delivery.work(new.pk, Progress())
    assert {u.plan for u in PlanUpdate.objects.all()} == {draft.plan, other.plan}
    assert (progress.done, progress.total) == (2, 2)
    emails = Email.objects.filter(subject=SUBJECT)
    assert [mail.to for mail in emails] == [[coordinator.person.work_email]]
    assert "9 changes to the plan of Boston" in emails[0].message
    assert "choose between versions in 4 of them" in emails[0].message


def test_publishing_lets_the_worker_open_updates(draft, partnership_coordinator):
    by = partnership_coordinator
    next_one = versions.start_draft(by=by)
    thing = next_one.contents.get(key="goes")
    versions.remove_object(by=by, thing=thing)
    made = versions.publish(by=by, draft=next_one, number=(1, 1, 0), notes="Less")
    assert Job.objects.get().target == made.pk
    while jobs.work_once():
        pass
    assert PlanUpdate.objects.get().open_items == 1


def test_a_plan_adopted_late_gets_its_update_next_day(draft, old):
    make_new(old)
    delivery.catch_up()
    assert PlanUpdate.objects.get().open_items == 9


def test_no_update_is_opened_before_anything_is_published(db):
    delivery.catch_up()
    assert not PlanUpdate.objects.exists()
