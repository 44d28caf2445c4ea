"""A message that is being handed over: a worker has it in hand, or had it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from post_office.models import Email

# Longer than any mail server is waited for.
PATIENCE = timedelta(minutes=10)


class DeliveryQuerySet(models.QuerySet):
    def lost(self):
        """Whose worker vanished: the message may have been sent, or not."""
        return self.filter(claimed_at__lt=timezone.now() - PATIENCE)


class Delivery(models.Model):
    """That one worker has taken one message; gone once it is known what came of it."""

    message = models.OneToOneField(Email, models.CASCADE, related_name="delivery")
    claimed_at = models.DateTimeField(default=timezone.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["claimed_at"], name="delivery_claimed")]

    def __str__(self):
        return f"Delivery of message {self.message_id}"

    @property
    def is_lost(self):
        return self.claimed_at < timezone.now() - PATIENCE
