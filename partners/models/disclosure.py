"""Who was shown or took away somebody's contact details."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Disclosure(models.Model):
    """One opening of a person's page, or one export, with the people in it."""

    class Kind(models.TextChoices):
        PAGE = "page", "Opened the person's page"
        EXPORT = "export", "Took a list away as CSV"

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "partners.User", models.SET_NULL, null=True, related_name="disclosures"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=120)
    filters = models.JSONField(default=dict, blank=True)
    staff_ids = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["-at"]
        indexes = [GinIndex(fields=["staff_ids"], name="disclosure_of_whom")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.what}"
