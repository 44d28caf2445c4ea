"""Inviting people to sign in: one link for one person, good once and for a week."""

import hashlib
import secrets
from collections.abc import Iterable

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partners.mail import queue
from partners.models import IdentityProvider, Invitation, StaffMember, User
from partners.models.invitation import GOOD_FOR

_BYTES = 32
_LONGEST = 200
DEAD = "This invitation was used, withdrawn or replaced, or its week is over"
HAS_LOGIN = (
    "{} can sign in already. Whoever has lost the password chooses “Forgot your "
    "password?” on the sign-in page"
)
SWITCHED_OFF = "The login of {} is switched off: switch it on first"
HAS_LEFT = "{} is not in post, so there is nobody to invite"
ABOVE = (
    "{} coordinates the whole partnership: only another partnership coordinator sends "
    "that invitation"
)
TAKEN = "{} is the e-mail of another login: correct the record, or that login, first"


@transaction.atomic
def invite(*, person: StaffMember, by: User) -> Invitation:
    """Send the person a link that lets them in; an earlier one works no more.

    Raises PermissionDenied for who does not keep the record, and ValidationError with
    a sentence where there is nobody to invite.
    """
    kept = StaffMember.objects.editable_by(by).order_by()
    locked = kept.select_for_update(of=("self",), no_key=True)
    person = locked.select_related("partner", "user").filter(pk=person.pk).first()
    if person is None:
        raise PermissionDenied("Only who keeps this record invites the person")
    # Who has a password may still connect an account of their organisation.
    providers = IdentityProvider.objects.in_use().filter(partner=person.partner)
    _refuse(person, may_connect=providers.exists())
    is_above = person.user and person.user.standing.is_partnership_coordinator
    if is_above and not by.standing.is_partnership_coordinator:
        raise ValidationError(ABOVE.format(person.name))
    with pghistory.context(user=by.pk):
        _withdraw(person.invitations, by)
        token = secrets.token_urlsafe(_BYTES)
        now = timezone.now()
        invitation = Invitation(
            staff=person,
            email=person.work_email,
            digest=_digest(token),
            invited_by=by,
            invited_at=now,
            expires_at=now + GOOD_FOR,
        )
        invitation.message = _message(invitation, token, by)
        invitation.save()
    return invitation


def invite_all(
    *, people: Iterable[StaffMember], by: User
) -> tuple[list[Invitation], list[str]]:
    """Invite each of many; those who were, and why the others were not."""
    sent, refused = [], []
    for person in people:
        try:
            sent.append(invite(person=person, by=by))
        except ValidationError as error:
            refused.extend(error.messages)
    return sent, refused


def _refuse(person, may_connect):
    if not person.is_in_post():
        raise ValidationError(HAS_LEFT.format(person.name))
    others = User.objects.filter(email__iexact=person.work_email)
    if others.exclude(pk=person.user_id).exists():
        raise ValidationError(TAKEN.format(person.work_email))
    if person.user and not person.user.is_active:
        raise ValidationError(SWITCHED_OFF.format(person.name))
    has_password = person.user and person.user.has_usable_password()
    if has_password and not may_connect:
        raise ValidationError(HAS_LOGIN.format(person.name))


def _message(invitation, token, by):
    address = reverse("partners:invitation_link", args=[token])
    return queue.add_message(
        to=invitation.email,
        subject="You are invited to the skills directory",
        template="invitation",
        context={
            "person": invitation.staff,
            "sender": by.get_full_name(),
            "address": queue.absolute_url(address),
            "expires_at": timezone.localtime(invitation.expires_at),
        },
    )


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Make the link work no more.

    Raises PermissionDenied, and ValidationError where it works no more already.
    """
    found = Invitation.objects.editable_by(by).filter(pk=invitation.pk)
    if not found.exists():
        raise PermissionDenied("Only who keeps this record withdraws the invitation")
    with pghistory.context(user=by.pk):
        if not _withdraw(found, by):
            raise ValidationError(DEAD)


def _withdraw(invitations, by):
    is_unused = {"used_at__isnull": True, "withdrawn_at__isnull": True}
    now = timezone.now()
    return invitations.filter(**is_unused).update(withdrawn_at=now, withdrawn_by=by)


def find(token: str) -> Invitation | None:
    """The open invitation of this token, of somebody who is in post; else None."""
    if not token or len(token) > _LONGEST:
        return None
    people = StaffMember.objects.in_post().order_by()
    found = Invitation.objects.still_open().filter(staff__in=people.values("pk"))
    whole = found.select_related("staff__partner", "staff__user")
    return whole.filter(digest=_digest(token)).first()


@transaction.atomic
def accept(*, invitation: Invitation, password: str | None = None) -> User:
    """Let the person in, once: the login, with the password where one is given.

    Raises ValidationError with a sentence if somebody was first or it is over.
    """
    rows = Invitation.objects.still_open().select_for_update(of=("self",))
    found = rows.filter(pk=invitation.pk).first()
    if found is None:
        raise ValidationError(DEAD)
    locked = StaffMember.objects.select_for_update(of=("self",), no_key=True)
    person = locked.select_related("partner", "user").get(pk=found.staff_id)
    _refuse(person, may_connect=password is None)
    user = person.user or User(email=person.work_email)
    if password is not None:
        user.set_password(password)
    elif user.pk is None:
        user.set_unusable_password()
    user.save()
    with pghistory.context(user=user.pk):
        StaffMember.objects.filter(pk=person.pk).update(user=user)
        Invitation.objects.filter(pk=found.pk).update(used_at=timezone.now())
    user.refresh_from_db()
    return user


def _digest(token):
    return hashlib.sha256(token.encode(errors="replace")).digest()
