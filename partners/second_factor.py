"""A second factor at the door: who needs one, and whether this session has shown it."""

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from partners.sealing import seal, unseal

# What a session keeps of each step by which its login came in.
METHOD = "mfa"


class SealedAdapter(DefaultMFAAdapter):
    """Seals the secrets, and keeps the second factor of those who need one."""

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return not is_needed_by(authenticator.user)


def is_needed_by(user) -> bool:
    """Whether this login may keep records, and so needs a second factor."""
    return settings.SECOND_FACTOR_REQUIRED and user.standing.may_administer


def has_one(user) -> bool:
    """Whether an app that makes codes is set up for this login."""
    return Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.TOTP
    ).exists()


def was_shown(request) -> bool:
    """Whether this session came in with a second factor that is still set up."""
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == METHOD for record in records)
    return shown and has_one(request.user)


def note_set_up(request) -> None:
    """Whoever has just set up the app, with a code from it, has shown it."""
    record_authentication(request, request.user, METHOD, type=Authenticator.Type.TOTP)


def note_use(user, code: str) -> bool:
    """Remember a code as used, so that nobody signs in with it; False if it was."""
    return TOTP(Authenticator(user=user))._mark_code_used(code)
