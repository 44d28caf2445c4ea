"""Days on which people do not work although the weekday says so."""

from django.db import models
from django.db.models import Q

from .versioned import Versioned, recorded


class BankHolidayQuerySet(models.QuerySet):
    def on(self, day, partner_id=None):
        """Holidays of everybody, and of one partner where it is named."""
        return self.filter(Q(partner__isnull=True) | Q(partner=partner_id), on=day)

    def editable_by(self, user):
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner_id__in=standing.coordinates)


@recorded()
class BankHoliday(Versioned):
    """A bank holiday in England, or a day one partner adds for itself."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", "The day itself"
        SUBSTITUTE = "substitute", "Substitute day"
        ONE_OFF = "one-off", "One-off"
        LOCAL = "local", "Local day of one partner"

    on = models.DateField("date")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ACTUAL)
    partner = models.ForeignKey(
        "partners.Partner",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="local_days",
        help_text="Only for a local day",
    )

    objects = BankHolidayQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "kind", "partner"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once_a_day",
                violation_error_message="This day is in the list already",
            ),
            models.CheckConstraint(
                condition=Q(kind="local", partner__isnull=False)
                | (~Q(kind="local") & Q(partner__isnull=True)),
                name="%(app_label)s_%(class)s_partner_goes_with_local",
                violation_error_message=(
                    "Choose a partner for a local day, and none for other days"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.on:%-d %B %Y}"
