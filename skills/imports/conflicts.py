"""What somebody did to a record between the check of a row and its writing."""

from partners.formatting import moment
from partners.history import changes
from partners.models import User
from skills.imports.kinds import Rule
from skills.imports.row import Draft
from skills.models import ImportBatch, ImportRow

# Who did what is looked up for so many; of the others it is said that it was.
MOST_LOOKED_UP = 25
GONE = "Somebody else has removed this record"
ADDED = "Somebody else has added this record"
OTHERWISE = "Something this row depends on has changed"
CHANGED = "Somebody else has changed this record"


def told(
    batch: ImportBatch, rule: Rule, stored: list[ImportRow], drafts: dict[int, Draft]
) -> dict[int, list[str]]:
    """By line, what happened to the rows that would no longer do what was read."""
    found: dict[int, list[str]] = {}
    for row in stored:
        draft = drafts[row.line]
        if draft.is_as(row.outcome, row.target, row.version, row.values):
            continue
        sentences = [sentence for *_, sentence in draft.problems]
        if row.target and (draft.target != row.target or draft.version != row.version):
            looks = len(found) < MOST_LOOKED_UP
            sentences += _since(rule, row, batch.applied_by) if looks else [CHANGED]
        elif draft.target != row.target:
            sentences.append(ADDED)
        found[row.line] = sentences or [OTHERWISE]
    return found


def _since(rule: Rule, row: ImportRow, reader: User | None) -> list[str]:
    """Who changed the record from what to what since the version that was read."""
    return since(rule.model, row.target, row.version, reader)


def since(model, target: int, version: int, reader: User | None) -> list[str]:
    """In words, what was done to a record after this version of it."""
    events = changes.events(model).filter(pgh_obj=target, version__gte=version)
    done = [
        f"{change.who} {change.action} {_fields(change)} at {moment(change.at)}"
        for change in changes.newest_first(events, reader=reader)
        if change.action == changes.ACTIONS["update"]
    ]
    if not model.objects.filter(pk=target).exists():
        return [*done, GONE]
    return done or [CHANGED]


def _fields(change):
    return "; ".join(
        f"{label} from “{old or 'nothing'}” to “{new or 'nothing'}”"
        for label, old, new in change.fields
    )
