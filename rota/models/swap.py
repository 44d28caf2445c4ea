"""Asking colleagues to take a duty, and what came of it."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeBoundary
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from partners.models import StaffMember, User

from .change import DutyChange
from .duty import Duty
from .rota import RotaPartner

CLOSED_STAYS = "rota_swap_closed_stays_closed"
ONE_OPEN = "rota_swap_one_open_at_a_time"


class SwapQuerySet(models.QuerySet):
    def still_open(self, now=None):
        """Requests that can be answered: nothing of them has begun."""
        now = now or timezone.now()
        return self.filter(state=Swap.State.OPEN, starts_at__gt=now)

    def over(self, now=None):
        """Requests nobody answered before the hours began."""
        now = now or timezone.now()
        return self.filter(state=Swap.State.OPEN, starts_at__lte=now)

    def visible_to(self, user):
        """Own ones, those asked of one or one's people, and open ones of the rota."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        kept, own = set(standing.coordinates), standing.staff_id or 0
        mine = Q(duty__staff=own) | Q(accepted_by=own)
        asked = Exists(
            SwapAsked.objects.filter(swap=OuterRef("pk")).filter(
                Q(staff=own) | Q(staff__partner__in=kept)
            )
        )
        member = Exists(
            RotaPartner.objects.filter(
                rota=OuterRef("duty__rota"),
                partner__in=kept | {standing.partner_id or 0},
            )
        )
        return self.filter(
            mine | Q(duty__partner__in=kept) | asked | (Q(kind="open") & member)
        )


class Swap(models.Model):
    """A duty, or part of one, that somebody else is asked to take."""

    class Kind(models.TextChoices):
        OPEN = "open", "Anybody who can"
        NAMED = "named", "The people asked"
        EXCHANGE = "exchange", "In exchange for another duty"

    class State(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed"

    # Where a duty is arranged anew and the person keeps it, the request follows.
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="swaps")
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")
    during = models.GeneratedField(
        expression=Func("starts_at", "ends_at", RangeBoundary(), function="tstzrange"),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    kind = models.CharField(max_length=10, choices=Kind)
    offered = models.ForeignKey(
        Duty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="in exchange for",
    )
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="asked by"
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_by = models.ForeignKey(
        StaffMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="swaps_accepted",
        verbose_name="taken by",
    )
    change = models.OneToOneField(
        DutyChange, models.PROTECT, null=True, blank=True, related_name="swap"
    )
    answer = models.CharField(max_length=500, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = "swap"
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(
                fields=["duty"], condition=Q(state="open"), name="swap_open_of_duty"
            )
        ]
        constraints = [
            ExclusionConstraint(
                name=ONE_OPEN,
                expressions=[
                    ("duty", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state="open"),
                violation_error_message=(
                    "Somebody has already been asked to take these hours: see "
                    "that request"
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message="Enter an end that is after the start",
            ),
            models.CheckConstraint(
                condition=Q(kind="exchange", offered__isnull=False)
                | (Q(kind__in=("open", "named")) & Q(offered__isnull=True)),
                name="%(app_label)s_%(class)s_exchange_names_a_duty",
                violation_error_message="Choose the duty to exchange with",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="accepted", accepted_by__isnull=False, change__isnull=False
                )
                | (
                    Q(state__in=("open", "declined", "withdrawn", "lapsed"))
                    & Q(accepted_by__isnull=True, change__isnull=True)
                ),
                name="%(app_label)s_%(class)s_accepted_by_somebody",
                violation_error_message="Choose who takes the duty",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df="open"),
                # Logins may go; generated columns are empty here.
                func=f"""
                    IF to_jsonb(NEW) - '{{asked_by_id,answered_by_id,during}}'::text[]
                       IS DISTINCT FROM
                       to_jsonb(OLD) - '{{asked_by_id,answered_by_id,during}}'::text[]
                    THEN
                        RAISE EXCEPTION 'a closed request stays as it is'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = '{CLOSED_STAYS}';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    trigger_sentences = {
        CLOSED_STAYS: "This request has since been answered: check what it says now"
    }

    def __str__(self):
        return f"{self.duty} ({self.get_state_display().lower()})"


class SwapAsked(models.Model):
    """Somebody who was asked to take a duty."""

    swap = models.ForeignKey(Swap, models.CASCADE, related_name="asked")
    staff = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="swaps_asked", verbose_name="person"
    )
    declined_at = models.DateTimeField("declined", null=True, blank=True)

    class Meta:
        verbose_name = "somebody asked"
        verbose_name_plural = "people asked"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["swap", "staff"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This person has already been asked",
            )
        ]

    def __str__(self):
        return f"{self.staff}: {self.swap}"
