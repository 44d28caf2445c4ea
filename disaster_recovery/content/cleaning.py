"""What somebody wrote, tidied and checked before it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from disaster_recovery.content import secrets_scan
from disaster_recovery.content.schema import faults, tidied
from disaster_recovery.content.text import normalised

PASSWORD = "looks like a password"  # noqa: S105 - the code of a warning


def checked(
    kind: str, said: Mapping[str, Any], *, overrule: bool = False
) -> dict[str, Any]:
    """The fields as they are kept.

    Raises ValidationError with a sentence a field, and with the code PASSWORD for
    what looks like a password, unless overruled.
    """
    kept = tidied(kind, said)
    wrong = {
        name: ValidationError(sentence) for name, sentence in faults(kind, kept).items()
    }
    for name, value in kept.items():
        if name not in wrong and (found := _unfit([value], overrule)):
            wrong[name] = found
    if wrong:
        raise ValidationError(wrong)
    return kept


def text(typed: str, *, overrule: bool = False, most: int = 60_000) -> str:
    """One text as it is kept; raises ValidationError as `checked` does."""
    kept = normalised(typed)
    if "\0" in kept:
        raise ValidationError("Take the characters nobody sees out of the text")
    if len(kept) > most:
        raise ValidationError(f"Shorten the text to {most} characters or fewer")
    if found := _unfit([kept], overrule):
        raise found
    return kept


def _unfit(values: Iterable[Any], overrule):
    values = [*values]
    if sentence := secrets_scan.refusal(values):
        return ValidationError(sentence)
    if not overrule and (sentence := secrets_scan.warning(values)):
        return ValidationError(sentence, code=PASSWORD)
    return None


def is_overrulable(error: ValidationError) -> bool:
    """Whether nothing but what looks like a password stands in the way."""
    if hasattr(error, "error_dict"):
        found = [one for many in error.error_dict.values() for one in many]
    else:
        found = error.error_list
    return all(one.code == PASSWORD for one in found)
