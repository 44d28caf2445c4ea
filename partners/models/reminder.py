"""What somebody was reminded of, so that they are not reminded again."""

from django.db import models

from .staff import StaffMember


class Reminder(models.Model):
    """One message to one person about one occasion."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked by a coordinator to confirm the record"
        UNCONFIRMED = "unconfirmed", "Not confirmed for a year"
        CERTIFICATE = "certificate", "A certificate runs out"
        DIGEST = "digest", "The month's figures of a partner"
        DUTY = "duty", "A duty comes up"
        AHEAD = "ahead", "Duties of the next two weeks"
        GAPS = "gaps", "Gaps on the rotas"
        READINESS = "readiness", "What is not ready on the rotas"
        PLAN = "plan review", "A recovery plan is to be reviewed"

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12, choices=Kind)
    occasion = models.CharField(max_length=80)
    queued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-queued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "kind", "occasion"],
                name="%(app_label)s_%(class)s_once_an_occasion",
                violation_error_message="This reminder has been sent already",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.occasion}"
