"""What a row about a skill that somebody holds comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partners.spreadsheets.table import Row
from skills.imports import row as drafts
from skills.imports.columns import SKILLS_HELD
from skills.imports.person_lookup import Roll
from skills.imports.row import Draft, Field, day_said, said
from skills.imports.skill_lookup import SkillNames
from skills.imports.values import day, level, level_said, yes_or_no

_LEVEL = "the level: Awareness, Working, Practitioner or Expert, or 1 to 4"
FIELDS = [
    Field("level", "level", level, level_said, is_required=True, called=_LEVEL),
    Field("can_teach", "can_teach", yes_or_no, said, empty=False),
    Field("since_on", "since_on", day, day_said, empty=None),
    Field("last_used_on", "last_used_on", day, day_said, empty=None),
]


@dataclass(frozen=True, slots=True)
class Held:
    """A skill that somebody holds now."""

    id: int
    version: int
    values: dict


def plan(
    rows: Sequence[Row],
    roll: Roll,
    names: SkillNames,
    held: dict[tuple[int, int], Held],
    progress: Callable[[int], None] = lambda done: None,
) -> list[Draft]:
    """What each row comes to; `held` is keyed by person and skill."""
    found, keys = [], {}
    for number, row in enumerate(rows):
        draft = Draft(row, SKILLS_HELD)
        keys[id(draft)] = _planned(draft, roll, names, held)
        found.append(draft)
        progress(number)
    drafts.refuse_repeated(found, lambda draft: keys[id(draft)], "skill")
    return found


def _planned(draft, roll, names, held):
    """Fill the draft; the key of what it is about, if that is known."""
    roll.refuse_other_partner(draft)
    person = roll.find_known(draft)
    skill = names.read(draft, lambda pk: person and (person.id, pk) in held)
    who = person.name if person else draft.cell("work_email")
    draft.label = f"{who}: {names.name_of(skill) or draft.cell('skill')}"[:300]
    if person is None or skill is None:
        return None
    known = held.get((person.id, skill))
    if known:
        draft.target, draft.version = known.id, known.version
        draft.current = known.values
    else:
        draft.values = {"staff_id": person.id, "skill_id": skill}
    for field in FIELDS:
        field.take(draft)
    _refuse_disorder(draft)
    if not person.is_in_post and draft.outcome != drafts.UNCHANGED:
        draft.refuse(
            "work_email",
            f"{person.name} has left: an import cannot change the records of leavers",
        )
    return person.id, skill


def _refuse_disorder(draft):
    whole = (draft.current or {}) | draft.values
    since, used = whole.get("since_on"), whole.get("last_used_on")
    if (
        since
        and used
        and used < since
        and {"since_on", "last_used_on"} & {*draft.values}
    ):
        draft.refuse("last_used_on", "“Last used” comes after “Since”: correct one")
