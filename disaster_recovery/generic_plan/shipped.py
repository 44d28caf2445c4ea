"""Versions of the generic plan that come with the product, brought into the tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.canonical_json import fingerprint
from disaster_recovery.content.validation import validation_errors
from disaster_recovery.generic_plan.files import Contents
from disaster_recovery.generic_plan.versions import BRING, Number, canonical_of
from disaster_recovery.models import GenericObject, GenericVersion
from partners import jobs


@dataclass(frozen=True, slots=True)
class Shipped:
    """A version as it is written down: objects are (kind, key, fields), in order."""

    number: Number
    notes: str
    objects: Iterable[tuple[str, str, Mapping[str, Any]]]
    supersedes: Mapping[str, list[str]] = field(default_factory=dict)


def of_contents(said: Contents) -> Shipped:
    """The version that a folder of files says."""
    return Shipped(
        said.number,
        said.release_notes,
        [(one.kind, one.key, one.fields) for one in said.objects()],
        {old: [*new] for old, new in said.supersedes.items()},
    )


@transaction.atomic
def load(shipped: Shipped) -> GenericVersion | None:
    """Publish a shipped version; None where there is one of that number already.

    Raises ValidationError with all that does not fit together, and IntegrityError
    where somebody has a draft of the next version meanwhile.
    """
    named = dict(zip(("major", "minor", "patch"), shipped.number, strict=True))
    if GenericVersion.objects.filter(**named).exists():
        return None
    newest = GenericVersion.objects.published().newest_first().first()
    version = GenericVersion.objects.create(
        based_on=newest,
        supersedes=dict(shipped.supersedes),
        release_notes=cleaning.text(shipped.notes),
    )
    things = [
        GenericObject(
            generic=version,
            kind=kind,
            key=key,
            position=position,
            fields=cleaning.checked(kind, said),
        )
        for position, (kind, key, said) in enumerate(shipped.objects)
    ]
    if wrong := validation_errors(things):
        raise ValidationError(wrong)
    GenericObject.objects.bulk_create(things)
    return _published(version, named)


def _published(version, named):
    for name, value in named.items():
        setattr(version, name, value)
    version.state = GenericVersion.State.PUBLISHED
    version.published_at = timezone.now()
    version.fingerprint = fingerprint(canonical_of(version))
    version.save()
    jobs.enqueue(BRING, version.pk)
    return version
