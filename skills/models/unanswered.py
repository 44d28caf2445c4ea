"""Unanswered searches: what the partnership lacks."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .catalogue import Skill


class UnansweredSearch(models.Model):
    """Words that found no skill and nobody; who asked is not kept."""

    words = models.CharField(max_length=100)
    key = models.CharField(max_length=120, unique=True)
    times_asked = models.PositiveIntegerField(default=1)
    first_asked_on = models.DateField(auto_now_add=True)
    last_asked_on = models.DateField()

    class Meta:
        verbose_name = "unanswered search"
        verbose_name_plural = "unanswered searches"
        ordering = ["-times_asked", "-last_asked_on", "words"]

    def __str__(self):
        return self.words


class HandledSearch(models.Model):
    """An unanswered search the partnership coordinator has dealt with, and how."""

    class Outcome(models.TextChoices):
        ALIAS = "alias", "Another name of a skill"
        SKILL = "skill", "New skill"
        DISMISSED = "dismissed", "Dismissed"

    words = models.CharField(max_length=100)
    key = models.CharField(max_length=120)
    times_asked = models.PositiveIntegerField()
    first_asked_on = models.DateField()
    last_asked_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    skill = models.ForeignKey(
        Skill, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_by = models.ForeignKey(
        "partners.User", models.SET_NULL, null=True, related_name="+"
    )
    handled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "handled search"
        verbose_name_plural = "handled searches"
        ordering = ["-handled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="dismissed") | Q(skill__isnull=True),
                name="%(app_label)s_%(class)s_dismissed_means_no_skill",
                violation_error_message="A dismissed search became no skill",
            )
        ]

    def __str__(self):
        return self.words

    @property
    def is_dismissed(self):
        return self.outcome == self.Outcome.DISMISSED
