"""Coordinators are reminded of plans that are to be reviewed, once an occasion."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email

from disaster_recovery.plans import reminders
from partners.models import Reminder
from tests.plans import make_approved, make_edition, make_plan
from tests.races import lost, race


def make_due(partner, days):
    """A plan in force that is to be reviewed in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    return make_approved(make_edition(make_plan(partner)), review_on=day)


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


@pytest.mark.parametrize(("days", "sent"), [(31, 0), (29, 1), (-1, 1)])
def test_who_keeps_the_plan_is_told_ahead_and_when_it_is_late(
    boston, coordinator, their_coordinator, days, sent
):
    make_due(boston, days)
    assert len(reminders.send()) == sent
    told = [message.to for message in Email.objects.all()]
    assert told == [[coordinator.person.work_email]] * sent


def test_once_ahead_and_once_a_month_when_late(boston, coordinator):
    make_due(boston, 20)
    reminders.send()
    for days, sent in ((1, 0), (25, 1), (26, 0), (60, 1)):
        with in_days(days):
            assert len(reminders.send()) == sent


def test_a_partner_that_left_and_a_draft_are_passed_over(boston, coordinator, lincoln):
    make_edition(make_plan(lincoln))
    make_due(boston, -1)
    boston.left_on = timezone.localdate()
    boston.save()
    assert reminders.send() == []


def test_a_rehearsal_sends_nothing(boston, coordinator):
    make_due(boston, -1)
    said = StringIO()
    call_command("send_plan_reminders", dry_run=True, stdout=said)
    assert "1 would be queued" in said.getvalue()
    assert not Reminder.objects.exists()
    call_command("send_plan_reminders", stdout=said)
    assert "1 queued" in said.getvalue()
    assert "/recovery/partners/boston/" in Email.objects.get().message


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_nothing_twice(boston, coordinator):
    make_due(boston, -1)
    assert lost(race(reminders.send, reminders.send)) == []
    assert Email.objects.count() == 1
