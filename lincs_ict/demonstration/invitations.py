"""Invitations in every state, and messages that went wrong."""

from datetime import timedelta

from django.utils import timezone
from post_office.models import STATUS

from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.accounts.invitations import invite, withdraw
from partners.mail.sending import PAUSES
from partners.models import Delivery, Invitation, StaffMember


def make_invitations(people: list[Person]) -> None:
    """Boston has invited some of its people, and one message failed."""
    coordinator = keepers(people)["boston"].user
    waiting = StaffMember.objects.in_post().filter(
        partner__slug="boston", user__isnull=True
    )
    late, lost, failed, _ = waiting.order_by("pk")[1:5]
    _expire(invite(person=late, by=coordinator))
    _fail(invite(person=failed, by=coordinator))
    lost_one = invite(person=lost, by=coordinator)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Delivery.objects.create(message=lost_one.message, claimed_at=an_hour_ago)
    withdraw(invitation=lost_one, by=coordinator)


def _expire(invitation):
    ago = timezone.now() - timedelta(days=9)
    Invitation.objects.filter(pk=invitation.pk).update(
        invited_at=ago, expires_at=ago + timedelta(days=7)
    )


def _fail(invitation):
    message = invitation.message
    message.status, message.number_of_retries = STATUS.failed, len(PAUSES) + 1
    message.save()
    message.logs.create(
        status=STATUS.failed,
        message="550 5.1.1 No such mailbox",
        exception_type="SMTPRecipientsRefused",
    )
