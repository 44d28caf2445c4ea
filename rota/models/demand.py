"""What a rota has to cover, in local time."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import Versioned, recorded
from partners.models.working_day import Weekday
from rota.scheduling.demand import LONGEST, HolidayIs, OnHolidays
from skills.models import Skill
from skills.models.held import Level

from .role import Role, place_is_counted, role_is_known
from .rota import Rota, is_near

MOST_MINUTES = int(LONGEST.total_seconds() // 60)


def every_day():
    return [*Weekday.values]


def weekdays(text="days"):
    """A column of days of the week, Monday being 1."""
    return ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        default=every_day,
        verbose_name=text,
    )


def weekdays_are_named():
    return models.CheckConstraint(
        condition=Q(weekdays__contained_by=every_day(), weekdays__len__gte=1),
        name="%(app_label)s_%(class)s_weekdays_are_named",
        violation_error_message="Choose at least one day of the week",
    )


@recorded()
class DemandTemplate(Versioned):
    """Hours a rota covers, and what is needed in them."""

    class Holidays(models.TextChoices):
        AS_USUAL = OnHolidays.AS_USUAL.value, "As on any other day"
        NOT = OnHolidays.NOT.value, "Not on bank holidays"
        ONLY = OnHolidays.ONLY.value, "Only on bank holidays"

    class HolidayDay(models.TextChoices):
        SUBSTITUTE = HolidayIs.SUBSTITUTE.value, "The substitute day, if there is one"
        ACTUAL = HolidayIs.ACTUAL.value, "The day itself"
        EITHER = HolidayIs.EITHER.value, "Both"

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="demands")
    name = models.CharField(max_length=80, help_text="For example, weekday nights")
    role = models.CharField(max_length=20, choices=Role, default=Role.PRIMARY)
    weekdays = weekdays("days it begins on")
    starts_at = models.TimeField("starts at")
    length = models.DurationField(
        help_text="In local time: a night from 5pm to 9am is 16 hours long"
    )
    on_holidays = models.CharField(
        "on bank holidays", max_length=12, choices=Holidays, default=Holidays.AS_USUAL
    )
    holiday_is = models.CharField(
        "which day counts as the bank holiday",
        max_length=12,
        choices=HolidayDay,
        default=HolidayDay.SUBSTITUTE,
    )
    from_on = models.DateField("from", default=timezone.localdate, validators=[is_near])
    until_on = models.DateField(
        "until",
        null=True,
        blank=True,
        validators=[is_near],
        help_text="The last day it begins on",
    )
    people = models.PositiveSmallIntegerField("people needed", default=1)
    different_partners = models.BooleanField(
        "people from different partners", default=False
    )

    class Meta(Versioned.Meta):
        verbose_name = "hours to cover"
        verbose_name_plural = "hours to cover"
        ordering = ["rota", "role", "starts_at", "pk"]
        constraints = [
            role_is_known(),
            place_is_counted("people"),
            weekdays_are_named(),
            models.UniqueConstraint(
                fields=["rota", "name"],
                name="%(app_label)s_%(class)s_name_once_a_rota",
                violation_error_message="This rota already has hours with that name",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message="The last day is the first day or later",
            ),
            models.CheckConstraint(
                condition=Q(length__gt=timedelta(), length__lte=LONGEST),
                name="%(app_label)s_%(class)s_length_is_sensible",
                violation_error_message="Enter a length from 1 minute to 14 days",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    def clean(self):
        if self.until_on and self.from_on and self.until_on < self.from_on:
            raise ValidationError({"until_on": "Enter the first day or a later one"})


@recorded()
class DemandSkill(Versioned):
    """A skill that one of those on duty has to hold."""

    demand = models.ForeignKey(DemandTemplate, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        "at least", choices=Level, default=Level.WORKING
    )

    class Meta(Versioned.Meta):
        verbose_name = "skill needed on duty"
        verbose_name_plural = "skills needed on duty"
        ordering = ["skill"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "skill"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This skill is already on the list",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4),
                name="%(app_label)s_%(class)s_level_is_known",
                violation_error_message="Choose a level from the list",
            ),
        ]

    def __str__(self):
        return f"{self.skill}, {self.get_level_display()} or above"
