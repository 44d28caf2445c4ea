"""A batch as people read it: its rows by outcome, its counts, and its CSV."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from partners.history import changes
from partners.models import Partner, StaffMember
from skills.bulk_update import blocks
from skills.models import ImportBatch, ImportRow, SkillHeld

MEANWHILE = "meanwhile"
HEADER = ["Line", "Outcome", "About", "Column", "Was", "Is", "What to do"]
_BY = ("uploaded_by", "applied_by", "undone_by")


def listed(partner: Partner) -> QuerySet[ImportBatch]:
    """The partner's files, the newest first."""
    return ImportBatch.objects.filter(partner=partner)


def names(batches: Iterable[ImportBatch]) -> dict[int | None, str]:
    """Who brought in, applied and undid these, by login."""
    logins = {getattr(batch, f"{by}_id") for batch in batches for by in _BY} - {None}
    people = StaffMember.objects.filter(user__in=logins).order_by()
    known = dict(people.in_post().values_list("user", "name"))
    return dict.fromkeys(logins, changes.NAMELESS) | known


def chosen(asked: str) -> tuple[str, list[str]]:
    """The outcome the address asks for, and what was not understood."""
    if asked in ("", MEANWHILE, *ImportRow.Outcome.values):
        return asked, []
    return "", [f"There is no outcome “{asked[:40]}”: showing all rows"]


def rows(batch: ImportBatch, outcome: str = "") -> QuerySet[ImportRow]:
    """The rows in the order of the file; `outcome` is one that `chosen` gave."""
    found = batch.rows.order_by("line")
    if outcome == MEANWHILE:
        return found.exclude(meanwhile=[])
    return found.filter(outcome=outcome) if outcome else found


def choices(batch: ImportBatch, chosen: str) -> list[tuple[str, str, int, bool]]:
    """(value, label, how many, is it chosen) of what the rows may be narrowed to."""
    counts = {
        "": ("All rows", batch.rows_total),
        "error": ("Errors", batch.rows_wrong),
        "new": ("New", batch.rows_new),
        "changed": ("Changed", batch.rows_changed),
        "unchanged": ("Unchanged", batch.rows_unchanged),
    }
    if batch.refusal:
        count = batch.rows.exclude(meanwhile=[]).count()
        counts[MEANWHILE] = ("Changed since the check", count)
    return [(key, *told, key == chosen) for key, told in counts.items()]


def people_in(batch: ImportBatch) -> list[int]:
    """Whose records the rows are about, as far as they are known."""
    targets = batch.rows.filter(target__isnull=False).values("target")
    if batch.kind == ImportBatch.Kind.PEOPLE:
        return [*targets.values_list("target", flat=True)]
    if batch.kind == ImportBatch.Kind.HELD:
        held = SkillHeld.objects.filter(pk__in=targets).order_by()
        return [*held.values_list("staff", flat=True).distinct()]
    people = StaffMember.objects.filter(absences__in=targets).order_by()
    return [*people.values_list("pk", flat=True).distinct()]


def export_rows(batch: ImportBatch) -> Iterator[list]:
    """A line for each change and each problem, under HEADER."""
    keys = [*batch.rows.order_by("line").values_list("pk", flat=True)]
    for block in blocks(keys):
        found = ImportRow.objects.filter(pk__in=block).order_by("line")
        for row in found:
            yield from _lines(row)


def _lines(row):
    head = [row.line, row.get_outcome_display(), row.label]
    told = [[column, "", value, sentence] for column, value, sentence in row.problems]
    told += [["", "", "", sentence] for sentence in row.meanwhile]
    if not row.problems:
        told += [[*change, ""] for change in row.changes]
    for line in told or [["", "", "", ""]]:
        yield [*head, *line]
