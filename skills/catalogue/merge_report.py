"""What a merge did, told again later from the rows it kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from partners.models import StaffMember
from skills.bulk_update import blocks, update
from skills.catalogue.merge_plan import MODELS, Deed, Kind, stronger
from skills.models import Level, MergedRow, SkillHeld, SkillMerge

MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who held the merged skill: the levels before, and the one since."""

    person: StaffMember | None
    theirs: SkillHeld
    ours: SkillHeld | None
    result: Level


def people_of(merge: SkillMerge) -> QuerySet[MergedRow]:
    """One row for everybody who held the skill that went, those with both first."""
    held = merge.rows.filter(kind=Kind.HELD, deed__in=[Deed.MOVED, Deed.DROPPED])
    return held.order_by("deed", "pk")


def told_people(merge: SkillMerge, rows: Iterable[MergedRow]) -> list[Told]:
    """What became of the people of these rows: two queries."""
    ids = [row.before["staff_id"] for row in rows]
    people = StaffMember.objects.select_related("partner").in_bulk(ids)
    others = merge.rows.filter(
        kind=Kind.HELD, deed=Deed.JOINED, before__staff_id__in=ids
    )
    ours = {row.before["staff_id"]: _held(row) for row in others}
    return [
        told(people.get(staff_id), _held(row), ours.get(staff_id))
        for row, staff_id in zip(rows, ids, strict=True)
    ]


def _held(row):
    confirmed_at = row.before["confirmed_at"]
    return SkillHeld(
        level=row.before["level"],
        confirmed_at=parse_datetime(confirmed_at) if confirmed_at else None,
    )


def told(person: StaffMember | None, theirs: SkillHeld, ours: SkillHeld | None) -> Told:
    """One person's levels; `ours` is None for who held only the skill that went."""
    best = stronger(theirs, ours) if ours else theirs
    return Told(person, theirs, ours, Level(best.level))


def edited_rows(rows: Sequence[MergedRow]) -> list[tuple[str, str, str]]:
    """Of the first of these rows: what it is, whose, and what happened to it."""
    some = rows[:MOST_TOLD]
    here = defaultdict(set)
    for kind, model in MODELS.items():
        ids = [row.target for row in some if row.kind == kind]
        here[kind] = {*model.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    staff_ids = [row.before.get("staff_id") for row in some]
    people = StaffMember.objects.in_bulk([pk for pk in staff_ids if pk])
    return [
        (
            row.get_kind_display(),
            str(people.get(row.before.get("staff_id")) or row.before.get("text", "")),
            "Versioned since" if row.target in here[row.kind] else "Removed since",
        )
        for row in some
    ]


def edited_since(merge: SkillMerge) -> tuple[list[MergedRow], list[MergedRow]]:
    """The rows that are not as the merge left them, and those that are.

    What stands is locked until the transaction ends.
    """
    rows = [*merge.rows.order_by("kind", "pk")]
    standing = _standing(rows)
    gone = {
        row.before["staff_id"]
        for row in rows
        if row.deed == Deed.JOINED and (row.kind, row.target) not in standing
    }
    edited, untouched = [], []
    for row in rows:
        (untouched if _is_left(row, standing, gone) else edited).append(row)
    return edited, untouched


def _standing(rows):
    """The versions of the rows that a merge left, by kind and key."""
    standing = {}
    for kind, some in groupby(rows, attrgetter("kind")):
        left = [row.target for row in some if row.deed != Deed.DROPPED]
        for block in blocks(left):
            found = MODELS[kind].objects.filter(pk__in=block).order_by("pk")
            for pk, version in found.select_for_update().values_list("pk", "version"):
                standing[kind, pk] = version
    return standing


def _is_left(row, standing, gone):
    if row.deed == Deed.DROPPED:
        # Who took the one row that stayed off their record took off both.
        return row.kind != Kind.HELD or row.before["staff_id"] not in gone
    if row.version is None:
        # The merge changed nothing in it, so that an edit is in nobody's way.
        return (row.kind, row.target) in standing
    return standing.get((row.kind, row.target)) == row.version


def renumber(rows: Sequence[MergedRow], left: dict[int, int]) -> None:
    """Tell earlier merges that these rows are as those merges left them again.

    `left` has the version of each row now that it is put back, by its key.
    """
    for block in blocks(rows):
        were = {row.target: row.before.get("version") for row in block}
        earlier = MergedRow.objects.filter(
            kind=block[0].kind, target__in=[*were], merge__undone_at__isnull=True
        ).exclude(merge=block[0].merge_id)
        known = earlier.values_list("pk", "target", "version")
        again = [
            (pk, left[target])
            for pk, target, version in known
            if version is not None and version == were[target] and target in left
        ]
        update(MergedRow, ["version"], again)
