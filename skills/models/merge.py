"""Two skills that were one: what became of each row, so that it can be undone."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import User

from .catalogue import Skill

CLOSED_STAYS = "skills_skillmerge_undone_stays_undone"

_UNDONE = f"""
    RAISE EXCEPTION 'a merge that was undone stays undone'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{CLOSED_STAYS}';
"""


class SkillMergeQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(undone_at__isnull=True)


class SkillMerge(models.Model):
    """One skill taken into another, with everybody who held it."""

    from_skill = models.ForeignKey(
        Skill, models.PROTECT, related_name="merges", verbose_name="merged skill"
    )
    into_skill = models.ForeignKey(
        Skill, models.PROTECT, related_name="+", verbose_name="into"
    )
    merged_at = models.DateTimeField("merged", default=timezone.now)
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # What the skill was before: the day it was retired, and what had been merged in.
    was_retired_on = models.DateField(null=True, blank=True)
    followers = models.JSONField(default=list, blank=True)
    moved = models.PositiveIntegerField("people moved", default=0)
    both = models.PositiveIntegerField("people with both", default=0)
    wishes = models.PositiveIntegerField(default=0)
    certificates = models.PositiveIntegerField(default=0)
    names = models.PositiveIntegerField("other names", default=0)
    undone_at = models.DateTimeField("undone", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    left_alone = models.PositiveIntegerField("rows left as they were", default=0)

    objects = SkillMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "merge of skills"
        verbose_name_plural = "merges of skills"
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_skill"],
                condition=Q(undone_at__isnull=True),
                name="%(app_label)s_%(class)s_once_at_a_time",
                violation_error_message="This skill has already been merged",
            ),
            models.CheckConstraint(
                condition=~Q(from_skill=F("into_skill")),
                name="%(app_label)s_%(class)s_of_two_skills",
                violation_error_message="Choose another skill: not the same one",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays_undone",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
                func=_UNDONE,
            )
        ]

    def __str__(self):
        return f"{self.from_skill} into {self.into_skill}"

    @property
    def is_in_force(self):
        return self.undone_at is None

    @property
    def people(self):
        return self.moved + self.both


class MergedRow(models.Model):
    """One row a merge touched: what it said before, and the version it left."""

    class Kind(models.TextChoices):
        HELD = "held", "Skill held"
        WISH = "wish", "Wish to learn"
        CERTIFICATE = "certificate", "Certificate"
        NAME = "name", "Other name"

    class Deed(models.TextChoices):
        MOVED = "moved", "Moved"
        JOINED = "joined", "Joined"
        DROPPED = "dropped", "Dropped"
        ADDED = "added", "Added"

    merge = models.ForeignKey(SkillMerge, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=12, choices=Kind)
    deed = models.CharField(max_length=8, choices=Deed)
    target = models.BigIntegerField()
    # The columns as they were; empty for a row that was added.
    before = models.JSONField(default=dict, blank=True)
    # The version the merge left behind; none where it left no row.
    version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "kind", "target"],
                name="%(app_label)s_%(class)s_once_a_merge",
                violation_error_message="This row is already in the merge",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}: {self.get_deed_display()}"
