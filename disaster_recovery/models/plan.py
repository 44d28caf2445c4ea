"""A partner's plan, and its editions: drafted, reviewed, approved, superseded."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import Partner, User, Versioned, recorded

from .generic import GenericVersion

GOES_FORWARD = "disaster_recovery_planedition_goes_forward"
APPROVED_STAYS = "disaster_recovery_planedition_approved_stays"
APPROVED_BY_ANOTHER = "disaster_recovery_planedition_approved_by_another"

# An approved edition can only be superseded.
_APPROVED = f"""
    IF TG_OP = 'UPDATE' AND OLD.state = 'approved' AND NEW.state = 'superseded'
       AND to_jsonb(NEW) - '{{state,superseded_at,version}}'::text[]
           IS NOT DISTINCT FROM
           to_jsonb(OLD) - '{{state,superseded_at,version}}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an approved edition stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{APPROVED_STAYS}';
"""
_FORWARD = f"""
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'in review'), ('in review', 'draft'), ('in review', 'approved'),
        ('approved', 'superseded')
    ) THEN
        RAISE EXCEPTION 'an edition goes from draft to review to approval'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{GOES_FORWARD}';
    END IF;
    RETURN NEW;
"""
_BY_ANOTHER = f"""
    IF EXISTS (
        SELECT FROM disaster_recovery_planeditor
        WHERE edition_id = NEW.id AND user_id = NEW.approver_id
    ) THEN
        RAISE EXCEPTION 'who approves has not edited'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{APPROVED_BY_ANOTHER}';
    END IF;
    RETURN NEW;
"""


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plans of this login's own partner, and of those it coordinates."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner__in={*standing.coordinates, standing.partner_id})

    def editable_by(self, user):
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner__in=standing.coordinates)


@recorded()
class Plan(Versioned):
    """The recovery plan of one partner, through all its editions."""

    partner = models.OneToOneField(
        Partner,
        models.PROTECT,
        related_name="plan",
        error_messages={"unique": "This partner already has a plan: continue that one"},
    )
    started_at = models.DateTimeField("started", auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["partner"]

    def __str__(self):
        return f"Recovery plan of {self.partner}"


class PlanEditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every edition for its editors and approver; else only approved ones.

        Nobody should follow a draft in an emergency.
        """
        plans = Plan.objects.editable_by(user).order_by().values("pk")
        seen = Plan.objects.visible_to(user).order_by().values("pk")
        ever = Q(state__in=(PlanEdition.State.APPROVED, PlanEdition.State.SUPERSEDED))
        return self.filter(
            Q(plan__in=plans)
            | (Q(plan__in=seen) & (ever | Q(approver=user.pk, approver__isnull=False)))
        )

    def editable_by(self, user):
        """Drafts of the plans this login can edit."""
        plans = Plan.objects.editable_by(user).order_by().values("pk")
        return self.filter(plan__in=plans, state=PlanEdition.State.DRAFT)

    def in_force(self):
        return self.filter(state=PlanEdition.State.APPROVED)

    def still_open(self):
        return self.filter(state__in=PlanEdition.OPEN)

    def overdue(self, on=None):
        """In force, and past their review date."""
        return self.in_force().filter(review_on__lt=on or timezone.localdate())


@recorded()
class PlanEdition(Versioned):
    """One edition of a partner's plan, from draft to superseded."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in review", "In review"
        APPROVED = "approved", "Approved"
        SUPERSEDED = "superseded", "Superseded"

    OPEN = (State.DRAFT, State.IN_REVIEW)

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # The newest generic version it was updated to; each object has its own base.
    generic = models.ForeignKey(
        GenericVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name="generic version",
    )
    started_at = models.DateTimeField("started", auto_now_add=True)
    started_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField("sent for review", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was sent back, until it is sent for review again.
    answer = models.TextField("what to change", blank=True, max_length=2000)
    approved_at = models.DateTimeField("approved", null=True, blank=True)
    review_on = models.DateField("review date", null=True, blank=True)
    superseded_at = models.DateTimeField("superseded", null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = PlanEditionQuerySet.as_manager()
    trigger_sentences = {
        GOES_FORWARD: (
            "Somebody else has changed the state of this plan: look at it again"
        ),
        APPROVED_STAYS: (
            "An approved edition cannot be changed: start a new draft, and change that"
        ),
        APPROVED_BY_ANOTHER: (
            "The approver cannot be an editor: choose somebody who changed nothing in "
            "this draft"
        ),
    }

    class Meta(Versioned.Meta):
        verbose_name = "edition of a plan"
        verbose_name_plural = "editions of plans"
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="%(app_label)s_%(class)s_number_is_unique",
                violation_error_message="There is already an edition with this number",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=("draft", "in review")),
                name="%(app_label)s_%(class)s_one_open_a_plan",
                violation_error_message=(
                    "There is already a draft of this plan: continue that one"
                ),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="approved"),
                name="%(app_label)s_%(class)s_one_in_force_a_plan",
                violation_error_message=(
                    "Somebody else has approved another edition: look at that one"
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    approver__isnull=False,
                ),
                name="%(app_label)s_%(class)s_review_by_somebody",
                violation_error_message="Choose who is to approve the plan",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "in review"), approved_at__isnull=True)
                | Q(
                    state__in=("approved", "superseded"),
                    approved_at__isnull=False,
                    review_on__isnull=False,
                    fingerprint__regex="^[0-9a-f]{64}$",
                ),
                name="%(app_label)s_%(class)s_approved_at_a_time",
                violation_error_message=(
                    "An approved plan needs an approval time and a review date"
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(approver=F("submitted_by")),
                name="%(app_label)s_%(class)s_four_eyes",
                violation_error_message=(
                    "The approver must be somebody other than the person who sends it"
                ),
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="approved_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state__in=["in review", "approved"]),
                func=_BY_ANOTHER,
            ),
            pgtrigger.Trigger(
                name="closed_stays_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["approved", "superseded"]),
                func=_APPROVED,
            ),
            pgtrigger.Trigger(
                name="goes_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=_FORWARD,
            ),
        ]

    def __str__(self):
        return f"{self.plan}, edition {self.number}"

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_open(self):
        return self.state in self.OPEN


class PlanEditor(models.Model):
    """Somebody who changed something in an edition, and so cannot approve it."""

    edition = models.ForeignKey(PlanEdition, models.CASCADE, related_name="editors")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    first_at = models.DateTimeField("first change", default=timezone.now)

    class Meta:
        ordering = ["first_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"],
                name="%(app_label)s_%(class)s_once_an_edition",
                violation_error_message="This person is already listed",
            )
        ]

    def __str__(self):
        return f"{self.user} in {self.edition}"
