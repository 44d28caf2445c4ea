"""Whose turn it is: rotations, who is in them, and when they pause."""

from datetime import time

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from partners.models import Partner, StaffMember, Versioned, recorded
from rota.scheduling.rotation import Unit

from .demand import weekdays, weekdays_are_named
from .role import Role, place_is_counted, role_is_known
from .rota import Rota, is_near

ENDS_TOO_EARLY = "Enter the first day or a later one"


def spell(first, last, bounds):
    return Func(
        first,
        last,
        Value(bounds),
        function="daterange",
        output_field=DateRangeField(),
    )


def in_order(first, last, name):
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        name=f"%(app_label)s_%(class)s_{name}",
        violation_error_message=ENDS_TOO_EARLY,
    )


class DateRange(Versioned):
    """Days from the first to the last."""

    from_on = models.DateField("first day", validators=[is_near])
    until_on = models.DateField("last day", null=True, blank=True, validators=[is_near])

    class Meta(Versioned.Meta):
        abstract = True

    def clean(self):
        # Said before the table is asked: it knows no range that ends too early.
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise ValidationError({"until_on": ENDS_TOO_EARLY})


@recorded()
class Rotation(Versioned):
    """An order in which people or partners take one place of a rota."""

    class Unit(models.TextChoices):
        DAY = Unit.DAY.value, "Days"
        WEEK = Unit.WEEK.value, "Weeks"
        MONTH = Unit.MONTH.value, "Months"

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="rotations")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role, default=Role.PRIMARY)
    place = models.PositiveSmallIntegerField(
        default=1, help_text="1 unless the hours need more than one person"
    )
    every = models.PositiveSmallIntegerField("a turn lasts", default=1)
    unit = models.CharField(max_length=8, choices=Unit, default=Unit.WEEK)
    handover = models.TimeField("handover at", default=time(9))
    weekdays = weekdays("days its duties begin on")
    start_on = models.DateField(
        "first turn begins on",
        validators=[is_near],
        help_text="A turn of weeks begins on this weekday",
    )
    start_turn = models.PositiveSmallIntegerField(
        "who begins",
        default=1,
        help_text="The number in the order of whoever takes the first turn",
    )
    until_on = models.DateField(
        "ends on",
        null=True,
        blank=True,
        validators=[is_near],
        help_text="The first day without it",
    )

    class Meta(Versioned.Meta):
        ordering = ["rota", "role", "place", "pk"]
        constraints = [
            role_is_known(),
            place_is_counted(),
            weekdays_are_named(),
            in_order("start_on", "until_on", "ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["rota", "name"],
                name="%(app_label)s_%(class)s_name_once_a_rota",
                violation_error_message=(
                    "This rota already has a rotation with that name"
                ),
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=52),
                name="%(app_label)s_%(class)s_turns_are_of_some_length",
                violation_error_message="Enter a number from 1 to 52",
            ),
            models.CheckConstraint(
                condition=Q(start_turn__gte=1, start_turn__lte=200),
                name="%(app_label)s_%(class)s_begins_with_somebody",
                violation_error_message="Enter a number from 1 to 200",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=("day", "week", "month")),
                name="%(app_label)s_%(class)s_unit_is_known",
                violation_error_message="Choose days, weeks or months",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    def clean(self):
        if self.start_on and self.until_on and self.until_on < self.start_on:
            raise ValidationError({"until_on": ENDS_TOO_EARLY})


@recorded()
class RotationMember(Versioned):
    """A person in a rotation, or a partner that names somebody for its turns."""

    rotation = models.ForeignKey(Rotation, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField("number in the order")
    staff = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rotation_places",
        verbose_name="person",
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="rotation_places"
    )
    since_on = models.DateField("joins on", null=True, blank=True, validators=[is_near])
    until_on = models.DateField(
        "leaves on",
        null=True,
        blank=True,
        validators=[is_near],
        help_text="The first day no longer in it",
    )

    class Meta(Versioned.Meta):
        verbose_name = "place in a rotation"
        verbose_name_plural = "places in rotations"
        ordering = ["rotation", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=True, partner__isnull=False)
                | Q(staff__isnull=False, partner__isnull=True),
                name="%(app_label)s_%(class)s_a_person_or_a_partner",
                violation_error_message="Choose a person or a partner, and not both",
            ),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="%(app_label)s_%(class)s_leaves_after_joining",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_once_at_a_time",
                expressions=[
                    ("rotation", RangeOperators.EQUAL),
                    (Coalesce("staff_id", 0), RangeOperators.EQUAL),
                    (Coalesce("partner_id", 0), RangeOperators.EQUAL),
                    (spell("since_on", "until_on", "[)"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "This person or partner is already in the rotation at that time"
                ),
            ),
        ]

    def __str__(self):
        return str(self.staff or self.partner)

    def clean(self):
        if self.since_on and self.until_on and self.until_on < self.since_on:
            raise ValidationError({"until_on": ENDS_TOO_EARLY})


@recorded()
class MemberExclusion(DateRange):
    """Days on which a member's turn is put off, and not lost."""

    member = models.ForeignKey(
        RotationMember, models.CASCADE, related_name="exclusions"
    )

    class Meta(DateRange.Meta):
        verbose_name = "turn put off"
        verbose_name_plural = "turns put off"
        ordering = ["from_on"]
        constraints = [in_order("from_on", "until_on", "ends_after_it_begins")]

    def __str__(self):
        return f"{self.member} from {self.from_on:%-d %B %Y}"


@recorded()
class Block(DateRange):
    """Days a rota arranges by hand, like Christmas: rotations pause in them."""

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="blocks")
    name = models.CharField(max_length=80, help_text="For example, Christmas 2026")

    class Meta(DateRange.Meta):
        verbose_name = "days arranged by hand"
        verbose_name_plural = "days arranged by hand"
        ordering = ["from_on"]
        constraints = [
            in_order("from_on", "until_on", "ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False),
                name="%(app_label)s_%(class)s_ends",
                violation_error_message="Enter the last day",
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_days_blocked_once",
                expressions=[
                    ("rota", RangeOperators.EQUAL),
                    (spell("from_on", "until_on", "[]"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Some of these days are already arranged by hand: check the list"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.rota}"
