"""Who holds which role, from when until when."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners import standing

from .versioned import Versioned, one_at_a_time, recorded

ENDS_TOO_EARLY = "An appointment ends after it begins"
LAST_COORDINATOR = "partners_appointment_somebody_coordinates"

_KEEP_ONE = f"""
    PERFORM pg_advisory_xact_lock(hashtext('{LAST_COORDINATOR}'));
    IF NOT EXISTS (
        SELECT FROM partners_appointment a
        JOIN partners_user u ON u.id = a.user_id AND u.is_active
        LEFT JOIN partners_staffmember p ON p.user_id = u.id
        WHERE a.role = '{standing.PARTNERSHIP_COORDINATOR}'
          AND a.until IS NULL AND a.since <= CURRENT_DATE
          AND p.left_on IS NULL
    ) THEN
        RAISE EXCEPTION 'the last partnership coordinator'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{LAST_COORDINATOR}';
    END IF;
    RETURN NULL;
"""


WAY_IN = "partners_appointment_every_partner_has_a_way_in"

# Two who let each other go would each still see the other.
_KEEP_A_WAY_IN = """
    PERFORM pg_advisory_xact_lock(hashtext('{way_in}'));
    IF EXISTS (
        SELECT FROM partners_appointment lost
        JOIN partners_partner partner ON partner.id = lost.partner_id
            AND (partner.left_on IS NULL OR partner.left_on > CURRENT_DATE)
        WHERE lost.user_id = NEW.{login} AND lost.role = '{role}'
          AND (lost.until IS NULL OR lost.until > CURRENT_DATE)
          AND NOT EXISTS (
            SELECT FROM partners_appointment kept
            JOIN partners_user u ON u.id = kept.user_id AND u.is_active
            LEFT JOIN partners_staffmember p ON p.user_id = u.id
            WHERE kept.partner_id = lost.partner_id
              AND kept.role = '{role}'
              AND kept.until IS NULL AND kept.since <= CURRENT_DATE
              AND p.left_on IS NULL
          )
    ) THEN
        RAISE EXCEPTION 'the last coordinator of a partner'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{way_in}';
    END IF;
    RETURN NULL;
"""


def keeps_one_coordinator(operation, condition, login=None):
    """A trigger that refuses to lose the last partnership coordinator.

    `login` names the column of another table that says whose login the row is of.
    """
    return pgtrigger.Trigger(
        name="keep_one_coordinator",
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        func=_unless_of_others(login) + _KEEP_ONE if login else _KEEP_ONE,
    )


def _unless_of_others(login):
    return f"""
    IF NOT EXISTS (
        SELECT FROM partners_appointment
        WHERE user_id = NEW.{login}
          AND role = '{standing.PARTNERSHIP_COORDINATOR}'
    ) THEN
        RETURN NULL;
    END IF;
"""


def keeps_a_way_in(condition, login):
    """A trigger: a partner whose last coordinator goes asks for another one first.

    Roles are ended by the partnership coordinator alone, so nobody else takes away
    the last way in. `login` names the column that says whose login the row is of.
    """
    return pgtrigger.Trigger(
        name="keep_a_way_in",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=condition,
        func=_KEEP_A_WAY_IN.format(
            login=login, way_in=WAY_IN, role=standing.COORDINATOR
        ),
    )


def ends_sessions():
    """A trigger: whoever gets, changes or loses a role signs in anew."""
    return pgtrigger.Trigger(
        name="end_sessions",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            UPDATE partners_user SET session_edition = session_edition + 1
            WHERE id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.user_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.user_id END
            );
            RETURN NULL;
        """,
    )


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, on=None):
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


@recorded()
class Appointment(Versioned):
    """A role that a login holds for a time."""

    class Role(models.TextChoices):
        COORDINATOR = standing.COORDINATOR, "Coordinator"
        PARTNERSHIP_COORDINATOR = (
            standing.PARTNERSHIP_COORDINATOR,
            "Partnership coordinator",
        )
        READER = standing.READER, "Reader (senior sponsor)"

    user = models.ForeignKey(
        "partners.User",
        models.CASCADE,
        related_name="appointments",
        verbose_name="login",
    )
    role = models.CharField(max_length=30, choices=Role)
    partner = models.ForeignKey(
        "partners.Partner",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="appointments",
        help_text="For a coordinator: whose records they keep",
    )
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(
        null=True, blank=True, help_text="The first day without this role"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=ENDS_TOO_EARLY,
            ),
            models.CheckConstraint(
                condition=Q(role=standing.COORDINATOR, partner__isnull=False)
                | (~Q(role=standing.COORDINATOR) & Q(partner__isnull=True)),
                name="%(app_label)s_%(class)s_partner_goes_with_coordinator",
                violation_error_message=(
                    "Choose a partner for a coordinator, and none for other roles"
                ),
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_held_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("partner_id", 0), RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=(
                    "This login holds that role in those days already"
                ),
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            one_at_a_time("partners_user", "user_id"),
            keeps_one_coordinator(
                pgtrigger.Update | pgtrigger.Delete,
                pgtrigger.Q(old__role=standing.PARTNERSHIP_COORDINATOR),
            ),
            ends_sessions(),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.user}"

    def clean(self):
        # Said before the table is asked: it knows no range that ends too early.
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": ENDS_TOO_EARLY})
