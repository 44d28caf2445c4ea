"""Writes exactly what was checked, all of it or nothing."""

import json

from django.utils import timezone

from partners.jobs import Progress
from partners.models import StaffMember
from skills.bulk_update import blocks, update
from skills.imports import conflicts
from skills.imports.check import drafts_of
from skills.imports.kinds import RULES, Rule
from skills.imports.row import CHANGED, NEW, Draft
from skills.models import ImportBatch, ImportRow

CONFIRMATION = ("confirmed_at", "confirmed_by_id")


class ChangedMeanwhile(Exception):
    """Rows would no longer do what was read: what happened, by line."""

    def __init__(self, told: dict[int, list[str]]):
        super().__init__(f"{len(told)} rows")
        self.told = told


def apply(batch: ImportBatch, progress: Progress) -> None:
    """Write the rows; the batch is locked by the caller, in whose transaction it is.

    Raises ChangedMeanwhile, and IntegrityError where a table refuses.
    """
    rule = RULES[batch.kind]
    stored = [*batch.rows.filter(outcome__in=[NEW, CHANGED]).order_by("line")]
    lock(rule, stored)
    drafts = {draft.row.line: draft for draft in _drafts_now(batch, progress)}
    told = conflicts.told(batch, rule, stored, drafts)
    if told:
        raise ChangedMeanwhile(told)
    good = [(row, drafts[row.line]) for row in stored]
    _add(batch, rule, [pair for pair in good if pair[1].outcome == NEW])
    _change(batch, rule, [pair for pair in good if pair[1].outcome == CHANGED])
    batch.applied_at = timezone.now()
    batch.state = ImportBatch.State.APPLIED
    batch.refusal = ""
    batch.save()


def _drafts_now(batch, progress):
    """The same rows planned again, now that nobody else can change what they name."""
    rows = batch.rows.order_by("line").values_list("line", "cells")
    return drafts_of(batch, rows, progress)


def lock(rule: Rule, rows: list[ImportRow]) -> None:
    """Hold the people and the records of these rows, always in the order of ids."""
    targets = sorted(row.target for row in rows if row.target)
    people = {row.values["staff_id"] for row in rows if "staff_id" in row.values}
    if rule.model is StaffMember:
        people.update(targets)
    else:
        for block in blocks(targets):
            held = rule.model.objects.filter(pk__in=block).order_by()
            people.update(held.values_list("staff_id", flat=True))
        _hold(StaffMember, people)
    _hold(rule.model, targets)


def _hold(model, ids):
    for block in blocks(sorted(ids)):
        rows = model.objects.filter(pk__in=block).order_by("pk")
        rows = rows.select_for_update(no_key=True, of=("self",))
        len(rows.values_list("pk", flat=True))


def _add(batch, rule, pairs):
    confirmation = _confirmation(batch, rule)
    records = [rule.model(**draft.values | confirmation) for _, draft in pairs]
    for block in blocks(records):
        rule.model.objects.bulk_create(block)
    _note(
        [
            (row.pk, record.pk, 1)
            for (row, _), record in zip(pairs, records, strict=True)
        ]
    )


def _change(batch, rule, pairs):
    confirmation = _confirmation(batch, rule)
    rows = [_whole(rule, draft, confirmation) for _, draft in pairs]
    after = update(rule.model, rule.names, rows, version="version")
    _note([(row.pk, row.target, after[row.target]) for row, _ in pairs])


def _whole(rule: Rule, draft: Draft, confirmation: dict) -> tuple:
    whole = draft.current | draft.values | confirmation
    return (draft.target, *(whole[name] for name in rule.names))


def _confirmation(batch, rule):
    """A level that a coordinator brings in is a level the coordinator confirms."""
    if not rule.is_confirming:
        return {}
    values = (timezone.now(), batch.applied_by_id)
    return dict(zip(CONFIRMATION, values, strict=True))


def _note(rows):
    """Which record each row wrote, and the version it left behind."""
    update(ImportRow, ("target", "applied_version"), rows)


def keep_told(batch: ImportBatch, told: dict[int, list[str]]) -> None:
    """Beside each row, what happened to its record since."""
    lines = batch.rows.filter(line__in=told).values_list("line", "pk")
    rows = [(pk, json.dumps(told[line])) for line, pk in lines]
    update(ImportRow, ("meanwhile",), rows)
