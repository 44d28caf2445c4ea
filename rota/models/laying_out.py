"""All rotas laid out at once: asked for on a page, done by the worker."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import User


class LayingOut(models.Model):
    """One time all rotas were laid out, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Being laid out"
        DONE = "done", "Laid out"
        FAILED = "failed", "Stopped early"

    last_day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("when", default=timezone.now)
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="by"
    )
    rotas = models.PositiveIntegerField("rotas looked at", default=0)
    changed = models.PositiveIntegerField("rotas changed", default=0)
    made = models.PositiveIntegerField("duties laid out", default=0)
    replaced = models.PositiveIntegerField("duties replaced", default=0)
    # [name of the rota, its address, the sentence that says why not].
    refusals = models.JSONField("rotas left as they were", default=list)
    error = models.TextField(blank=True)
    finished_at = models.DateTimeField("finished", null=True, blank=True)

    class Meta:
        verbose_name = "laying out of all rotas"
        verbose_name_plural = "layings out of all rotas"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="waiting"),
                name="%(app_label)s_%(class)s_one_at_a_time",
                violation_error_message=(
                    "Duties are already being created for all rotas: wait until "
                    "that has finished"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} until {self.last_day:%-d %B %Y}"

    @property
    def is_busy(self):
        return self.state == self.State.WAITING
