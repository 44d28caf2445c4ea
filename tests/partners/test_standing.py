"""What roles come to."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from partners.models import Appointment, Partner, StaffMember
from partners.standing import (
    COORDINATOR,
    PARTNERSHIP_COORDINATOR,
    READER,
    Standing,
)
from tests.factories import appoint, make_person, make_user

STRANGER = Standing()
STAFF = Standing.of([], staff_id=1, partner_id=7)
OURS = Standing.of([(COORDINATOR, 7)], staff_id=1, partner_id=7)
CHIEF = Standing.of([(PARTNERSHIP_COORDINATOR, None)])
SPONSOR = Standing.of([(READER, None)])
READING_STAFF = Standing.of([(READER, None)], staff_id=1, partner_id=7)


@pytest.mark.parametrize(
    ("standing", "stranger", "administers", "mobiles", "exports"),
    [
        (STRANGER, True, False, False, False),
        (STAFF, False, False, True, True),
        (OURS, False, True, True, True),
        (CHIEF, False, True, True, True),
        (SPONSOR, False, False, False, False),
        (READING_STAFF, False, False, True, True),
    ],
)
def test_what_each_role_may_do(standing, stranger, administers, mobiles, exports):
    assert standing.is_stranger is stranger
    assert standing.may_administer is administers
    assert standing.sees_mobiles is mobiles
    assert standing.exports_people is exports


@pytest.mark.parametrize(
    ("standing", "own", "other"),
    [(STAFF, False, False), (OURS, True, False), (CHIEF, True, True)],
)
def test_whose_records_each_role_keeps(standing, own, other):
    assert standing.coordinates_partner(7) is own
    assert standing.coordinates_partner(8) is other


@pytest.mark.parametrize(
    ("standing", "shown", "hidden"),
    [
        (STRANGER, False, False),
        (STAFF, True, False),
        (OURS, True, True),
        (CHIEF, True, True),
        (SPONSOR, False, False),
        (Standing(staff_id=5, partner_id=7), True, True),
    ],
)
def test_a_hidden_mobile_is_for_its_owner_and_their_coordinators(
    standing, shown, hidden
):
    for is_hidden, expected in ((False, shown), (True, hidden)):
        person = SimpleNamespace(pk=5, partner_id=7, is_mobile_hidden=is_hidden)
        assert standing.sees_mobile_of(person) is expected


def test_no_partner_is_nobody_s_to_keep():
    assert not OURS.coordinates_partner(None)
    assert not STRANGER.coordinates_partner(None)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-9, 1, True),
        (-9, 0, False),
    ],
)
def test_an_appointment_counts_from_its_day_until_its_end(db, since, until, holds):
    user, today = make_user(), timezone.localdate()
    end = None if until is None else today + timedelta(days=until)
    since = today + timedelta(days=since)
    appoint(user, Appointment.Role.READER, since=since, until=end)
    assert user.standing.is_reader is holds


def test_a_switched_off_login_has_no_standing(coordinator):
    coordinator.is_active = False
    assert coordinator.standing == STRANGER
    assert not coordinator.is_staff


def test_a_leaver_loses_every_role_on_the_day(leaver):
    assert leaver.standing == STRANGER
    assert not leaver.is_staff


def test_leaving_tomorrow_is_not_leaving_today(staff_user):
    staff_user.person.left_on = timezone.localdate() + timedelta(days=1)
    staff_user.person.save()
    assert staff_user.standing.staff_id == staff_user.person.pk


def test_the_gate_shows_everybody_in_post_to_those_who_belong(
    staff_user, reader, their_coordinator, leaver
):
    met = set(StaffMember.objects.visible_to(staff_user))
    assert met == {staff_user.person, their_coordinator.person}
    assert set(StaffMember.objects.visible_to(reader)) == met
    assert set(StaffMember.objects.visible_to(leaver)) == set()


def test_the_gate_shows_strangers_nobody(stranger, staff_user):
    assert not StaffMember.objects.visible_to(stranger).exists()
    assert not Partner.objects.visible_to(stranger).exists()


def test_the_gate_of_editing_opens_for_one_s_own_partner(
    coordinator, their_coordinator, leaver
):
    mine = set(StaffMember.objects.editable_by(coordinator))
    assert mine == {coordinator.person, leaver.person}
    assert set(Partner.objects.editable_by(coordinator)) == {coordinator.person.partner}


@pytest.mark.parametrize("role", ["staff_user", "reader", "stranger", "leaver"])
def test_the_gate_of_editing_is_shut_for_others(role, request, their_coordinator):
    user = request.getfixturevalue(role)
    assert not StaffMember.objects.editable_by(user).exists()
    assert not Partner.objects.editable_by(user).exists()


def test_the_partnership_coordinator_may_edit_everybody(
    partnership_coordinator, coordinator, their_coordinator, leaver
):
    assert StaffMember.objects.editable_by(partnership_coordinator).count() == 3
    assert Partner.objects.editable_by(partnership_coordinator).count() == 2


def test_people_of_a_partner_that_left_are_met_no_more(staff_user, lincoln):
    theirs = make_person(lincoln)
    assert theirs in StaffMember.objects.visible_to(staff_user)
    lincoln.left_on = timezone.localdate()
    lincoln.save()
    assert theirs not in StaffMember.objects.visible_to(staff_user)
    assert lincoln not in Partner.objects.visible_to(staff_user)


def test_coordinators_of_a_partner_are_those_in_post(boston, coordinator, leaver):
    assert list(StaffMember.objects.coordinators_of(boston)) == [coordinator.person]
