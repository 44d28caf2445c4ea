"""The steps a batch goes through; each is done once, whoever asks how often."""

import hashlib
from datetime import timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners import jobs, refusals
from partners.jobs import Progress
from partners.models import Partner, User
from partners.spreadsheets.table import Row
from skills.imports.apply import ChangedMeanwhile, apply, keep_told
from skills.imports.check import check
from skills.imports.undo import EditedSince, undo
from skills.models import ImportBatch, ImportRow

JOB = "import"
# So many rows are done while somebody waits for the page.
DIRECT = 200
KEPT_FOR = timedelta(days=90)
State = ImportBatch.State


class Refused(Exception):
    """Why a step is not taken, for whoever asked for it."""


@transaction.atomic
def begin(
    *,
    by: User,
    partner: Partner,
    kind: str,
    file_name: str,
    data: bytes,
    rows: list[Row],
) -> ImportBatch:
    """Keep the rows of a file and check them, or have them checked."""
    _refuse_others(by, partner.pk)
    batch = ImportBatch.objects.create(
        partner=partner,
        kind=kind,
        file_name=file_name.replace("\x00", "")[-150:],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
        rows_total=len(rows),
    )
    kept = (ImportRow(batch=batch, line=row.line, cells=_cells(row)) for row in rows)
    ImportRow.objects.bulk_create(kept, batch_size=1000)
    _start(batch)
    return batch


def _cells(row):
    # A table keeps no such letter; its replacement is refused like it.
    return {key: text.replace("\x00", "\x01") for key, text in row.cells.items()}


@transaction.atomic
def confirm(*, by: User, batch: ImportBatch, checks: int, is_partial: bool) -> None:
    """Apply exactly the check that was read; raises Refused with a sentence."""
    batch = _locked(by, batch)
    if batch.state in (State.APPLYING, State.APPLIED):
        # Pressed twice, or in two tabs: once is enough.
        return
    if batch.state != State.CHECKED:
        raise Refused(f"Nothing was saved: {_as_it_is(batch)}")
    if batch.checks != checks:
        raise Refused(
            "The file has been checked again, so nothing was saved: "
            "check the result, then confirm"
        )
    if batch.rows_wrong and not is_partial:
        raise Refused(
            "Some rows have errors, so nothing was saved: correct the "
            "file, or leave those rows out"
        )
    if not batch.rows_good:
        raise Refused("There is nothing to import in this file")
    batch.applied_by, batch.is_partial = by, bool(batch.rows_wrong)
    batch.state = State.APPLYING
    _start(batch)


@transaction.atomic
def check_again(*, by: User, batch: ImportBatch) -> None:
    """Read the same rows against the records as they stand now."""
    batch = _locked(by, batch)
    if batch.state not in (State.CHECKED, State.FAILED):
        raise Refused(f"Not checked again: {_as_it_is(batch)}")
    batch.state = State.WAITING
    _start(batch)


@transaction.atomic
def take_back(*, by: User, batch: ImportBatch) -> None:
    """Undo an applied batch, once; raises Refused with a sentence."""
    batch = _locked(by, batch)
    if batch.state in (State.UNDOING, State.UNDONE):
        return
    if batch.state != State.APPLIED or batch.emptied_on:
        raise Refused(f"Not undone: {_as_it_is(batch)}")
    batch.undone_by = by
    batch.state = State.UNDOING
    _start(batch)


@transaction.atomic
def discard(*, by: User, batch: ImportBatch) -> None:
    """Forget a batch that was not applied, with all its rows."""
    batch = _locked(by, batch)
    if batch.state not in (State.CHECKED, State.FAILED, State.DISCARDED):
        raise Refused(f"Not discarded: {_as_it_is(batch)}")
    _empty(batch)


def empty_old() -> int:
    """Delete what rows hold of people 90 days after they came; how many batches."""
    before = timezone.now() - KEPT_FOR
    old = ImportBatch.objects.filter(uploaded_at__lt=before, emptied_on__isnull=True)
    for batch in old:
        with transaction.atomic():
            _empty(ImportBatch.objects.select_for_update().get(pk=batch.pk))
    return len(old)


def _empty(batch):
    batch.rows.all().delete()
    batch.emptied_on = timezone.localdate()
    if batch.state not in (State.APPLIED, State.UNDONE):
        batch.state = State.DISCARDED
    batch.save()


def _refuse_others(by, partner_id):
    if not by.standing.coordinates_partner(partner_id):
        raise PermissionDenied("Only coordinators can import files")


def _locked(by, batch):
    _refuse_others(by, batch.partner_id)
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


def _as_it_is(batch):
    if batch.emptied_on:
        return "the contents of this file were deleted"
    return f"this file is {batch.get_state_display().lower()}"


def _start(batch):
    """Take the step at once where it is short, else leave it to the worker."""
    batch.refusal = ""
    batch.save()
    if batch.rows_total <= DIRECT:
        _take(batch, Progress())
    else:
        jobs.enqueue(JOB, batch.pk)


def _take(batch, progress):
    step, by, back = {
        State.WAITING: (check, batch.uploaded_by, State.WAITING),
        State.APPLYING: (apply, batch.applied_by, State.CHECKED),
        State.UNDOING: (undo, batch.undone_by, State.APPLIED),
    }[batch.state]
    told = {}
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, import_batch=batch.pk):
            _refuse_others(by, batch.partner_id)
            step(batch, progress)
            # What is joined to a row is otherwise looked at only in the end.
            connection.check_constraints()
    except (ChangedMeanwhile, EditedSince) as error:
        told, sentence = error.told, _MEANWHILE[step]
    except IntegrityError as error:
        sentence = refusals.sentence(error)
        if sentence is None:
            raise
    else:
        return
    batch.state, batch.refusal = back, sentence
    batch.applied_by = batch.applied_by if back == State.APPLIED else None
    batch.save()
    keep_told(batch, told)


_MEANWHILE = {
    apply: (
        "Nothing was saved because records changed after the check. "
        "See which below, then check again"
    ),
    undo: (
        "Nothing was undone because records have been edited since. "
        "See which below. Change those by hand, or undo those edits "
        "first"
    ),
}


def work(batch_id: int, progress: Progress) -> None:
    """What the worker does: the step the batch waits for, if it still does."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
        if batch and batch.is_busy:
            _take(batch, progress)


@transaction.atomic
def give_up(batch_id: int, sentence: str) -> None:
    """The worker could not: say so, and go back to where the step began."""
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch and batch.is_busy:
        back = {State.APPLYING: State.CHECKED, State.UNDOING: State.APPLIED}
        batch.state = back.get(batch.state, State.FAILED)
        batch.applied_by = batch.applied_by if batch.state == State.APPLIED else None
        batch.refusal = sentence
        batch.save()
