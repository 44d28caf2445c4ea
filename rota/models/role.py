"""What somebody on duty is there for."""

from django.db import models
from django.db.models import Q

MOST_PLACES = 9


class Role(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    INCIDENT_LEAD = "incident-lead", "Incident lead"
    SHADOW = "shadow", "Shadow"


# In the order in which they are rung; a shadow is there to learn.
ROLES = tuple(Role.values)


def role_is_known():
    """The table knows these roles and no others."""
    return models.CheckConstraint(
        condition=Q(role__in=ROLES),
        name="%(app_label)s_%(class)s_role_is_known",
        violation_error_message="Choose a role from the list",
    )


def place_is_counted(field="place"):
    """Places are counted from 1."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": 1, f"{field}__lte": MOST_PLACES}),
        name=f"%(app_label)s_%(class)s_{field}_is_counted",
        violation_error_message=f"Choose a number from 1 to {MOST_PLACES}",
    )
