"""What a telephone number may look like: one pattern for the form and the table."""

from django.core.validators import RegexValidator
from django.db import models

# As spreadsheets have them: brackets, hyphens and an extension, five digits at least.
PATTERN = r"^[+(]{0,2}[0-9]([ ()-]{0,3}[0-9]){4,19}( ?(ext|x)\.? ?[0-9]{1,6})?$"
SENTENCE = "Enter a telephone number, like 01632 960001 or +44 1632 960001"


class TelephoneField(models.CharField):
    """A telephone number, kept as the person wrote it."""

    default_validators = [RegexValidator(PATTERN, SENTENCE)]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


def is_telephone(field: str) -> models.CheckConstraint:
    """The table's own guard for one telephone column."""
    return models.CheckConstraint(
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__regex": PATTERN}),
        name=f"%(app_label)s_%(class)s_{field}_is_telephone",
        violation_error_message=SENTENCE,
    )
