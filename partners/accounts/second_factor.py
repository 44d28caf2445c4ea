"""A second factor at the door: who needs one, and whether this session has shown it."""

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from partners.accounts import sessions
from partners.encryption import seal, unseal
from partners.mail import queue
from partners.models import SecondFactorReset, StaffMember, User

NONE_SET_UP = "{} has no second factor set up: there is nothing to reset"
OWN = "You cannot reset your own second factor: ask another coordinator"
ABOVE = (
    "{} coordinates the whole partnership: only another partnership coordinator resets "
    "that second factor"
)
# What a session keeps of each step by which its login came in.
METHOD = "mfa"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets, and keeps the second factor of those who need one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": (
            "Your second factor stays on, because you keep records. Have you a new "
            "telephone? Ask another coordinator to reset it"
        ),
        "cannot_generate_recovery_codes": (
            "Set up an app first: recovery codes stand in for it"
        ),
    }

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """The last one stays while it is needed."""
        others = _set_up(authenticator.user).exclude(pk=authenticator.pk)
        return not is_needed_by(authenticator.user) or others.exists()


def is_needed_by(user) -> bool:
    """Whether this login may keep records, and so needs a second factor."""
    return settings.SECOND_FACTOR_REQUIRED and user.standing.may_administer


def _set_up(user):
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds)


def has_one(user) -> bool:
    """Whether an app that makes codes, or a passkey, is set up for this login."""
    return _set_up(user).exists()


def has_app(user) -> bool:
    """Whether an app that makes codes is set up for this login."""
    return _set_up(user).filter(type=Authenticator.Type.TOTP).exists()


def was_shown(request) -> bool:
    """Whether this session came in with a second factor that is still set up."""
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == METHOD for record in records)
    return shown and has_one(request.user)


def note_set_up(request, kind: str = Authenticator.Type.TOTP) -> None:
    """Whoever has just set up an app or made a passkey has shown it."""
    record_authentication(request, request.user, METHOD, type=kind)


def note_use(user, code: str) -> bool:
    """Remember a code as used, so that nobody signs in with it; False if it was."""
    return TOTP(Authenticator(user=user))._mark_code_used(code)


def objection(*, by: User, person: StaffMember) -> str:
    """Why this login may not reset the person's second factor; empty if it may."""
    if by.standing.staff_id == person.pk:
        return OWN
    if not person.user or not Authenticator.objects.filter(user=person.user).exists():
        return NONE_SET_UP.format(person.name)
    is_above = person.user.standing.is_partnership_coordinator
    if is_above and not by.standing.is_partnership_coordinator:
        return ABOVE.format(person.name)
    return ""


@transaction.atomic
def reset(*, by: User, person: StaffMember, reason: str) -> SecondFactorReset:
    """Take off whatever the person set up, sign them out everywhere, and tell them.

    Raises PermissionDenied for who does not keep the person's record, ValidationError
    with a sentence for the rest, also where somebody else was first.
    """
    held = StaffMember.objects.editable_by(by).select_for_update(of=("self",))
    person = held.filter(pk=person.pk).first()
    if person is None:
        raise PermissionDenied
    # Who gives this login a role meanwhile waits.
    login = User.objects.select_for_update().filter(pk=person.user_id).first()
    person.user = login
    if refusal := objection(by=by, person=person):
        raise ValidationError(refusal)
    done = SecondFactorReset(staff=person, reason=reason, reset_by=by)
    done.full_clean()
    done.save()
    Authenticator.objects.filter(user=login).delete()
    sessions.end_all(user=login)
    _tell(done, login)
    return done


def _tell(done, login):
    queue.add_message(
        to=login.email,
        subject="Your second factor was reset",
        template="second_factor_reset",
        context={
            "name": done.staff.name,
            "sender": done.reset_by.get_full_name(),
            "reason": done.reason,
            "is_needed": is_needed_by(login),
            "address": queue.absolute_url(reverse("mfa_index")),
        },
    )
