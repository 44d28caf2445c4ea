"""An edition of a plan as it reads, with the generic text beneath the partner's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from disaster_recovery.content.canonical_json import canonical_json
from disaster_recovery.content.effective import (
    Effective,
    Numbered,
    outline,
    parameters_in,
    resolve,
)
from disaster_recovery.content.objects import Local
from disaster_recovery.content.schema import PARAMETER, SECTION
from disaster_recovery.models import GenericObject, PlanEdition, PlanObject


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the plan, as the generic plan describes it, and its value."""

    key: str
    title: str
    sort: str
    help: str
    is_required: bool
    value: str

    @property
    def is_missing(self) -> bool:
        return self.is_required and not self.value


def resolved(edition: PlanEdition) -> list[Effective]:
    """Every object of the edition, left-out ones too; three queries."""
    rows = [*edition.contents.all()]
    generic = generic_fields({row.base_id for row in rows} - {None})
    return resolve(map(to_object, rows), generic, values_of(edition))


def to_object(row: PlanObject) -> Local:
    """The row of a plan as the pure modules know it."""
    return Local(
        kind=row.kind,
        key=row.key,
        fields=row.fields,
        addendum=row.addendum,
        left_out=row.state if row.is_left_out else "",
        reason=row.reason,
        position=row.position,
        base=row.base_id,
        is_settled=row.is_settled,
        row=row.pk,
    )


def generic_fields(versions: Iterable[int]) -> dict[tuple[int, str, str], dict]:
    """The fields of all objects in these generic versions."""
    rows = GenericObject.objects.filter(generic__in=[*versions]).order_by()
    named = rows.values_list("generic_id", "kind", "key", "fields")
    return {(version, kind, key): said for version, kind, key, said in named}


def values_of(edition: PlanEdition) -> dict[str, str]:
    return dict(edition.parameters.order_by().values_list("key", "value"))


def parameters(edition: PlanEdition) -> list[Parameter]:
    """The parameters of all generic versions the edition stands on; two queries.

    Where several describe one, the newest does.
    """
    bases = edition.contents.filter(base__isnull=False).order_by().values("base")
    rows = GenericObject.objects.of_kind(PARAMETER).filter(generic__in=bases)
    rows = rows.order_by("generic__major", "generic__minor", "generic__patch")
    newest = {row.key: row for row in rows}
    values = values_of(edition)
    ordered = sorted(newest.values(), key=lambda row: (row.position, row.key))
    return [_parameter(row, values.get(row.key, "")) for row in ordered]


def _parameter(row, value):
    return Parameter(
        key=row.key,
        title=row.title,
        sort=row.fields.get("sort", "line"),
        help=row.fields.get("help", ""),
        is_required=bool(row.fields.get("is_required")),
        value=value,
    )


def sections_in_order(objects: Iterable[Effective]) -> list[Numbered]:
    """The sections that stand in the plan, numbered as they are read.

    Not-applicable ones keep their place, for they say why.
    """
    shown = (one for one in objects if one.kind == SECTION and one.state != "removed")
    return outline([*shown])


def unfilled(objects: Iterable[Effective]) -> set[str]:
    """The keys of parameters that still stand in the text of the plan."""
    live = [one for one in objects if not one.is_left_out]
    texts = [value for one in live for value in one.fields.values()]
    return parameters_in([*texts, *(one.addendum for one in live)])


def canonical_of(edition: PlanEdition) -> str:
    """The edition as it reads, as canonical JSON, of which its fingerprint is taken."""
    objects = [
        {
            "kind": one.kind,
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "fields": one.fields,
            "addendum": one.addendum,
            "reason": one.reason,
        }
        for one in resolved(edition)
    ]
    generic = edition.generic.number if edition.generic else ""
    said = {"partner": edition.plan.partner.name, "edition": edition.number}
    return canonical_json(
        objects, **said, generic=generic, parameters=values_of(edition)
    )
