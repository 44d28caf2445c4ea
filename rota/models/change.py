"""An arrangement of duties somebody made, and why."""

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partners.models import User

CLOSED_STAYS = "rota_dutychange_closed_stays_as_made"


class DutyChangeQuerySet(models.QuerySet):
    def of_duties(self, duties):
        """Changes that made or replaced one of these duties."""
        made = Exists(duties.order_by().filter(made_by=OuterRef("pk")))
        replaced = Exists(duties.order_by().filter(replaced_by=OuterRef("pk")))
        return self.filter(made | replaced)


class DutyChange(models.Model):
    """One change to who is on duty: it stays as it was made."""

    class Kind(models.TextChoices):
        GENERATED = "generated", "Laid out by rotation"
        ASSIGNED = "assigned", "Named by a coordinator"
        SWAP = "swap", "Swap"
        COVER = "cover", "Cover"
        SICKNESS = "sickness", "Somebody could not do it"
        CORRECTION = "correction", "Correction of the past"
        UNDONE = "undone", "Undone"

    kind = models.CharField(max_length=12, choices=Kind)
    made_at = models.DateTimeField("when", default=timezone.now)
    made_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="by"
    )
    why = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    objects = DutyChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "change of duties"
        verbose_name_plural = "changes of duties"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="undone", undoes__isnull=False)
                | (~Q(kind="undone") & Q(undoes__isnull=True)),
                name="%(app_label)s_%(class)s_says_what_it_undoes",
                violation_error_message="Choose the change to undo",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays_as_made",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # The login that made it may go; what was done may not.
                func=f"""
                    IF to_jsonb(NEW) - 'made_by_id' IS DISTINCT FROM
                       to_jsonb(OLD) - 'made_by_id' THEN
                        RAISE EXCEPTION 'a change stays as it was made'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = '{CLOSED_STAYS}';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    trigger_sentences = {
        CLOSED_STAYS: "A change of duties cannot be edited: make another change"
    }

    def __str__(self):
        return (
            f"{self.get_kind_display()}, {timezone.localtime(self.made_at):%-d %B %Y}"
        )
