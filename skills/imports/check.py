"""Says what each row of a batch would do, and writes nothing else."""

import json
from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from partners.jobs import Progress
from partners.spreadsheets.table import Row
from skills.bulk_update import update
from skills.imports.kinds import RULES
from skills.imports.row import Draft
from skills.models import ImportBatch, ImportRow

STORED = (
    "outcome",
    "label",
    "target",
    "version",
    "values",
    "old",
    "changes",
    "problems",
    "meanwhile",
)


def drafts_of(
    batch: ImportBatch, rows: Iterable[tuple[int, dict]], progress: Progress
) -> list[Draft]:
    """What (line, cells) come to as the tables stand now."""
    read = [Row(line, cells) for line, cells in rows]
    total = len(read)
    rule = RULES[batch.kind]
    return rule.plan(batch, read, lambda done: progress.of(done, total))


def check(batch: ImportBatch, progress: Progress) -> None:
    """Check all rows and keep what they come to; the batch is locked by the caller."""
    rows = [*batch.rows.values_list("pk", "line", "cells")]
    drafts = drafts_of(batch, [(line, cells) for _, line, cells in rows], progress)
    keys = {line: pk for pk, line, _ in rows}
    stored = [(keys[draft.row.line], *_stored(draft)) for draft in drafts]
    update(ImportRow, STORED, stored)
    counts = Counter(draft.outcome for draft in drafts)
    batch.rows_total = len(drafts)
    batch.rows_new, batch.rows_changed = counts["new"], counts["changed"]
    batch.rows_unchanged, batch.rows_wrong = counts["unchanged"], counts["error"]
    batch.checks += 1
    batch.checked_at = timezone.now()
    batch.state = ImportBatch.State.CHECKED
    batch.refusal = ""
    batch.save()


def _stored(draft):
    texts = (draft.values, _old(draft), draft.changes, draft.problems, [])
    return (
        draft.outcome,
        draft.label.replace("\x00", ""),
        draft.target,
        draft.version,
        *(json.dumps(text) for text in texts),
    )


def _old(draft):
    """What an undo puts back: who had confirmed a level too."""
    if not (draft.current and draft.values):
        return {}
    confirmed = {
        name: draft.current[name]
        for name in ("confirmed_at", "confirmed_by_id")
        if name in draft.current
    }
    return draft.old | confirmed
