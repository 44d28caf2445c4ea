"""Second factors: sealed, needed by those who keep records, used once."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from partners.accounts import second_factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_the_key_is_sealed_in_the_table(staff_user):
    TOTP.activate(staff_user, SECRET)
    stored = Authenticator.objects.get().data["secret"]
    assert SECRET not in stored
    assert second_factor.SecondFactorAdapter().decrypt(stored) == SECRET


def test_the_seed_of_recovery_codes_is_sealed_in_the_table(staff_user, monkeypatch):
    monkeypatch.setattr(RecoveryCodes, "generate_seed", lambda: "5eed" * 20)
    codes = RecoveryCodes.activate(staff_user).generate_codes()
    stored = str(Authenticator.objects.values_list("data", flat=True).get())
    assert "5eed" not in stored
    assert not any(code in stored for code in codes)


@pytest.mark.usefixtures("_required")
def test_who_keeps_records_needs_one(coordinator, partnership_coordinator):
    assert second_factor.is_needed_by(coordinator)
    assert second_factor.is_needed_by(partnership_coordinator)


@pytest.mark.usefixtures("_required")
def test_who_keeps_none_needs_none(staff_user, reader, stranger):
    for user in (staff_user, reader, stranger):
        assert not second_factor.is_needed_by(user)


def test_where_it_is_not_required_nobody_needs_one(coordinator):
    assert not second_factor.is_needed_by(coordinator)


def test_recovery_codes_alone_are_no_second_factor(staff_user):
    RecoveryCodes.activate(staff_user)
    assert not second_factor.has_one(staff_user)
    TOTP.activate(staff_user, SECRET)
    assert second_factor.has_one(staff_user)


def test_a_code_is_noted_as_used_once(staff_user):
    assert second_factor.note_use(staff_user, "123456")
    assert not second_factor.note_use(staff_user, "123 456")
