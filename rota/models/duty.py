"""Who is on duty: rows that are replaced and never rewritten."""

from datetime import timedelta
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeBoundary
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.functions import JSONObject

from partners.models import Absence, Partner, StaffMember

from .change import DutyChange
from .role import Role, place_is_counted, role_is_known
from .rota import Rota

# No duty is longer: so one that holds at a moment is found by its start.
LONGEST = timedelta(days=31)
STAYS = "rota_duty_what_was_stays"
TWICE = "rota_duty_nobody_twice"
ONE_HOLDER = "rota_duty_one_holder"
TWICE_SENTENCE = "This person is already on duty at that time, on this rota or another"
HOLDER_SENTENCE = "Somebody else has just been put in this place: check the rota again"

# Generated columns are empty before the row is written: they do not count.
_STAYS = f"""
    IF TG_OP = 'DELETE'
       OR OLD.replaced_by_id IS NOT NULL AND
          OLD.replaced_by_id IS DISTINCT FROM NEW.replaced_by_id
       OR to_jsonb(NEW) - '{{replaced_by_id,confirmed_at,during}}'::text[]
          IS DISTINCT FROM
          to_jsonb(OLD) - '{{replaced_by_id,confirmed_at,during}}'::text[] THEN
        RAISE EXCEPTION 'a duty is replaced and never rewritten'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{STAYS}';
    END IF;
    RETURN NEW;
"""


class DutyQuerySet(models.QuerySet):
    def current(self):
        """Duties that nothing replaced."""
        return self.filter(replaced_by__isnull=True)

    def touching(self, from_at, until_at):
        """Duties of which some part lies within the window."""
        return self.filter(
            starts_at__lt=until_at,
            starts_at__gt=from_at - LONGEST,
            ends_at__gt=from_at,
        )

    def at(self, moment):
        """Duties that hold at a moment, however their person is."""
        return self.filter(
            starts_at__lte=moment,
            starts_at__gt=moment - LONGEST,
            ends_at__gt=moment,
        )

    def with_absences(self):
        """With the days on which their person is away, in `away`."""
        days = Absence.objects.filter(
            staff=models.OuterRef("staff"),
            begins_on__lte=_day(models.OuterRef("ends_at")),
        ).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=_day(models.OuterRef("starts_at")))
        )
        told = days.order_by().values(
            spell=JSONObject(begins="begins_on", ends="ends_on")
        )
        return self.annotate(away=ArraySubquery(told))

    def visible_to(self, user):
        return self.none() if user.standing.is_stranger else self

    def of_partners(self, user):
        """Duties of partners whose places on rotas this login fills."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner__in=standing.coordinates)


def _day(moment):
    # A day more on either side: where the rota is, the day may be another.
    return Func(moment, function="date", output_field=models.DateField())


class Duty(models.Model):
    """Somebody in a place of a rota for a time, or a partner that owes somebody."""

    class Cause(models.TextChoices):
        GENERATED = "generated", "By rotation"
        ASSIGNED = "assigned", "Named"
        SWAP = "swap", "Swap"
        COVER = "cover", "Cover"
        # Why somebody could not is nobody else's business.
        SICKNESS = "sickness", "Somebody could not do it"

    BY_HAND = (Cause.ASSIGNED, Cause.SWAP, Cause.COVER)

    rota = models.ForeignKey(Rota, models.PROTECT, related_name="duties")
    role = models.CharField(max_length=20, choices=Role)
    place = models.PositiveSmallIntegerField(default=1)
    staff = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name="person",
    )
    # Whose person it was, or who owes one, on that day: people move.
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="duties")
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    during = models.GeneratedField(
        expression=Func("starts_at", "ends_at", RangeBoundary(), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    cause = models.CharField(max_length=12, choices=Cause)
    # The same in calendars, whatever part of the duty is left to the person.
    uid = models.UUIDField(default=uuid4)
    made_by = models.ForeignKey(DutyChange, models.PROTECT, related_name="made")
    replaced_by = models.ForeignKey(
        DutyChange, models.PROTECT, null=True, blank=True, related_name="replaced"
    )
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "duty"
        verbose_name_plural = "duties"
        ordering = ["starts_at", "role", "place", "pk"]
        indexes = [
            models.Index(
                fields=["rota", "starts_at"],
                condition=Q(replaced_by__isnull=True),
                name="duty_by_start",
            ),
            models.Index(
                fields=["staff", "starts_at"],
                condition=Q(replaced_by__isnull=True),
                name="duty_of_person",
            ),
            models.Index(
                fields=["starts_at"],
                condition=Q(replaced_by__isnull=True),
                name="duty_of_all",
            ),
        ]
        constraints = [
            role_is_known(),
            place_is_counted(),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("starts_at"),
                    ends_at__lte=F("starts_at") + Value(LONGEST),
                ),
                name="%(app_label)s_%(class)s_length_is_sensible",
                violation_error_message=(
                    "A duty ends after it begins, and within 31 days"
                ),
            ),
            ExclusionConstraint(
                name=TWICE,
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(replaced_by__isnull=True) & ~Q(role=Role.SHADOW),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=TWICE_SENTENCE,
            ),
            ExclusionConstraint(
                name=ONE_HOLDER,
                expressions=[
                    ("rota", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(replaced_by__isnull=True),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=HOLDER_SENTENCE,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_was_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_STAYS,
            )
        ]

    trigger_sentences = {
        STAYS: "A past arrangement cannot be edited: replace the duty instead"
    }

    def __str__(self):
        who = self.staff or f"{self.partner}: nobody named"
        return f"{who}, {self.get_role_display()}"
