"""The hours people work, by day of the week."""

from django.db import models
from django.db.models import F, Q

from .versioned import Versioned, recorded


class Weekday(models.IntegerChoices):
    """Days of the week as ISO 8601 counts them."""

    MONDAY = 1, "Monday"
    TUESDAY = 2, "Tuesday"
    WEDNESDAY = 3, "Wednesday"
    THURSDAY = 4, "Thursday"
    FRIDAY = 5, "Friday"
    SATURDAY = 6, "Saturday"
    SUNDAY = 7, "Sunday"


@recorded(read_by="staff")
class WorkingDay(Versioned):
    """The hours one person works on one day of the week."""

    staff = models.ForeignKey(
        "partners.StaffMember", models.CASCADE, related_name="working_days"
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts_at = models.TimeField("from", default="09:00")
    ends_at = models.TimeField("to", default="17:00")

    class Meta(Versioned.Meta):
        ordering = ["staff", "weekday"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "weekday"],
                name="%(app_label)s_%(class)s_once_a_week",
                violation_error_message="This day of the week is there already",
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)),
                name="%(app_label)s_%(class)s_weekday_is_one_of_seven",
                violation_error_message="Choose a day of the week",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message="The working day ends after it starts",
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.starts_at} to {self.ends_at}"
