"""The worker does all that is done daily: nothing else need be scheduled."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from post_office.models import Email

from partners.management.commands import work
from partners.models import Reminder
from tests.factories import make_person, make_transfer

pytestmark = pytest.mark.django_db


def test_the_worker_moves_the_people_whose_transfer_begins(boston, lincoln):
    person = make_person(boston)
    make_transfer(person, lincoln, state="accepted")
    call_command("work", once=True)
    person.refresh_from_db()
    assert person.partner == lincoln


def test_the_worker_says_which_transfer_cannot_take_effect(
    coordinator, lincoln, caplog
):
    make_transfer(coordinator.person, lincoln, state="accepted")
    call_command("work", once=True)
    assert "is the only coordinator of Boston" in caplog.text


def test_the_worker_anonymises_those_who_left_long_ago(boston):
    person = make_person(boston, left_on=timezone.localdate() - timedelta(days=100))
    call_command("work", once=True)
    person.refresh_from_db()
    assert person.name == f"Former member of staff {person.pk}"


def test_the_worker_reminds_of_old_records_once(boston):
    person = make_person(boston)
    call_command("work", once=True)
    call_command("work", once=True)
    assert Reminder.objects.filter(staff=person, kind="unconfirmed").count() == 1
    assert Email.objects.filter(to=[person.work_email]).count() == 1


def test_the_worker_waits_for_a_database_that_restarts(monkeypatch, caplog):
    answers = iter([OperationalError("it is restarting"), False, KeyboardInterrupt()])

    def work_once():
        answer = next(answers)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(work, "work_once", work_once)
    monkeypatch.setattr(work, "PAUSE", 0)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    call_command("work")
    assert next(answers, "all asked") == "all asked"
    assert "The database does not answer, trying again: it is restarting" in caplog.text


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), 30),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), 1),
        (datetime(2026, 7, 1, 3, 59, tzinfo=UTC), 30),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), 1),
    ],
)
def test_the_day_of_the_worker_begins_at_five_in_the_morning(moment, day):
    with time_machine.travel(moment, tick=False):
        assert work.working_day().day == day
