"""Whose name was taken out of the records, and from how many rows."""

import pgtrigger
from django.db import models
from django.utils import timezone

from .versioned import never_emptied


class Anonymisation(models.Model):
    """One leaver made nameless: the only rewriting of history there is."""

    staff_id = models.BigIntegerField(
        unique=True,
        error_messages={"unique": "This person has been anonymised already"},
    )
    at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField("rows scrubbed, by table")

    class Meta:
        ordering = ["-at"]
        triggers = [
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            never_emptied(),
        ]

    def __str__(self):
        return f"Person {self.staff_id}"
