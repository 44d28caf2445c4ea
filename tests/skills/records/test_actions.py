"""Confirming records and marking people as left, within one's own partner."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from partners.models import StaffMember, WorkingDay
from skills.records.actions import (
    confirm_own_record,
    confirm_records,
    mark_as_left,
    set_working_week,
)
from tests.factories import LONG_AGO, make_held, make_person, make_skill

EVERYBODY = StaffMember.objects.order_by("name_key")


def test_confirming_is_of_the_record_and_its_skills(coordinator, boston):
    person = make_person(boston)
    held = make_held(person, make_skill(), 2)
    chosen = StaffMember.objects.filter(pk=person.pk)
    assert confirm_records(by=coordinator, people=chosen) == 1
    for record in (person, held):
        record.refresh_from_db()
        assert record.confirmed_by == coordinator
        assert record.confirmed_at.date() == timezone.now().date()
        assert record.version == 2


def test_a_coordinator_confirms_their_own_partner_s_people(
    coordinator, their_coordinator
):
    held = make_held(their_coordinator.person, make_skill(), 2)
    assert confirm_records(by=coordinator, people=EVERYBODY.all()) == 1
    assert StaffMember.objects.get(confirmed_by=coordinator) == coordinator.person
    held.refresh_from_db()
    assert held.confirmed_at is None


def test_marking_as_left_hides_people_at_once(coordinator, boston):
    person = make_person(boston)
    chosen = StaffMember.objects.filter(pk=person.pk)
    assert mark_as_left(by=coordinator, people=chosen) == 1
    person.refresh_from_db()
    assert person.left_on == timezone.localdate()
    assert person not in StaffMember.objects.visible_to(coordinator)


def test_who_left_before_keeps_the_day(coordinator, boston):
    gone = make_person(boston, left_on=LONG_AGO)
    chosen = StaffMember.objects.filter(pk=gone.pk)
    assert mark_as_left(by=coordinator, people=chosen) == 0
    gone.refresh_from_db()
    assert gone.left_on == LONG_AGO


@pytest.mark.parametrize("role", ["their_coordinator", "staff_user", "reader"])
def test_others_mark_nobody_of_ours_as_left(request, boston, role):
    make_person(boston)
    ours = StaffMember.objects.filter(partner=boston)
    assert mark_as_left(by=request.getfixturevalue(role), people=ours) == 0
    assert not ours.filter(left_on__isnull=False).exists()


def test_a_choice_by_what_people_hold_is_as_good_as_any(coordinator, boston):
    make_held(make_person(boston, "Ann"), make_skill("DNS"), 2)
    joined = EVERYBODY.filter(skills_held__skill__name="DNS")
    assert confirm_records(by=coordinator, people=joined) == 1
    assert mark_as_left(by=coordinator, people=joined) == 1
    assert StaffMember.objects.get(name="Ann").left_on


def test_a_week_of_somebody_else_is_not_set(staff_user, boston):
    other = make_person(boston, "Bob Both")
    with pytest.raises(PermissionDenied):
        set_working_week(by=staff_user, days=[WorkingDay(staff=other, weekday=1)])


def test_confirming_ones_own_record_confirms_nobody_else(staff_user, coordinator):
    confirm_own_record(by=staff_user)
    confirmed = StaffMember.objects.exclude(confirmed_at=None)
    assert [*confirmed] == [staff_user.person]


def test_a_leaver_confirms_nothing(leaver):
    confirm_own_record(by=leaver)
    assert not StaffMember.objects.exclude(confirmed_at=None).exists()


def test_marking_as_left_keeps_the_last_way_in_of_a_partner(
    coordinator, partnership_coordinator
):
    people = StaffMember.objects.filter(pk=coordinator.person.pk)
    with pytest.raises(IntegrityError, match="last coordinator of a partner"):
        mark_as_left(by=partnership_coordinator, people=people)
