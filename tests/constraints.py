"""What every constraint owes: a sentence in the form, and a guard in the table."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.races import broken_constraint

# A value that no list offers is refused before its constraint is asked.
NOT_OFFERED = "is not a valid choice"


def constraints_of(*models):
    return {c.name: c for model in models for c in model._meta.constraints}


def assert_sentence(record):
    """The form refuses the record in its constraint's own words."""
    name, record = record
    sentence = constraints_of(type(record))[name].violation_error_message
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    said = refusal.value.messages
    assert sentence in said or any(NOT_OFFERED in message for message in said)
    assert re.match(r"[“A-Z]", sentence)
    assert not sentence.endswith(".")


def assert_guarded(record):
    """The table refuses the record, whoever writes it."""
    name, record = record
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(record).objects.bulk_create([record])
    assert broken_constraint(refusal.value) == name
