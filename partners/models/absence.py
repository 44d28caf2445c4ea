"""Days on which somebody is away, and who covers."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value

from .versioned import Versioned, one_at_a_time, recorded

ENDS_TOO_EARLY = "An absence ends on or after its first day"


class AbsenceQuerySet(models.QuerySet):
    def on(self, day):
        """Absences that take in this day."""
        return self.not_over(day).filter(begins_on__lte=day)

    def not_over(self, day):
        """Absences of this day and of days to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


@recorded(read_by="staff")
class Absence(Versioned):
    """Days away; the reason is nobody's business and is not kept."""

    staff = models.ForeignKey(
        "partners.StaffMember", models.CASCADE, related_name="absences"
    )
    begins_on = models.DateField("first day away")
    ends_on = models.DateField(
        "last day away", null=True, blank=True, help_text="Empty: until further notice"
    )
    cover = models.ForeignKey(
        "partners.StaffMember",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="covers",
        verbose_name="covered by",
        help_text="A colleague at the same partner",
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["begins_on"]
        triggers = [
            *Versioned.Meta.triggers,
            one_at_a_time("partners_staffmember", "staff_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("staff")),
                name="%(app_label)s_%(class)s_somebody_else_covers",
                violation_error_message=(
                    "Nobody covers for themselves: choose a colleague"
                ),
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_days_counted_once",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (
                        Func(
                            "begins_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=(
                    "Some of these days are already in another absence of this person"
                ),
            ),
        ]

    def __str__(self):
        until = f"to {self.ends_on:%-d %B %Y}" if self.ends_on else "onwards"
        return f"{self.begins_on:%-d %B %Y} {until}"

    def clean(self):
        # Said before the table is asked: it knows no range that ends too early.
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            raise ValidationError({"ends_on": ENDS_TOO_EARLY})
        staff = getattr(self, "staff", None)
        if staff and self.cover and staff.partner_id != self.cover.partner_id:
            raise ValidationError(
                {"cover": "Choose a colleague at the same partner to cover"}
            )
