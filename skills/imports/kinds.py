"""For each kind of file: its columns, its table, and how its rows are planned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils import timezone

from partners.models import Absence, StaffMember
from partners.spreadsheets.table import Column, Row
from skills.bulk_update import blocks
from skills.imports import absences, columns, lookups, people, skills_held
from skills.imports.row import Draft
from skills.models import ImportBatch, SkillHeld
from skills.models.held import HELD

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one kind of file; `names` are all columns it writes."""

    columns: Mapping[str, Column]
    model: type[Model]
    names: tuple[str, ...]
    plan: Callable[[ImportBatch, Sequence[Row], Progress], list[Draft]]
    is_confirming: bool = False


def _people(batch, rows, progress):
    roll = lookups.roll_of(batch.partner, batch.applied_by or batch.uploaded_by)
    for block in blocks(rows):
        lookups.read_people(
            roll, lookups.cells(block, "work_email"), lookups.ids(block)
        )
    sites = lookups.sites_of(batch.partner)
    return people.plan(rows, roll, sites, timezone.localdate(), progress)


def _held(batch, rows, progress):
    roll, found = (
        lookups.roll_of(batch.partner, batch.applied_by or batch.uploaded_by),
        {},
    )
    for block in blocks(rows):
        lookups.read_people(
            roll, lookups.cells(block, "work_email"), lookups.ids(block)
        )
    for block in blocks(_own(roll)):
        found |= lookups.read_held(block)
    return skills_held.plan(rows, roll, lookups.read_names(), found, progress)


def _absences(batch, rows, progress):
    roll, found = (
        lookups.roll_of(batch.partner, batch.applied_by or batch.uploaded_by),
        {},
    )
    for block in blocks(rows):
        named = lookups.read_absences(Q(pk__in=lookups.ids(block)))
        emails = lookups.cells(block, "work_email") | lookups.cells(block, "cover")
        lookups.read_people(roll, emails, {away.staff_id for away in named.values()})
    for block in blocks(_own(roll)):
        found |= lookups.read_absences(Q(staff__in=block))
    for block in blocks([*lookups.covers(found.values())]):
        lookups.read_people(roll, (), block)
    return absences.plan(rows, roll, absences.Calendar(found), progress)


def _own(roll):
    """Those on the roll who are the partner's own."""
    return [pk for pk, who in roll.by_id.items() if who.partner_id == roll.partner_id]


RULES = {
    ImportBatch.Kind.PEOPLE: Rule(columns.PEOPLE, StaffMember, lookups.PERSON, _people),
    ImportBatch.Kind.HELD: Rule(
        columns.SKILLS_HELD, SkillHeld, HELD, _held, is_confirming=True
    ),
    ImportBatch.Kind.ABSENCES: Rule(
        columns.ABSENCES, Absence, lookups.ABSENCE, _absences
    ),
}
