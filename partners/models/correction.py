"""What somebody says is wrong in their record, and what came of it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .staff import StaffMember
from .versioned import Versioned, recorded

CLOSED_STAYS_CLOSED = "partners_correctionrequest_closed_stays_closed"

_CLOSED = f"""
    RAISE EXCEPTION 'an answered request stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{CLOSED_STAYS_CLOSED}';
"""


class CorrectionRequestQuerySet(models.QuerySet):
    def still_open(self):
        return self.filter(state=CorrectionRequest.State.OPEN)

    def editable_by(self, user):
        """Requests of people whose records this login keeps, leavers' too."""
        kept = StaffMember.objects.editable_by(user).order_by()
        return self.filter(staff__in=kept.values("pk"))

    def visible_to(self, user):
        """Those this login answers, and its own."""
        kept = StaffMember.objects.editable_by(user).order_by()
        own = Q(staff=user.standing.staff_id or 0)
        return self.filter(Q(staff__in=kept.values("pk")) | own)


@recorded()
class CorrectionRequest(Versioned):
    """Somebody's request to put right what is held about them."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        DONE = "done", "Put right"
        DECLINED = "declined", "Declined"

    staff = models.ForeignKey(
        StaffMember,
        models.CASCADE,
        related_name="correction_requests",
        verbose_name="person",
    )
    what = models.TextField("what is wrong", max_length=2000)
    asked_at = models.DateTimeField("asked", auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True, max_length=2000)
    answered_at = models.DateTimeField("answered", null=True, blank=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = "request for correction"
        verbose_name_plural = "requests for correction"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answer="")
                | Q(state__in=["done", "declined"], answered_at__isnull=False),
                name="%(app_label)s_%(class)s_answered_at_a_time",
                violation_error_message="Say what came of the request",
            ),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="%(app_label)s_%(class)s_says_what_is_wrong",
                violation_error_message="Say what is wrong",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="%(app_label)s_%(class)s_declined_with_a_reason",
                violation_error_message="Say why the record stays as it is",
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="closed_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["done", "declined"]),
                func=_CLOSED,
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()}: {self.what[:40]}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN
