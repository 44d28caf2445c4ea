"""Who works today and who is here now, by the clock of Lincolnshire."""

from datetime import date

import pytest
import time_machine

from partners.models import BankHoliday, StaffMember
from tests.factories import (
    make_absence,
    make_holiday,
    make_person,
    make_working_week,
)

MONDAY = date(2026, 11, 23)
TEN = "2026-11-23T10:00:00Z"
LOCAL = BankHoliday.Kind.LOCAL


@pytest.fixture
def person(boston):
    person = make_person(boston)
    make_working_week(person)
    return person


def presence(moment, person):
    with time_machine.travel(moment, tick=False):
        found = StaffMember.objects.with_presence().get(pk=person.pk)
    return found.is_available_today, found.is_available_now


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59:59Z", (True, False)),
        ("2026-11-23T09:00:00Z", (True, True)),
        ("2026-11-23T16:59:59Z", (True, True)),
        ("2026-11-23T17:00:00Z", (True, False)),
        ("2026-11-22T10:00:00Z", (False, False)),
        # In summer nine o'clock is eight by Greenwich.
        ("2026-07-06T08:00:00Z", (True, True)),
        ("2026-07-06T16:00:00Z", (True, False)),
        # Sunday 23:30 by Greenwich is Monday in Lincolnshire.
        ("2026-07-05T23:30:00Z", (True, False)),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(person, moment, expected):
    assert presence(moment, person) == expected


def test_nobody_works_on_a_bank_holiday(person):
    make_holiday(MONDAY)
    assert presence(TEN, person) == (False, False)


def test_a_local_day_is_kept_by_its_own_partner(person, boston, lincoln):
    make_holiday(MONDAY, "Founder's day", kind=LOCAL, partner=lincoln)
    assert presence(TEN, person) == (True, True)
    make_holiday(MONDAY, "May fair", kind=LOCAL, partner=boston)
    assert presence(TEN, person) == (False, False)


def test_somebody_away_is_not_here(person):
    make_absence(person, date(2026, 11, 20), MONDAY)
    assert presence(TEN, person) == (False, False)
    assert presence("2026-11-24T10:00:00Z", person) == (True, True)


def test_unknown_hours_promise_nothing(boston):
    assert presence(TEN, make_person(boston)) == (False, False)


def test_holidays_of_a_day_are_everybody_s_and_one_s_own(boston, lincoln):
    make_holiday(MONDAY, "For all")
    make_holiday(MONDAY, "For Boston", kind=LOCAL, partner=boston)
    assert BankHoliday.objects.on(MONDAY, boston.pk).count() == 2
    assert BankHoliday.objects.on(MONDAY, lincoln.pk).count() == 1
    assert BankHoliday.objects.on(MONDAY).count() == 1


def test_a_coordinator_keeps_the_local_days_of_one_s_own(
    boston, lincoln, coordinator, partnership_coordinator, staff_user
):
    make_holiday(MONDAY, "For all")
    ours = make_holiday(MONDAY, "Ours", kind=LOCAL, partner=boston)
    make_holiday(MONDAY, "Theirs", kind=LOCAL, partner=lincoln)
    assert list(BankHoliday.objects.editable_by(coordinator)) == [ours]
    assert BankHoliday.objects.editable_by(partnership_coordinator).count() == 3
    assert not BankHoliday.objects.editable_by(staff_user).exists()
