"""Whoever is on duty hears of it in time, once for each occasion."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from post_office.models import Email

from partners import jobs
from partners.models import Absence, Reminder, StaffMember
from rota.duties import changes
from rota.messages import reminders
from rota.models import Duty, DutyChange, Swap
from tests.factories import make_absence, make_person
from tests.races import race
from tests.rota_makers import make_change, make_duty, make_rota, make_swap, utc

LONG_AGO = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = Reminder.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def rota(boston):
    return make_rota("Servers", partners=[boston])


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able", work_email="ann@boston.example")


def duty(rota, staff, starts_on, hours=16, made_at=LONG_AGO, **fields):
    """A night from 5pm by the clock of the process, arranged long ago."""
    with time_machine.travel(made_at, tick=False):
        made_by = make_change(made_at=made_at)
    starts = datetime.fromisoformat(f"{starts_on} 17:00").replace(tzinfo=UTC)
    ends = starts + timedelta(hours=hours)
    said = (f"{moment:%Y-%m-%d %H:%M}" for moment in (starts, ends))
    return make_duty(rota, staff, *said, made_by=made_by, **fields)


def sent_on(day, at="07:00"):
    """The messages that the daily run of this day queues."""
    with time_machine.travel(utc(f"{day} {at}"), tick=False):
        before = set(Email.objects.values_list("pk", flat=True))
        reminders.daily()
        return list(Email.objects.exclude(pk__in=before).order_by("pk"))


def days_told(first, number):
    """On which days of several there was a message."""
    days = [date.fromisoformat(first) + timedelta(days=n) for n in range(number)]
    return [f"{day:%d %b}" for day in days if sent_on(day)]


def test_a_duty_is_told_of_four_weeks_a_week_and_a_day_before(rota, ann):
    duty(rota, ann, "2026-12-23")
    # Mondays besides: 14 and 21 December, with the next two weeks.
    told = ["25 Nov", "14 Dec", "16 Dec", "21 Dec", "22 Dec"]
    assert days_told("2026-11-20", 40) == told


def test_the_message_says_when_and_where_to_confirm(rota, ann):
    duty(rota, ann, "2026-12-23")
    sent_on("2026-12-14")
    (message,) = sent_on("2026-12-16")
    assert message.to == ["ann@boston.example"]
    assert message.subject == "On call from 5pm on Wednesday 23 December 2026"
    assert "Servers, primary: 5pm on Wednesday 23 December 2026" in message.message
    assert "(please confirm)" in message.message
    assert "/rota/mine/" in message.message


def test_a_turn_of_several_nights_is_told_of_as_one(rota, ann):
    for day in range(15, 20):
        duty(rota, ann, f"2026-12-{day}")
    (message,) = sent_on("2026-12-08")
    assert message.message.count("- Servers") == 5
    # On Monday the day before the first, and then of none by itself.
    assert days_told("2026-12-09", 12) == ["14 Dec"]


def test_two_rotas_on_a_day_make_one_message(boston, rota, ann):
    duty(rota, ann, "2026-12-23")
    duty(make_rota("Phones", partners=[boston]), ann, "2027-01-13")
    (message,) = sent_on("2026-12-16")
    assert "Servers" in message.message
    assert "Phones" in message.message


def test_on_mondays_the_next_two_weeks_are_told_with_what_is_later(rota, ann):
    duty(rota, ann, "2026-12-02")
    duty(rota, ann, "2026-12-21")
    (message,) = sent_on("2026-11-23")
    assert message.subject == "On call in the next two weeks"
    ahead, later = message.message.split("And later")
    assert "2 December" in ahead
    assert "21 December" in later
    assert sent_on("2026-11-23", "16:00") == []


def test_a_monday_that_was_missed_is_made_up_for(rota, ann):
    duty(rota, ann, "2026-12-04")
    (message,) = sent_on("2026-11-25")
    assert message.subject == "On call in the next two weeks"
    assert sent_on("2026-11-26") == []


def test_what_a_change_told_since_is_not_told_again(rota, ann):
    sent_on("2026-12-14")
    duty(rota, ann, "2026-12-18", made_at=utc("2026-12-15 09:00"))
    assert days_told("2026-12-15", 5) == ["17 Dec"]


@pytest.mark.parametrize("left_on", [date(2026, 12, 16), date(2026, 12, 23)])
def test_whoever_left_or_will_have_left_gets_nothing(rota, ann, left_on):
    duty(rota, ann, "2026-12-23")
    StaffMember.objects.filter(pk=ann.pk).update(left_on=left_on)
    assert sent_on("2026-12-16") == []


def test_whose_partner_left_gets_nothing(rota, ann, boston):
    duty(rota, ann, "2026-12-23")
    boston.left_on = date(2026, 12, 1)
    boston.save()
    assert sent_on("2026-12-16") == []


def test_leave_takes_a_duty_out_and_its_end_brings_it_back(rota, ann):
    duty(rota, ann, "2026-12-23")
    make_absence(ann, begins_on=date(2026, 12, 20), ends_on=date(2026, 12, 30))
    assert sent_on("2026-12-16") == []
    Absence.objects.all().delete()
    assert len(sent_on("2026-12-17")) == 1


def test_a_duty_that_was_taken_over_is_told_to_its_new_holder_only(rota, ann, boston):
    night = duty(rota, ann, "2026-12-23")
    make_person(boston, "Cat")
    ben = make_person(boston, "Ben Bold", work_email="ben@boston.example")
    put = changes.put_instead(night, ben, Duty.Cause.COVER)
    with time_machine.travel(utc("2026-12-01 09:00"), tick=False):
        changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
    assert [m.to for m in sent_on("2026-12-16")] == [["ben@boston.example"]]


@pytest.mark.parametrize(
    ("night", "told_on"), [("2026-10-24", "2026-10-23"), ("2027-03-27", "2027-03-26")]
)
def test_nights_on_which_clocks_change_are_told_a_day_before(rota, ann, night, told_on):
    duty(rota, ann, night, hours=15)
    week_before = date.fromisoformat(night) - timedelta(days=7)
    assert sent_on(week_before)
    sent_on(date.fromisoformat(told_on) - timedelta(days=4))
    (message,) = sent_on(told_on)
    at = "6pm" if night.startswith("2026-10") else "5pm"
    assert f"Servers, primary: {at} on Saturday" in message.message


def test_days_are_those_of_the_rota_and_not_of_the_process(boston, ann):
    rota = make_rota(partners=[boston], time_zone="Pacific/Auckland")
    # 6am on Thursday 24 December there.
    duty(rota, ann, "2026-12-23", hours=8)
    sent_on("2026-12-21")
    assert sent_on("2026-12-22", "10:00") == []
    (message,) = sent_on("2026-12-22", "12:00")
    assert "6am on Thursday 24 December 2026" in message.message


def test_one_address_that_is_none_keeps_nobody_else_waiting(rota, ann, boston):
    StaffMember.objects.filter(pk=ann.pk).update(work_email="not an address")
    duty(rota, ann, "2026-12-23")
    duty(rota, make_person(boston, "Ben"), "2026-12-23", role="secondary")
    assert len(sent_on("2026-12-16")) == 1
    assert not Reminder.objects.filter(staff=ann).exists()


def test_the_worker_closes_requests_that_are_over(rota, ann):
    night = duty(rota, ann, "2026-12-15")
    make_swap(night)
    sent_on("2026-12-15", "18:00")
    assert Swap.objects.get().state == Swap.State.LAPSED


def test_the_worker_does_it_daily():
    assert reminders.daily in jobs._known.daily


def test_a_message_that_cannot_be_kept_leaves_no_record(rota, ann, monkeypatch):
    duty(rota, ann, "2026-12-23")
    monkeypatch.setattr(reminders.once.queue, "add_message", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sent_on("2026-12-16")
    assert not Reminder.objects.exists()


def test_the_number_of_queries_does_not_grow(
    rota, ann, boston, django_assert_max_num_queries
):
    for number in range(20):
        role = "primary" if number % 2 else "shadow"
        person = make_person(boston)
        duty(rota, person, f"2026-12-{10 + number}", role=role)
    with time_machine.travel(utc("2026-12-08 07:00"), tick=False):
        found = reminders._to_those_on_duty(utc("2026-12-08 07:00"))
        with django_assert_max_num_queries(2):
            reminders._to_those_on_duty(utc("2026-12-08 07:00"))
    assert len(found) == 20


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_message(rota, ann):
    duty(rota, ann, "2026-12-23")
    with time_machine.travel(utc("2026-12-16 07:00"), tick=False):
        outcomes = race(reminders.send, reminders.send)
    assert sorted(len(sent) for sent in outcomes) == [0, 1]
    assert Email.objects.count() == 1
