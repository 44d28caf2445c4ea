"""For each kind of file: its columns, its table, and how its rows are planned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils import timezone

from partners.models import Absence, StaffMember
from partners.table import Column, Row
from skills import columns
from skills.batches import absences, facts, held, people
from skills.batches.draft import Draft
from skills.models import ImportBatch, SkillHeld

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
    roll = facts.roll_of(batch.partner, batch.applied_by or batch.uploaded_by)
    for block in facts.blocks(rows):
        facts.read_people(roll, facts.cells(block, "work_email"), facts.ids(block))
    sites = facts.sites_of(batch.partner)
    return people.plan(rows, roll, sites, timezone.localdate(), progress)


def _held(batch, rows, progress):
    roll, found = (
        facts.roll_of(batch.partner, batch.applied_by or batch.uploaded_by),
        {},
    )
    for block in facts.blocks(rows):
        facts.read_people(roll, facts.cells(block, "work_email"), facts.ids(block))
    for block in facts.blocks(_own(roll)):
        found |= facts.read_held(block)
    return held.plan(rows, roll, facts.read_names(), found, progress)


def _absences(batch, rows, progress):
    roll, found = (
        facts.roll_of(batch.partner, batch.applied_by or batch.uploaded_by),
        {},
    )
    for block in facts.blocks(rows):
        named = facts.read_absences(Q(pk__in=facts.ids(block)))
        emails = facts.cells(block, "work_email") | facts.cells(block, "cover")
        facts.read_people(roll, emails, {away.staff_id for away in named.values()})
    for block in facts.blocks(_own(roll)):
        found |= facts.read_absences(Q(staff__in=block))
    for block in facts.blocks([*facts.covers(found.values())]):
        facts.read_people(roll, (), block)
    return absences.plan(rows, roll, absences.Calendar(found), progress)


def _own(roll):
    """Those on the roll who are the partner's own."""
    return [pk for pk, who in roll.by_id.items() if who.partner_id == roll.partner_id]


RULES = {
    ImportBatch.Kind.PEOPLE: Rule(columns.PEOPLE, StaffMember, facts.PERSON, _people),
    ImportBatch.Kind.HELD: Rule(
        columns.SKILLS_HELD, SkillHeld, facts.HELD, _held, is_confirming=True
    ),
    ImportBatch.Kind.ABSENCES: Rule(
        columns.ABSENCES, Absence, facts.ABSENCE, _absences
    ),
}
