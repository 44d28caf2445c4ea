"""Takes a whole batch back, while nothing in it has been edited since."""

from django.utils import timezone
from pghistory.models import Event

from partners.jobs import Progress
from skills.bulk_update import blocks, kept, update
from skills.imports import conflicts
from skills.imports.apply import lock
from skills.imports.kinds import RULES, Rule
from skills.imports.row import CHANGED, NEW
from skills.models import ImportBatch, ImportRow

IN_USE = "Something else now uses this record: remove that first"


class EditedSince(Exception):
    """Rows that were edited since the batch was applied: what happened, by line."""

    def __init__(self, told: dict[int, list[str]]):
        super().__init__(f"{len(told)} rows")
        self.told = told


def undo(batch: ImportBatch, progress: Progress) -> None:
    """Put back what the rows replaced and remove what they added; raises EditedSince.

    The batch is locked by the caller, in whose transaction all of it happens.
    """
    rule = RULES[batch.kind]
    rows = [*batch.rows.filter(applied_version__isnull=False).order_by("line")]
    lock(rule, rows)
    standing = _standing(rule, rows)
    told = _told(batch, rule, rows, standing)
    if told:
        raise EditedSince(told)
    _put_back(rule, [row for row in rows if row.outcome == CHANGED], standing)
    added = [row.target for row in rows if row.outcome == NEW]
    for block in blocks(added):
        rule.model.objects.filter(pk__in=block).delete()
    batch.undone_at = timezone.now()
    batch.state = ImportBatch.State.UNDONE
    batch.refusal = ""
    batch.save()


def _standing(rule: Rule, rows: list[ImportRow]) -> dict[int, tuple[int, dict]]:
    """Version and values of the records as they stand now, by id."""
    found = {}
    for block in blocks([row.target for row in rows]):
        records = rule.model.objects.filter(pk__in=block).order_by()
        for pk, version, *values in records.values_list("pk", "version", *rule.names):
            whole = dict(zip(rule.names, map(kept, values), strict=True))
            found[pk] = (version, whole)
    return found


def _told(batch, rule, rows, standing):
    told = {}
    for row in rows:
        version, _ = standing.get(row.target, (None, None))
        if version == row.applied_version:
            continue
        if len(told) < conflicts.MOST_LOOKED_UP:
            after, by = row.applied_version, batch.undone_by
            told[row.line] = conflicts.since(rule.model, row.target, after, by)
        else:
            told[row.line] = [conflicts.CHANGED]
    added = {row.target: row.line for row in rows if row.outcome == NEW}
    for pk in _in_use(rule, [*added]):
        told.setdefault(added[pk], [IN_USE])
    return told


def _in_use(rule: Rule, ids: list[int]) -> set[int]:
    """Which of these records something else points at, whatever app it is of."""
    found: set[int] = set()
    for relation in rule.model._meta.related_objects:
        if issubclass(relation.related_model, Event):
            continue
        name = relation.field.attname
        rows = relation.related_model._base_manager.order_by()
        for block in blocks(ids):
            found.update(
                rows.filter(**{f"{name}__in": block}).values_list(name, flat=True)
            )
    return found


def _put_back(rule, rows, standing):
    whole = [
        (row.target, *_before(rule, standing[row.target][1] | row.old)) for row in rows
    ]
    update(rule.model, rule.names, whole)


def _before(rule, values):
    return (values[name] for name in rule.names)
