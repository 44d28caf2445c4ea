"""What somebody typed, tidied and checked before it is stored."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from disaster_recovery.content import secrets_scan
from disaster_recovery.content.schema import MOST_LETTERS, faults, tidied
from disaster_recovery.content.text import normalised

PASSWORD = "looks like a password"  # noqa: S105 - the code of a warning


def checked(
    kind: str, values: Mapping[str, Any], *, overrule: bool = False
) -> dict[str, Any]:
    """The fields as they are stored.

    Raises ValidationError with a sentence a field, and with the code PASSWORD for
    what looks like a password, unless overruled.
    """
    kept = tidied(kind, values)
    errors = {
        name: ValidationError(sentence) for name, sentence in faults(kind, kept).items()
    }
    for name, value in kept.items():
        if name not in errors and (error := _secret_in(value, overrule)):
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return kept


def text(typed: str, *, overrule: bool = False, most: int = MOST_LETTERS) -> str:
    """One text as it is stored; raises ValidationError as `checked` does."""
    kept = normalised(typed)
    if "\0" in kept:
        raise ValidationError("Remove invisible characters from the text")
    if len(kept) > most:
        raise ValidationError(f"Shorten the text to {most} characters or fewer")
    if error := _secret_in(kept, overrule):
        raise error
    return kept


def _secret_in(value: Any, overrule: bool) -> ValidationError | None:
    if sentence := secrets_scan.refusal([value]):
        return ValidationError(sentence)
    if not overrule and (sentence := secrets_scan.warning([value])):
        return ValidationError(sentence, code=PASSWORD)
    return None


def is_overrulable(error: ValidationError) -> bool:
    """Whether the only problem is something that looks like a password."""
    if hasattr(error, "error_dict"):
        errors = [e for errors in error.error_dict.values() for e in errors]
    else:
        errors = error.error_list
    return all(e.code == PASSWORD for e in errors)
