"""Whose second factor a coordinator took off, and why."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .staff import StaffMember
from .transfer import LEAVER
from .user import User
from .versioned import never_emptied

CLOSED_STAYS_CLOSED = "partners_secondfactorreset_closed_stays_closed"

_CLOSED = f"""
    RAISE EXCEPTION 'a reset stays as it was written down'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{CLOSED_STAYS_CLOSED}';
"""


class SecondFactorReset(models.Model):
    """One reset: the person sets a second factor up anew."""

    staff = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        related_name="second_factor_resets",
        verbose_name="person",
    )
    reason = models.CharField(max_length=500)
    reset_by = models.ForeignKey(
        User, models.PROTECT, related_name="second_factors_reset"
    )
    reset_at = models.DateTimeField("reset", default=timezone.now)

    class Meta:
        ordering = ["-reset_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="%(app_label)s_%(class)s_has_a_reason",
                violation_error_message="Say why the second factor is reset",
            ),
        ]
        triggers = [
            # Its words alone go, when the person is made nameless.
            pgtrigger.Trigger(
                name="closed_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_CLOSED,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            never_emptied(),
        ]

    def __str__(self):
        return f"{self.staff}: {self.reason}"

    @property
    def reset_by_name(self):
        """Who did it, unless they left."""
        person = getattr(self.reset_by, "person", None)
        has_left = person is not None and not person.is_in_post()
        return LEAVER if has_left else self.reset_by.get_full_name()
