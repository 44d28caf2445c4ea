"""An invitation to sign in: sent to one person, good once, for a week."""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from post_office.models import Email

from .staff import StaffMember
from .user import User

GOOD_FOR = timedelta(days=7)
CLOSED_STAYS = "partners_invitation_closed_stays_closed"

# Who sent it may go, and the message too: what became of it may not.
_CLOSED = f"""
    IF (NEW.staff_id, NEW.digest, NEW.expires_at, NEW.used_at, NEW.withdrawn_at)
       IS DISTINCT FROM
       (OLD.staff_id, OLD.digest, OLD.expires_at, OLD.used_at, OLD.withdrawn_at) THEN
        RAISE EXCEPTION 'a used or withdrawn invitation stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{CLOSED_STAYS}';
    END IF;
    RETURN NEW;
"""


def expiry():
    return timezone.now() + GOOD_FOR


class InvitationQuerySet(models.QuerySet):
    def still_open(self):
        """Neither used nor withdrawn, and within their week."""
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )

    def expired(self):
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__lte=timezone.now(),
        )

    def visible_to(self, user):
        """Of the people whose records this login keeps."""
        kept = StaffMember.objects.editable_by(user).order_by()
        return self.filter(staff__in=kept.values("pk"))

    editable_by = visible_to


class Invitation(models.Model):
    """A link that lets one person in, of which only the hash is kept."""

    staff = models.ForeignKey(
        StaffMember,
        models.CASCADE,
        related_name="invitations",
        verbose_name="person",
    )
    email = models.EmailField("sent to")
    digest = models.BinaryField(max_length=32, unique=True)
    message = models.ForeignKey(
        Email, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField("invited", default=timezone.now)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="by"
    )
    expires_at = models.DateTimeField("good until", default=expiry)
    used_at = models.DateTimeField("used", null=True, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    trigger_sentences = {
        CLOSED_STAYS: (
            "This invitation was used or withdrawn meanwhile: look at what it says now"
        )
    }

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="%(app_label)s_%(class)s_one_at_a_time",
                violation_error_message="Somebody invited this person meanwhile",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="%(app_label)s_%(class)s_used_or_withdrawn",
                violation_error_message="What is used cannot be withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="%(app_label)s_%(class)s_good_for_a_time",
                violation_error_message="An invitation is good for a time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False)
                | pgtrigger.Q(old__withdrawn_at__isnull=False),
                func=_CLOSED,
            )
        ]

    def __str__(self):
        return f"Invitation of {self.staff}"

    @property
    def state(self) -> str:
        """What became of it, in words."""
        if self.used_at:
            return "Used"
        if self.withdrawn_at:
            return "Withdrawn"
        return "Open" if self.expires_at > timezone.now() else "Expired"

    @property
    def is_open(self):
        return self.state == "Open"
