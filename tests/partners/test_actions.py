"""Roles are given and given back by the partnership coordinator, or a command."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from partners.actions import appoint, end_appointment
from partners.models import Appointment, User
from tests.factories import make_user

Role = Appointment.Role
NEW = "new.person@boston.example"


def test_appointing_a_stranger_makes_a_login_without_a_password(boston):
    appointment = appoint(by=None, email=NEW, role=Role.COORDINATOR, partner=boston)
    user = User.objects.get(email=NEW)
    assert appointment.user == user
    assert not user.has_usable_password()
    assert user.standing.coordinates == {boston.pk}


def test_appointing_finds_the_login_whatever_its_capitals(db):
    user = make_user(NEW)
    assert appoint(by=None, email=NEW.upper(), role=Role.READER).user == user


def test_a_role_can_begin_later(db):
    since = date(2099, 1, 1)
    appointment = appoint(by=None, email=NEW, role=Role.READER, since=since)
    assert appointment.since == since
    assert not appointment.user.standing.is_reader


def test_history_knows_who_appointed(partnership_coordinator):
    appointment = appoint(by=partnership_coordinator, email=NEW, role=Role.READER)
    context = appointment.events.get().pgh_context
    assert context.metadata["user"] == partnership_coordinator.pk


def test_a_coordinator_appoints_nobody(coordinator, boston):
    with pytest.raises(PermissionDenied):
        appoint(by=coordinator, email=NEW, role=Role.COORDINATOR, partner=boston)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "nobody"}, "valid email address"),
        ({"role": Role.COORDINATOR}, "Choose a partner for a coordinator"),
        ({"role": "king"}, "not a valid choice"),
    ],
)
def test_a_wrong_appointment_is_refused_and_makes_no_login(db, fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        appoint(**{"by": None, "email": NEW, "role": Role.READER} | fields)
    assert not User.objects.exists()


def test_nobody_holds_a_role_twice(db):
    appoint(by=None, email=NEW, role=Role.READER)
    with pytest.raises(ValidationError, match="holds that role in those days"):
        appoint(by=None, email=NEW, role=Role.READER)


def test_somebody_who_left_is_not_appointed(leaver):
    with pytest.raises(ValidationError, match="belongs to somebody who left"):
        appoint(by=None, email=leaver.email, role=Role.READER)


def test_an_appointment_ends_today_unless_told_otherwise(partnership_coordinator):
    appointment = appoint(by=None, email=NEW, role=Role.READER)
    end_appointment(by=partnership_coordinator, appointment=appointment)
    assert not Appointment.objects.in_force().filter(role=Role.READER).exists()
    contexts = [event.pgh_context for event in appointment.events.order_by("pgh_id")]
    assert contexts[-1].metadata["user"] == partnership_coordinator.pk


def test_an_appointment_does_not_end_before_it_begins(db):
    appointment = appoint(by=None, email=NEW, role=Role.READER, since=date(2026, 5, 1))
    with pytest.raises(ValidationError, match="ends after it begins"):
        end_appointment(by=None, appointment=appointment, until=date(2026, 4, 1))


def test_the_last_partnership_coordinator_stays(partnership_coordinator):
    last = partnership_coordinator.appointments.get()
    with pytest.raises(IntegrityError, match="last"), transaction.atomic():
        end_appointment(by=partnership_coordinator, appointment=last)
    assert Appointment.objects.in_force().get() == last


def test_a_coordinator_ends_nothing(coordinator, partnership_coordinator):
    with pytest.raises(PermissionDenied):
        end_appointment(
            by=coordinator, appointment=partnership_coordinator.appointments.get()
        )
