"""A message that is being handed over: a worker has it in hand, or had it."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from post_office.models import Email

# Longer than any mail server is waited for.
PATIENCE = timedelta(minutes=10)


class DeliveryQuerySet(models.QuerySet):
    def lost(self):
        """Whose worker vanished or whose line broke: it may have been sent, or not."""
        vanished = Q(
            outcome=Delivery.Outcome.NONE, claimed_at__lt=timezone.now() - PATIENCE
        )
        return self.filter(vanished | Q(outcome=Delivery.Outcome.UNSURE))


class Delivery(models.Model):
    """That one worker has taken one message; gone once it is known what came of it.

    Each taking is a row of its own: a worker that comes back late finds another.
    """

    class Outcome(models.TextChoices):
        NONE = "", "In hand"
        UNSURE = "unsure", "May have been sent"
        LEFT = "left", "Left as it is"

    message = models.OneToOneField(Email, models.CASCADE, related_name="delivery")
    claimed_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(
        max_length=6, choices=Outcome, default=Outcome.NONE, blank=True
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["claimed_at"], name="delivery_claimed")]

    def __str__(self):
        return f"Delivery of message {self.message_id}"

    @property
    def is_lost(self):
        if self.outcome == self.Outcome.NONE:
            return self.claimed_at < timezone.now() - PATIENCE
        return self.outcome == self.Outcome.UNSURE
