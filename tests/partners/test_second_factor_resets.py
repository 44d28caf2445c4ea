"""Resetting a colleague's second factor: by whom, of whom, once, and for good."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from post_office.models import Email

from partners.accounts import second_factor
from partners.models import Appointment, SecondFactorReset
from tests.factories import appoint, make_reset, make_user
from tests.partners.accounts.test_second_factor import SECRET
from tests.races import lost, race

WHY = "Lost the telephone; I rang back"


def arm(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user.person


@pytest.fixture
def armed(staff_user):
    return arm(staff_user)


def refusal(by, person, reason=WHY):
    with pytest.raises(ValidationError) as refused:
        second_factor.reset(by=by, person=person, reason=reason)
    return " ".join(refused.value.messages)


def test_a_reset_takes_everything_off_and_is_written_down(coordinator, armed):
    second_factor.reset(by=coordinator, person=armed, reason=WHY)
    assert not Authenticator.objects.exists()
    done = SecondFactorReset.objects.get()
    assert (done.staff, done.reset_by, done.reason) == (armed, coordinator, WHY)


def test_a_reset_signs_the_person_out_and_nobody_else(client_of, coordinator, armed):
    theirs, ours = client_of(armed.user), client_of(coordinator)
    second_factor.reset(by=coordinator, person=armed, reason=WHY)
    assert theirs.get("/about-me/").status_code == 302
    assert ours.get("/about-me/").status_code == 200


def test_the_person_is_told_who_did_it_and_why(coordinator, armed):
    second_factor.reset(by=coordinator, person=armed, reason=WHY)
    message = Email.objects.get()
    assert message.to == [armed.user.email]
    assert "Olive Ours has reset the second factor" in message.message
    assert WHY in message.message


def test_nobody_resets_their_own(coordinator):
    arm(coordinator)
    assert "ask another coordinator" in refusal(coordinator, coordinator.person)


def test_another_partner_s_coordinator_resets_nothing(their_coordinator, armed):
    with pytest.raises(PermissionDenied):
        second_factor.reset(by=their_coordinator, person=armed, reason=WHY)
    assert Authenticator.objects.exists()


def test_staff_and_readers_reset_nothing(reader, armed, boston):
    for by in (reader, armed.user):
        with pytest.raises(PermissionDenied):
            second_factor.reset(by=by, person=armed, reason=WHY)


def test_a_partnership_coordinator_s_is_for_another_one(
    coordinator, partnership_coordinator, staff_user
):
    appoint(staff_user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    person = arm(staff_user)
    assert "only another partnership coordinator" in refusal(coordinator, person)
    second_factor.reset(by=partnership_coordinator, person=person, reason=WHY)
    assert not Authenticator.objects.exists()


def test_there_must_be_one_to_reset(coordinator, staff_user):
    assert "nothing to reset" in refusal(coordinator, staff_user.person)
    assert not SecondFactorReset.objects.exists()


def test_a_reset_needs_a_reason(coordinator, armed):
    refusal(coordinator, armed, reason="")
    assert Authenticator.objects.exists()


def test_the_database_wants_a_reason_too(armed):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reset(armed, reason="")


@pytest.mark.parametrize("change", [{"reason": "Another"}, {"reset_by": None}])
def test_what_is_written_of_a_reset_stays(armed, change):
    make_reset(armed)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.update(**change)


def test_a_reset_is_never_deleted(armed):
    done = make_reset(armed)
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        done.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_resets_at_once_one_is_written_down(coordinator, boston, armed):
    other = make_user()
    appoint(other, Appointment.Role.PARTNERSHIP_COORDINATOR)
    by = [coordinator, other]
    [error] = lost(
        race(
            *(
                lambda who=who: second_factor.reset(by=who, person=armed, reason=WHY)
                for who in by
            )
        )
    )
    assert "nothing to reset" in error.messages[0]
    assert SecondFactorReset.objects.count() == 1
    assert Email.objects.count() == 1
