"""Reminders are sent once for their occasion, to those whom it concerns."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from post_office.models import Email

from partners.models import Partner, Reminder, StaffMember
from skills.records import reminders
from tests.factories import make_certification, make_person
from tests.races import race

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
KINDS = Reminder.Kind


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(NOW, tick=False):
        yield


def person(partner, name="Ada", confirmed=NOW, **fields):
    made = make_person(partner, name, **fields)
    StaffMember.objects.filter(pk=made.pk).update(confirmed_at=confirmed)
    return made


def sent(kind=None):
    """Who was sent what, in this run."""
    found = [(due.person.name, due.kind) for due in reminders.send()]
    return [name for name, of in found if kind in (None, of)]


@pytest.mark.parametrize(
    ("confirmed", "reminded"),
    [
        (None, ["Ada"]),
        (NOW - timedelta(days=366), ["Ada"]),
        (NOW - timedelta(days=364), []),
    ],
)
def test_a_record_not_confirmed_for_a_year_is_asked_about(boston, confirmed, reminded):
    person(boston, confirmed=confirmed)
    assert sent(KINDS.UNCONFIRMED) == reminded


def test_it_is_asked_about_once_a_quarter(boston):
    person(boston, confirmed=None)
    assert sent() == ["Ada"]
    for days, again in ((1, []), (89, []), (91, ["Ada"]), (92, [])):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert sent(KINDS.UNCONFIRMED) == again


def test_a_coordinator_s_own_question_counts_as_a_reminder(boston):
    ada = person(boston, confirmed=None)
    Reminder.objects.create(staff=ada, kind=KINDS.ASKED, occasion="yesterday")
    assert sent() == []


@pytest.mark.parametrize(
    ("days", "reminded"),
    [(61, []), (60, ["Ada"]), (15, ["Ada"]), (14, ["Ada"]), (0, ["Ada"]), (-1, [])],
)
def test_a_certificate_that_runs_out_is_told_of(boston, days, reminded):
    expires_on = NOW.date() + timedelta(days=days)
    make_certification(person(boston), "CCNA", expires_on=expires_on)
    assert sent(KINDS.CERTIFICATE) == reminded


def test_a_certificate_is_told_of_at_60_days_and_at_14(boston):
    make_certification(person(boston), "CCNA", expires_on=date(2027, 1, 22))
    days = []
    for day in range(62):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            days += [day for name in sent(KINDS.CERTIFICATE)]
    assert days == [0, 46]


def test_a_renewed_certificate_is_told_of_anew(boston):
    row = make_certification(person(boston), "CCNA", expires_on=date(2026, 12, 1))
    assert sent(KINDS.CERTIFICATE) == ["Ada"]
    row.expires_on = date(2026, 12, 5)
    row.save()
    assert sent(KINDS.CERTIFICATE) == ["Ada"]


def test_coordinators_get_their_partner_s_figures_once_a_month(
    boston, coordinator, their_coordinator
):
    person(boston)
    StaffMember.objects.update(confirmed_at=NOW)
    assert sent() == ["Olive Ours", "Theo Theirs"]
    assert sent() == []
    message = Email.objects.get(to=coordinator.person.work_email)
    assert "Boston Borough Council has 2 people" in message.message
    assert "/skills/partners/boston/people/" in message.message
    with time_machine.travel(datetime(2026, 12, 1, 7, tzinfo=UTC), tick=False):
        assert sent(KINDS.DIGEST) == ["Olive Ours", "Theo Theirs"]


def test_leavers_and_partners_that_left_get_nothing(boston, lincoln):
    person(boston, confirmed=None, left_on=date(2026, 1, 1))
    make_certification(person(lincoln, "Bob"), expires_on=NOW.date())
    Partner.objects.filter(pk=lincoln.pk).update(left_on=date(2026, 1, 1))
    assert sent() == []


def test_a_rehearsal_says_what_is_due_and_sends_nothing(boston):
    person(boston, confirmed=None, work_email="ada@boston.example")
    said = StringIO()
    call_command("send_reminders", "--dry-run", stdout=said)
    assert "ada@boston.example: Is your record still right?" in said.getvalue()
    assert "1 would be queued" in said.getvalue()
    assert not Email.objects.exists()
    assert not Reminder.objects.exists()


def test_the_command_says_what_it_queued(boston):
    person(boston, confirmed=None)
    said = StringIO()
    call_command("send_reminders", stdout=said)
    assert "Not confirmed for a year: 1\n" in said.getvalue()
    assert said.getvalue().endswith("1 queued\n")
    assert Email.objects.count() == Reminder.objects.count() == 1


def test_blocks_follow_each_other_until_all_are_told(boston, monkeypatch):
    monkeypatch.setattr(reminders, "BLOCK", 2)
    for number in range(5):
        person(boston, f"Person {number}", confirmed=None)
    assert len(sent()) == Email.objects.count() == 5


def test_a_message_that_cannot_be_kept_leaves_no_record(boston, monkeypatch):
    person(boston, confirmed=None)
    monkeypatch.setattr(reminders.queue, "add_message", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sent()
    assert not Reminder.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_message(boston):
    person(boston, confirmed=None)
    assert sorted(race(sent, sent)) == [[], ["Ada"]]
    assert Email.objects.count() == 1
