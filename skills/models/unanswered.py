"""Searches nobody could answer: what the partnership lacks."""

from django.db import models


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
