"""What a newer generic version would make of an edition, row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from disaster_recovery.content.canonical_json import canonical_json, fingerprint
from disaster_recovery.content.schema import OF_PLANS
from disaster_recovery.merging.diff import matches
from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Kind,
    LeftOut,
    Local,
    LocalPlan,
    MergeItem,
    PlanMerge,
    chained,
    merge_plan,
)
from disaster_recovery.models import (
    GenericObject,
    GenericVersion,
    PlanDecision,
    PlanEdition,
    PlanObject,
)

Name = tuple[str, str]
Number = tuple[int, int, int]
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The merge, and the rows of the edition by kind and key."""

    merge: PlanMerge
    rows: Mapping[Name, PlanObject]
    theirs: GenericPlan

    def row_of(self, item: MergeItem) -> PlanObject | None:
        """The row of an object, under its old key where it goes on under another."""
        keys = (item.key, *(item.superseded if item.base else ()))
        found = (self.rows.get((item.kind, key)) for key in keys)
        return next((row for row in found if row is not None), None)

    def before(self, kind: str, key: str) -> list[str]:
        """The keys that stand before an object upstream, the nearest first."""
        order = [one.key for one in self.theirs.in_order if one.kind == kind]
        return [*reversed(order[: order.index(key)])] if key in order else []


@dataclass(slots=True)
class Versions:
    """Generic versions as the merge reads them, each read once."""

    objects: dict[int, dict[Name, Generic]] = field(default_factory=dict)
    supersedes: dict[Number, Mapping] = field(default_factory=dict)
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
        named = rows.order_by().values_list(
            "generic_id", "kind", "key", "position", "fields"
        )
        for pk, kind, key, position, said in named:
            made = Generic(Kind(kind), key, {**said, POSITION: position})
            self.objects[pk][kind, key] = made

    def superseded_between(self, bases: Iterable[int], pk: int) -> dict:
        """Which sections stand for which, from the oldest base to a version."""
        oldest = min((self.numbers[base] for base in bases), default=(0, 0, 0))
        after = [n for n in sorted(self.supersedes) if oldest < n <= self.numbers[pk]]
        return chained(self.supersedes[number] for number in after)


def compare(
    edition: PlanEdition,
    generic: GenericVersion,
    versions: Versions | None = None,
) -> Comparison:
    """The merge of an edition with a version; at most four queries."""
    rows = [*edition.contents.all()]
    declined = declined_of(edition.plan_id)
    return compare_rows(rows, generic.pk, declined, versions or Versions())


def declined_of(plan_id: int) -> frozenset[str]:
    """The hashes of all changes that a partner declined."""
    told = PlanDecision.objects.filter(
        update__plan=plan_id, choice=PlanDecision.Choice.DECLINED
    )
    lists = told.order_by().values_list("declined", flat=True)
    return frozenset(one for many in lists for one in many)


def compare_rows(
    rows: list[PlanObject], generic: int, declined: frozenset[str], versions: Versions
) -> Comparison:
    """The merge of rows that were read already."""
    bases = {row.base_id for row in rows} - {None}
    versions.read({*bases, generic})
    based = [versions.objects[r.base_id][r.kind, r.key] for r in rows if r.base_id]
    base = GenericPlan(based)
    moved = _moved_here(rows, base)
    theirs = GenericPlan(
        [*versions.objects[generic].values()],
        versions.superseded_between(bases, generic),
    )
    ours = LocalPlan([local_of(r, moved) for r in rows if _says(r, moved)], declined)
    by_name = {(row.kind, row.key): row for row in rows}
    return Comparison(merge_plan(base, ours, theirs), by_name, theirs)


def _says(row, moved):
    """Whether anything of a row is the partner's own."""
    return row.state != PlanObject.State.INHERITED or (row.kind, row.key) in moved


def local_of(row: PlanObject, moved: Iterable[Name] = ()) -> Local:
    """A row as the merge knows it."""
    own = dict(row.fields)
    if row.base_id is None or (row.kind, row.key) in moved:
        own[POSITION] = row.position
    left_out = LeftOut(row.state) if row.is_left_out else None
    return Local(Kind(row.kind), row.key, own, row.addendum, left_out, row.reason)


def _moved_here(rows, base):
    """Those that the partner put elsewhere among the others."""
    found = set()
    for kind in OF_PLANS:
        here = [r for r in rows if r.kind == kind and r.base_id]
        here = [r.key for r in sorted(here, key=lambda r: (r.position, r.key))]
        there = [one.key for one in base.in_order if one.kind == kind]
        if here != there:
            stayed = {here[i] for i, _ in matches(here, there)}
            found |= {(kind, key) for key in here if key not in stayed}
    return found


def item_fingerprint(item: MergeItem) -> str:
    """What tells an item from how it stood before: whoever decides saw this."""
    ours, similar = item.ours, ", ".join(item.similar)
    left_out = f"{ours.left_out}: {ours.reason}" if ours else ""
    return fingerprint(
        canonical_json(
            [],
            outcome=item.outcome,
            base=dict(item.base.fields) if item.base else "",
            theirs=dict(item.theirs.fields) if item.theirs else "",
            ours=dict(ours.fields) if ours else "",
            addendum=ours.addendum if ours else "",
            left_out=left_out,
            similar=similar,
        )
    )
