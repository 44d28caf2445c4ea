"""Updates of plans to a newer generic version, and the decision on each change."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from disaster_recovery.content.schema import KINDS, OF_PLANS
from partners.models import User, Versioned, recorded

from .generic import GenericVersion
from .plan import Plan

DECISION_STAYS = "disaster_recovery_plandecision_stays"
# It is deleted with a plan of which nothing was ever approved.
_STAYS = f"""
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM disaster_recovery_planedition e
        JOIN disaster_recovery_planupdate u ON u.plan_id = e.plan_id
        WHERE u.id = OLD.update_id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a decision stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{DECISION_STAYS}';
"""


class PlanUpdateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the plans this login can edit: an update is about drafts."""
        return self.filter(plan__in=Plan.objects.editable_by(user).order_by())

    def editable_by(self, user):
        return self.visible_to(user).still_open()

    def still_open(self):
        return self.filter(closed_at__isnull=True)


@recorded()
class PlanUpdate(Versioned):
    """A plan's update to one newer generic version.

    The numbers are as of when somebody last worked on it, or when it was opened; the
    page counts again.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="updates")
    generic = models.ForeignKey(
        GenericVersion,
        models.PROTECT,
        related_name="updates",
        verbose_name="generic version",
    )
    opened_at = models.DateTimeField("opened", default=timezone.now)
    # From then on a draft has what needed no decision.
    begun_at = models.DateTimeField("review begun", null=True, blank=True)
    begun_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("finished", null=True, blank=True)
    changes = models.PositiveIntegerField("changes in total", default=0)
    untouched = models.PositiveIntegerField("open, not changed here", default=0)
    open_items = models.PositiveIntegerField("open changes", default=0)
    conflicts = models.PositiveIntegerField("open conflicts", default=0)

    objects = PlanUpdateQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = "update of a plan"
        verbose_name_plural = "updates of plans"
        ordering = ["plan", "-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at__isnull=True),
                name="%(app_label)s_%(class)s_one_open_a_plan",
                violation_error_message=(
                    "An update of this plan is already open: continue that one"
                ),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(open_items=0),
                name="%(app_label)s_%(class)s_done_when_nothing_is_open",
                violation_error_message="Decide on every change first",
            ),
            models.CheckConstraint(
                condition=Q(untouched__lte=F("open_items"))
                & Q(conflicts__lte=F("open_items"))
                & Q(open_items__lte=F("changes")),
                name="%(app_label)s_%(class)s_numbers_fit",
                violation_error_message="The numbers of changes do not add up",
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.generic}"

    @property
    def decided(self):
        """How many of the changes have been decided."""
        return self.changes - self.open_items


class PlanDecision(models.Model):
    """Somebody's decision on one change of an update, which cannot be changed.

    `declined` are the hashes of changes not to show again.
    """

    class Choice(models.TextChoices):
        ACCEPTED = "accepted", "Generic version used"
        MERGED = "merged", "Combined version used"
        KEPT = "kept", "Own version kept"
        EDITED = "edited", "Edited"
        DECLINED = "declined", "Declined"
        LINKED = "linked", "Linked with one already in the plan"
        BULK = "bulk", "Generic version used, with all that were not changed"

    update = models.ForeignKey(PlanUpdate, models.CASCADE, related_name="decisions")
    # The version it was decided against: a newer one may have been published since.
    generic = models.ForeignKey(GenericVersion, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10, choices=[(kind, KINDS[kind]) for kind in OF_PLANS]
    )
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    outcome = models.CharField("change", max_length=40)
    choice = models.CharField(max_length=10, choices=Choice)
    declined = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("decided", default=timezone.now)

    trigger_sentences = {DECISION_STAYS: "A recorded decision cannot be changed"}

    class Meta:
        verbose_name = "decision on an update"
        verbose_name_plural = "decisions on updates"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice="declined") | ~Q(reason=""),
                name="%(app_label)s_%(class)s_declined_for_a_reason",
                violation_error_message="Say why you decline the change",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_STAYS,
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.get_choice_display()}"
