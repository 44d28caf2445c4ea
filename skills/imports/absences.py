"""What a row about somebody's days away comes to."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partners.spreadsheets.table import Row
from skills.imports import row as drafts
from skills.imports.columns import ABSENCES
from skills.imports.person_lookup import Person, Roll, id_in
from skills.imports.row import Draft, Field, Wrong, day_said
from skills.imports.values import day

OPEN = "9999-12-31"
_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Away:
    """An absence as it stands."""

    id: int
    staff_id: int
    version: int
    values: dict


@dataclass(frozen=True, slots=True)
class Calendar:
    """The absences of everybody a file names, by id and by first day."""

    by_id: dict[int, Away]

    def beginning(self) -> dict[tuple[int, str], Away]:
        return {(a.staff_id, a.values["begins_on"]): a for a in self.by_id.values()}


def fields(roll: Roll) -> list[Field]:
    def cover(text: str, draft: Draft) -> int:
        colleague = roll.by_email.get(text.lower())
        is_here = colleague and colleague.partner_id == roll.partner_id
        is_kept = colleague and draft.current is not None
        if is_kept and draft.current["cover_id"] == colleague.id:
            return colleague.id
        if not (is_here and colleague.is_in_post):
            raise Wrong(
                f"Enter the work e-mail of a colleague at {roll.partner_name}, or "
                "leave this empty"
            )
        return colleague.id

    def named(pk: object) -> str:
        known = roll.by_id.get(pk)
        return known.name if known else "somebody"

    return [
        Field(
            "begins_on",
            "begins_on",
            day,
            day_said,
            is_required=True,
            called="the first day away",
        ),
        Field("ends_on", "ends_on", day, day_said, empty=None),
        Field("cover", "cover_id", cover, named, empty=None),
    ]


def plan(
    rows: Sequence[Row],
    roll: Roll,
    calendar: Calendar,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Draft]:
    """What each row comes to, none of whose days are counted twice."""
    taken, beginning = fields(roll), calendar.beginning()
    found, people = [], {}
    for number, row in enumerate(rows):
        draft = Draft(row, ABSENCES)
        person = _person(draft, roll, calendar)
        people[id(draft)] = person
        if person:
            _fill(draft, person, calendar, beginning, taken)
        else:
            draft.label = draft.cell("work_email")[:300]
        found.append(draft)
        progress(number)
    drafts.refuse_repeated(found, lambda d: _key(d, people[id(d)]), "begins_on")
    _refuse_overlaps(found, people, calendar)
    return found


def _key(draft, person):
    if person is None:
        return None
    begins_on = draft.values.get("begins_on")
    return draft.target or (begins_on and (person.id, begins_on)) or None


def _person(draft: Draft, roll: Roll, calendar: Calendar) -> Person | None:
    """Whose absence it is; the id in these files is that of the absence."""
    roll.refuse_other_partner(draft)
    number = id_in(draft)
    if not number:
        if not draft.cell("work_email"):
            draft.refuse(
                "work_email", ("Enter the work e-mail of the person who is away")
            )
            return None
        person = roll.with_email(draft)
        if person is None and not draft.problems:
            draft.refuse(
                "work_email",
                (
                    f"Nobody at {roll.partner_name} has this e-mail: correct it, "
                    "or import the person first"
                ),
            )
        return person
    away = calendar.by_id.get(number)
    person = away and roll.by_id.get(away.staff_id)
    if person is None or person.partner_id != roll.partner_id:
        draft.refuse(
            "id",
            (
                f"{roll.partner_name} has no absence with this id: leave it "
                "empty for a new absence"
            ),
        )
        return None
    _refuse_other_email(draft, person)
    return person


def _refuse_other_email(draft, person):
    email = draft.cell("work_email").lower()
    if email and email != person.email.lower():
        draft.refuse(
            "work_email",
            (
                f"The id belongs to an absence of {person.name}: correct the "
                "id or the e-mail"
            ),
        )


def _fill(draft, person, calendar, beginning, taken):
    known = calendar.by_id.get(id_in(draft)) if draft.cell("id") else None
    if known is None:
        known = beginning.get((person.id, _first_day(draft)))
    if known:
        draft.target, draft.version = known.id, known.version
        draft.current = known.values
    else:
        draft.values = {"staff_id": person.id}
    for field in taken:
        field.take(draft)
    _label(draft, person)
    _refuse_nonsense(draft, person)
    if not person.is_in_post and draft.outcome != drafts.UNCHANGED:
        draft.refuse(
            "work_email",
            f"{person.name} has left: an import cannot change the records of leavers",
        )


def _first_day(draft):
    try:
        return day(draft.cell("begins_on"), draft)
    except Wrong:
        return None


def _label(draft, person):
    begins_on = ((draft.current or {}) | draft.values).get("begins_on")
    draft.label = (
        f"{person.name}, from {day_said(begins_on)}" if begins_on else (person.name)
    )


def _refuse_nonsense(draft, person):
    whole = (draft.current or {}) | draft.values
    begins_on, ends_on = whole.get("begins_on"), whole.get("ends_on")
    if begins_on and ends_on and ends_on < begins_on:
        draft.refuse("ends_on", "An absence ends on or after its first day")
    if draft.values.get("cover_id") == person.id:
        draft.refuse("cover", "People cannot cover for themselves: enter a colleague")


def _refuse_overlaps(found, people, calendar):
    by_person, standing = defaultdict(list), defaultdict(dict)
    for draft in found:
        if people[id(draft)] is not None:
            by_person[people[id(draft)].id].append(draft)
    for away in calendar.by_id.values():
        standing[away.staff_id][away.id] = away.values
    for person, theirs in by_person.items():
        _refuse_until_calm(theirs, standing[person])


def _refuse_until_calm(theirs, standing):
    """A row that is refused leaves its days as they were: so look again."""
    for _ in range(_MOST_ROUNDS):
        if not _refuse_first_overlaps(theirs, standing):
            return
    for draft in theirs:
        if draft.outcome in (drafts.NEW, drafts.CHANGED):
            draft.refuse("begins_on", _OVERLAPS.format("other rows"))


_OVERLAPS = "Some of these days are in {} of this person: correct one of them"


def _refuse_first_overlaps(theirs, standing):
    """One pass in the order of days; whether anything was refused."""
    planned = {
        draft.target: draft
        for draft in theirs
        if draft.outcome == drafts.CHANGED and draft.target
    }
    spans = [
        (*_days(values), None) for pk, values in standing.items() if pk not in planned
    ]
    for draft in theirs:
        if draft.outcome in (drafts.NEW, drafts.CHANGED):
            spans.append((*_days((draft.current or {}) | draft.values), draft))
    spans.sort(key=lambda span: (span[0], span[1], span[2].row.line if span[2] else 0))
    refused, longest = [], None
    for span in spans:
        if longest and span[0] <= longest[1]:
            refused.append((longest[2], span[2]))
        if longest is None or span[1] > longest[1]:
            longest = span
    for one, other in refused:
        _refuse_pair(one, other)
    return any(one or other for one, other in refused)


def _days(values):
    return values["begins_on"], values.get("ends_on") or OPEN


def _refuse_pair(one, other):
    for draft, beside in ((one, other), (other, one)):
        if draft is None:
            continue
        where = f"line {beside.row.line}" if beside else "another absence"
        sentence = _OVERLAPS.format(where)
        if not any(said == sentence for *_, said in draft.problems):
            draft.refuse("begins_on", sentence)
