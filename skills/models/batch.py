"""A file that was brought in: what each row would do, and what was done."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Partner, User


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Batches of the partners whose records this login keeps."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner__in=standing.coordinates)


class ImportBatch(models.Model):
    """One file of one partner, from its check to its undoing."""

    class Kind(models.TextChoices):
        PEOPLE = "people", "People"
        HELD = "held", "Skills held"
        ABSENCES = "absences", "Absences"

    class State(models.TextChoices):
        WAITING = "waiting", "Being checked"
        CHECKED = "checked", "Checked, not applied"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"
        DISCARDED = "discarded", "Discarded"
        FAILED = "failed", "Stopped early"

    BUSY = (State.WAITING, State.APPLYING, State.UNDOING)

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=10, choices=Kind)
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="imports_uploaded"
    )
    # How often it was checked: a confirmation names the check it has read.
    checks = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_wrong = models.PositiveIntegerField(default=0)
    # Rows with errors were left out knowingly.
    is_partial = models.BooleanField(default=False)
    # Why the last thing asked for was not done.
    refusal = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The contents of its rows are kept for a time only.
    emptied_on = models.DateField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undone"])
                | Q(applied_at__isnull=False),
                name="%(app_label)s_%(class)s_applied_at_a_time",
                violation_error_message="Say when the batch was applied",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "-uploaded_at"], name="importbatch_of_partner"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def rows_good(self):
        """How many rows would be written."""
        return self.rows_new + self.rows_changed

    @property
    def is_busy(self):
        return self.state in self.BUSY


class ImportRow(models.Model):
    """One row of the file: its cells, and what they come to."""

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        ERROR = "error", "Error"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    label = models.CharField(max_length=300, blank=True)
    target = models.BigIntegerField(null=True, blank=True)
    # The version of the target that was read, and that which was left behind.
    version = models.PositiveIntegerField(null=True, blank=True)
    applied_version = models.PositiveIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    old = models.JSONField(default=dict)
    # For people to read: [column, old, new], and [column, value, sentence].
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    # What somebody did to the target since it was read.
    meanwhile = models.JSONField(default=list)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "line"],
                name="%(app_label)s_%(class)s_line_once_a_batch",
                violation_error_message="This line is already in the batch",
            )
        ]
        indexes = [
            models.Index(
                fields=["batch", "outcome", "line"], name="importrow_by_outcome"
            )
        ]

    def __str__(self):
        return f"Line {self.line}"
