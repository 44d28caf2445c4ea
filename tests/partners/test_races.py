"""Two at once: the table decides, and one of them is told."""

from datetime import date

import pytest

from partners.models import Absence, Appointment, StaffMember, User
from tests.factories import (
    appoint,
    make_absence,
    make_partner,
    make_person,
    make_user,
)
from tests.races import broken_constraint, lost, race

pytestmark = pytest.mark.django_db(transaction=True)
CHIEF = Appointment.Role.PARTNERSHIP_COORDINATOR


def end(appointment):
    return lambda: Appointment.objects.filter(pk=appointment.pk).update(
        until=date(2026, 1, 1)
    )


def remove(appointment):
    return lambda: Appointment.objects.filter(pk=appointment.pk).delete()


def switch_off(appointment):
    return lambda: User.objects.filter(pk=appointment.user_id).update(is_active=False)


def leave(appointment):
    person = StaffMember.objects.filter(user=appointment.user_id)
    return lambda: person.update(left_on=date(2026, 1, 1))


WAYS_TO_GO = [end, remove, switch_off, leave]


def still_coordinating():
    held = Appointment.objects.filter(role=CHIEF, until__isnull=True)
    gone = StaffMember.objects.filter(left_on__isnull=False).values("user")
    return held.filter(user__is_active=True).exclude(user__in=gone).count()


def two_chiefs():
    return [appoint(make_user(person=make_person()), CHIEF) for _ in range(2)]


def test_one_of_two_gets_the_work_email():
    partner = make_partner()
    outcomes = race(
        lambda: make_person(partner, work_email="ada@boston.example"),
        lambda: make_person(partner, work_email="ADA@boston.example"),
    )
    [error] = lost(outcomes)
    assert broken_constraint(error) == "partners_staffmember_email_is_unique"
    assert StaffMember.objects.count() == 1


def test_one_of_two_overlapping_absences_stands():
    person = make_person()
    outcomes = race(
        lambda: make_absence(person, date(2026, 5, 1), date(2026, 5, 8)),
        lambda: make_absence(person, date(2026, 5, 8), date(2026, 5, 9)),
    )
    [error] = lost(outcomes)
    assert broken_constraint(error) == "partners_absence_days_counted_once"
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("go", WAYS_TO_GO)
def test_of_two_last_partnership_coordinators_one_stays(go):
    [error] = lost(race(*map(go, two_chiefs())))
    name = "partners_appointment_somebody_coordinates"
    assert broken_constraint(error) == name
    assert still_coordinating() == 1


@pytest.mark.parametrize("go", WAYS_TO_GO)
def test_one_of_several_partnership_coordinators_may_go(go):
    assert lost(race(go(two_chiefs()[0]))) == []
    assert still_coordinating() == 1


def test_two_ways_to_go_at_once_leave_one():
    first, second = two_chiefs()
    [error] = lost(race(switch_off(first), leave(second)))
    assert broken_constraint(error) == "partners_appointment_somebody_coordinates"
    assert still_coordinating() == 1


def test_the_login_of_the_last_partnership_coordinator_stays():
    user = make_user()
    appoint(user, CHIEF)
    [error] = lost(race(user.delete))
    assert broken_constraint(error) == "partners_appointment_somebody_coordinates"


def test_of_two_savers_of_one_reading_one_is_refused():
    person = make_person(name="Ada", post="Analyst")
    readings = [StaffMember.objects.get(), StaffMember.objects.get()]
    readings[0].post, readings[1].post = "Engineer", "Manager"
    outcomes = race(*(reading.save for reading in readings))
    [error] = lost(outcomes)
    assert broken_constraint(error) == "partners_staffmember_version_is_newest"
    person.refresh_from_db()
    assert (person.version, person.post) in [(2, "Engineer"), (2, "Manager")]
