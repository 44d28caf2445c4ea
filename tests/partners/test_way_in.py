"""The last way in of a partner: only the partnership coordinator takes it away."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import Appointment, StaffMember, User
from partners.models.appointment import WAY_IN
from partners.refusals import sentence
from tests.factories import appoint, make_partner, make_person, make_user
from tests.races import broken_constraint, lost, race

COORDINATOR = Appointment.Role.COORDINATOR


def keeper(partner):
    user = make_user(person=make_person(partner))
    appoint(user, COORDINATOR, partner)
    return user


def leave(user):
    people = StaffMember.objects.filter(pk=user.person.pk)
    return people.update(left_on=timezone.localdate())


def switch_off(user):
    return User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("go", [leave, switch_off])
def test_the_last_coordinator_of_a_partner_stays(boston, go):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        go(keeper(boston))
    assert sentence(caught.value).startswith("Nobody else keeps the records")


@pytest.mark.parametrize("go", [leave, switch_off])
def test_with_another_coordinator_one_may_go(boston, go):
    one, _ = keeper(boston), keeper(boston)
    assert go(one) == 1


@pytest.mark.parametrize("go", [leave, switch_off])
def test_another_who_is_gone_does_not_count(boston, go):
    one, other = keeper(boston), keeper(boston)
    go(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        go(one)


def test_the_partnership_coordinator_ends_the_role_first(boston):
    user = keeper(boston)
    user.appointments.update(until=timezone.localdate())
    assert leave(user) == 1


def test_whoever_keeps_no_records_may_go(boston, staff_user):
    keeper(boston)
    assert leave(staff_user) == 1


def test_a_partner_that_has_left_needs_no_way_in(db):
    partner = make_partner(left_on=timezone.localdate())
    assert switch_off(keeper(partner)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_let_each_other_go_keep_one_of_them():
    partner = make_partner()
    one, other = keeper(partner), keeper(partner)
    [error] = lost(race(lambda: leave(one), lambda: switch_off(other)))
    assert broken_constraint(error) == WAY_IN
