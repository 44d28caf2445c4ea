"""Work too long for a page: kept in a table, done by `manage.py work`."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 3


class JobQuerySet(models.QuerySet):
    def waiting(self, now=None):
        """Jobs nobody works on, those of a worker that fell silent too."""
        silent = Q(state=Job.State.RUNNING, held_until__lt=now or timezone.now())
        return self.filter(Q(state=Job.State.WAITING) | silent)

    @transaction.atomic
    def claim(self):
        """The oldest waiting job, held for a while; None if there is none."""
        free = self.waiting().select_for_update(skip_locked=True)
        job = free.order_by("pk").first()
        if job:
            now = timezone.now()
            job.state, job.held_until = Job.State.RUNNING, now + LEASE
            job.attempts, job.started_at = job.attempts + 1, now
            job.save()
        return job


class Job(models.Model):
    """One piece of work, for one thing, done once."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    kind = models.CharField(max_length=40)
    target = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=Q(state="waiting"),
                name="%(app_label)s_%(class)s_waits_once",
                violation_error_message="This waits to be worked on already",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")) | Q(total=0),
                name="%(app_label)s_%(class)s_done_is_part_of_total",
                violation_error_message="No more is done than there is to do",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_to_be_done",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.target}: {self.get_state_display()}"
