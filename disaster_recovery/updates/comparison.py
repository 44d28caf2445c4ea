"""What a newer generic version would make of an edition, row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from disaster_recovery.content.canonical_json import canonical_json, fingerprint
from disaster_recovery.content.objects import Generic, Local, Name
from disaster_recovery.content.schema import OF_PLANS, POSITION
from disaster_recovery.merging.diff import matches
from disaster_recovery.merging.layers import (
    GenericPlan,
    LocalPlan,
    Supersedes,
    chained,
)
from disaster_recovery.merging.outcomes import MergeItem, PlanMerge
from disaster_recovery.merging.plan_merge import merge_plan
from disaster_recovery.models import (
    GenericObject,
    GenericVersion,
    PlanDecision,
    PlanEdition,
    PlanObject,
)
from disaster_recovery.plans import reading

Number = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a merge depends on beside published versions, which never change."""

    rows: tuple[PlanObject, ...]
    generic: int
    declined: frozenset[str]

    def are_as_in(self, other: "Inputs") -> bool:
        if (self.generic, self.declined) != (other.generic, other.declined):
            return False
        return [*map(_content, self.rows)] == [*map(_content, other.rows)]


def _content(row):
    state = row.state, row.reason, row.fields, row.addendum
    return row.pk, row.kind, row.key, row.position, row.base_id, state


@dataclass(frozen=True, slots=True)
class Comparison:
    """The merge of an edition with a version, and what it was made from."""

    merge: PlanMerge
    inputs: Inputs
    theirs: GenericPlan
    rows: Mapping[Name, PlanObject]

    def row_of(self, item: MergeItem) -> PlanObject | None:
        """The row of an object, under its old key where it was renamed."""
        keys = (item.key, *(item.superseded if item.base else ()))
        rows = (self.rows.get((item.kind, key)) for key in keys)
        return next((row for row in rows if row is not None), None)

    def before(self, kind: str, key: str) -> list[str]:
        """The keys before an object upstream, the nearest first."""
        order = [
            generic.key for generic in self.theirs.in_order if generic.kind == kind
        ]
        return [*reversed(order[: order.index(key)])] if key in order else []

    def with_rows_of(self, edition: PlanEdition) -> "Comparison":
        """The same merge with the rows as they are now, perhaps under other keys."""
        return replace(self, rows=_by_name(edition.contents.all()))


@dataclass(slots=True)
class Versions:
    """Generic versions as the merge reads them, each read once."""

    objects: dict[int, dict[Name, Generic]] = field(default_factory=dict)
    supersedes: dict[Number, Supersedes] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)

    def read(self, wanted: Iterable[int]) -> None:
        """Two queries for all that were not read yet, none where all were."""
        missing = {*wanted} - {*self.objects}
        if not missing:
            return
        for version in GenericVersion.objects.published():
            number = version.major, version.minor, version.patch
            self.numbers[version.pk] = number
            self.supersedes[number] = version.supersedes
        for pk in missing:
            self.objects[pk] = {}
        rows = GenericObject.objects.filter(generic__in=missing, kind__in=OF_PLANS)
        columns = ("generic_id", "kind", "key", "position", "fields")
        for pk, kind, key, position, fields in rows.order_by().values_list(*columns):
            generic = Generic(kind, key, {**fields, POSITION: position})
            self.objects[pk][kind, key] = generic

    def superseded_between(self, bases: Iterable[int], pk: int) -> dict[str, list[str]]:
        """Which sections replace which, from the oldest base to a version."""
        oldest = min((self.numbers[base] for base in bases), default=(0, 0, 0))
        after = [n for n in sorted(self.supersedes) if oldest < n <= self.numbers[pk]]
        return chained(self.supersedes[number] for number in after)


def read_inputs(edition: PlanEdition, generic: GenericVersion) -> Inputs:
    """Two queries."""
    rows = tuple(edition.contents.all())
    return Inputs(rows, generic.pk, declined_of(edition.plan_id))


def compare(
    edition: PlanEdition,
    generic: GenericVersion,
    versions: Versions | None = None,
) -> Comparison:
    """The merge of an edition with a version; at most four queries."""
    return compare_rows(read_inputs(edition, generic), versions or Versions())


def declined_of(plan_id: int) -> frozenset[str]:
    """The hashes of all changes that a partner declined."""
    declined = PlanDecision.objects.filter(
        update__plan=plan_id, choice=PlanDecision.Choice.DECLINED
    )
    lists = declined.order_by().values_list("declined", flat=True)
    return frozenset(change for changes in lists for change in changes)


def compare_rows(inputs: Inputs, versions: Versions) -> Comparison:
    """The merge of rows that were read already."""
    rows = inputs.rows
    bases = {row.base_id for row in rows} - {None}
    versions.read({*bases, inputs.generic})
    base = GenericPlan(
        [versions.objects[r.base_id][r.kind, r.key] for r in rows if r.base_id]
    )
    theirs = GenericPlan(
        [*versions.objects[inputs.generic].values()],
        versions.superseded_between(bases, inputs.generic),
    )
    moved = _moved_here(rows, base)
    own = [
        local_of(row, moved)
        for row in rows
        if row.state != PlanObject.State.INHERITED or (row.kind, row.key) in moved
    ]
    merge = merge_plan(base, LocalPlan(own, inputs.declined), theirs)
    return Comparison(merge, inputs, theirs, _by_name(rows))


def _by_name(rows: Iterable[PlanObject]) -> dict[Name, PlanObject]:
    return {(row.kind, row.key): row for row in rows}


def local_of(row: PlanObject, moved: Iterable[Name] = ()) -> Local:
    """A row as the merge knows it: its place is a field where it is the partner's."""
    local = reading.to_object(row)
    if row.base_id is None or local.name in moved:
        return replace(local, fields={**local.fields, POSITION: row.position})
    return local


def _moved_here(rows: Iterable[PlanObject], base: GenericPlan) -> set[Name]:
    """Those that the partner put elsewhere among the others."""
    moved: set[Name] = set()
    ordered = sorted((r for r in rows if r.base_id), key=lambda r: (r.position, r.key))
    for kind in OF_PLANS:
        here = [row.key for row in ordered if row.kind == kind]
        there = [generic.key for generic in base.in_order if generic.kind == kind]
        if here != there:
            stayed = {here[i] for i, _ in matches(here, there)}
            moved |= {(kind, key) for key in here if key not in stayed}
    return moved


def item_fingerprint(item: MergeItem) -> str:
    """Differs as soon as an item is not what somebody saw before deciding."""
    ours = item.ours
    return fingerprint(
        canonical_json(
            [],
            outcome=item.outcome,
            base=dict(item.base.fields) if item.base else "",
            theirs=dict(item.theirs.fields) if item.theirs else "",
            ours=dict(ours.fields) if ours else "",
            addendum=ours.addendum if ours else "",
            left_out=f"{ours.left_out}: {ours.reason}" if ours else "",
            similar=", ".join(item.similar),
        )
    )
