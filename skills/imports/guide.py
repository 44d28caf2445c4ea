"""What to write in each column, as the page beside the upload says it."""

from collections.abc import Iterator
from dataclasses import dataclass

from skills.imports.kinds import RULES
from skills.models import ImportBatch

_ID = "Our id, from an export. Leave it empty if you do not know it"
_EMAIL = "Identifies the person. An import does not change it"
_PARTNER = "Leave it empty, or your own partner"
_DAY = "A day, like 22/11/2026"
_YES_NO = "yes or no"
_TOLD = "Shown in exports, ignored in imports"

GUIDE = {
    "people": {
        "id": _ID,
        "work_email": f"{_EMAIL}. A new e-mail address adds a person",
        "name": "As the person writes it. Required for a new person",
        "post": "Job title",
        "partner": _PARTNER,
        "telephone": "Like 01632 960001 or +44 1632 960001",
        "mobile": "The same, for the work mobile",
        "base_site": "One of the partner's own sites, by its name",
        "full_time_equivalent": "1 is full time; 0.6 or 60% is three days of five",
        "is_willing_to_help": f"Other partners: {_YES_NO}",
        "left_on": "The first day they no longer work here, like 22/11/2026",
        "confirmed_on": _TOLD,
    },
    "held": {
        "id": f"The person's. {_ID}",
        "work_email": "Identifies whose skill it is",
        "name": _TOLD,
        "partner": _PARTNER,
        "skill": "A name or another name from the catalogue",
        "level": "Awareness, Working, Practitioner or Expert, or 1 to 4. Required",
        "can_teach": _YES_NO,
        "since_on": _DAY,
        "last_used_on": _DAY,
        "confirmed_on": _TOLD,
    },
    "absences": {
        "id": f"The absence's. {_ID}: then the first day says which it is",
        "work_email": "Identifies who is away",
        "name": _TOLD,
        "partner": _PARTNER,
        "begins_on": f"{_DAY}; needed",
        "ends_on": f"{_DAY}. For a new absence, empty is until further notice",
        "cover": "The work e-mail of a colleague at the same partner",
    },
}


@dataclass(frozen=True, slots=True)
class Guide:
    """One kind of file, explained: (title, other titles, what to write)."""

    kind: str
    label: str
    columns: list[tuple[str, str, str]]


def guides() -> Iterator[Guide]:
    for kind in ImportBatch.Kind:
        told = GUIDE[kind.value]
        columns = RULES[kind].columns
        yield Guide(
            kind.value,
            kind.label,
            [(c.title, ", ".join(c.others), told[key]) for key, c in columns.items()],
        )
