"""Skills people miss in the catalogue, and what became of each proposal."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Versioned, recorded
from skills.matching.text import normalise_key

from .catalogue import Category, Skill
from .held import Level

_DECIDED_ONCE = "skills_skillproposal_decided_once"

# What was decided stays, save that a login or a category which is deleted is
# forgotten.
_REFUSE_CHANGES = f"""
    IF to_jsonb(NEW) - '{{version,proposed_by_id,category_id}}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{{version,proposed_by_id,category_id}}'::text[]
       OR coalesce(NEW.proposed_by_id <> OLD.proposed_by_id, OLD.proposed_by_id IS NULL
                   AND NEW.proposed_by_id IS NOT NULL)
       OR coalesce(NEW.category_id <> OLD.category_id, OLD.category_id IS NULL
                   AND NEW.category_id IS NOT NULL) THEN
        RAISE EXCEPTION 'this proposal is decided'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{_DECIDED_ONCE}';
    END IF;
    RETURN NEW;
"""


@recorded()
class SkillProposal(Versioned):
    """A skill somebody misses in the catalogue, and the answer to it."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting"
        ACCEPTED = "accepted", "Added to the catalogue"
        MERGED = "merged", "Another name of a skill"
        DECLINED = "declined", "Declined"

    name = models.CharField(
        "name of the skill", max_length=100, help_text="What most people call it"
    )
    key = models.CharField(max_length=120, editable=False)
    description = models.TextField(
        "what it is", max_length=600, help_text="In a sentence or two"
    )
    category = models.ForeignKey(
        Category,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave it empty if you are not sure",
    )
    why = models.TextField(
        "why it is missed", max_length=600, help_text="Who needs it, and for what"
    )
    level = models.PositiveSmallIntegerField(
        "I hold it at level", choices=Level, null=True, blank=True
    )
    proposed_by = models.ForeignKey(
        "partners.User", models.SET_NULL, null=True, related_name="proposals"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        "partners.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    reason = models.TextField("reason", max_length=600, blank=True)

    class Meta(Versioned.Meta):
        verbose_name = "proposed skill"
        ordering = ["-proposed_at", "-pk"]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
                func=_REFUSE_CHANGES,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state="open"),
                name="%(app_label)s_%(class)s_waits_once",
                violation_error_message=(
                    "This skill has already been proposed and is waiting for the "
                    "partnership coordinator. You do not need to do anything"
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open", decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    Q(state__in=["accepted", "merged", "declined"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name=_DECIDED_ONCE,
                violation_error_message=(
                    "A proposal is decided once, by somebody and at a time"
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "merged"], skill__isnull=False)
                | Q(state__in=["open", "declined"], skill__isnull=True),
                name="%(app_label)s_%(class)s_became_a_skill",
                violation_error_message=("Choose the skill the proposal became"),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="%(app_label)s_%(class)s_declined_for_a_reason",
                violation_error_message="Enter why the proposal has been declined",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)),
                name="%(app_label)s_%(class)s_level_is_one_of_four",
                violation_error_message="Choose one of the four levels",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    def clean(self):
        self.key = normalise_key(self.name)

    def save(self, *args, **kwargs):
        self.key = normalise_key(self.name)
        super().save(*args, **kwargs)
