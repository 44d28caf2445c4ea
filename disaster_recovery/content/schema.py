"""The fields of each kind of object in a plan: of a section, a service, a task…

Forms, checks, merging and the canonical form are all driven by FIELDS: a new field is
added there and nowhere else. An empty value is not kept, so that there is one way to
say nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from disaster_recovery.content.text import normalised

SECTION, SERVICE, TASK, PARAMETER = "section", "service", "task", "parameter"
LINE, TEXT, MARKDOWN, NUMBER = "line", "text", "markdown", "number"
DURATION, YES_NO, CHOICE, CHOICES = "duration", "yes or no", "choice", "choices"
KEYS, KEY, LINES = "keys", "key", "lines"
WORDS = frozenset({LINE, TEXT, MARKDOWN})
LISTS = frozenset({CHOICES, KEYS, LINES})

KEY_FORMAT = r"^[a-z][a-z0-9_-]{0,59}$"
KEY_SENTENCE = (
    "Write the key in small letters, digits, hyphens and underscores, beginning with a "
    "letter"
)
# Where an object stands among its siblings: kept beside its fields, merged with them.
POSITION = "position"
MANDATORY = "is_mandatory"
MOST_LETTERS = 60_000
MOST_IN_A_LIST = 200
YEAR_OF_MINUTES = 366 * 24 * 60

PHASES = {
    "prepare": "Prepare",
    "recover": "Recover",
    "validate": "Validate",
    "return": "Return",
    "review": "Review",
}
SCENARIOS = {
    "premises": "Loss of premises",
    "power": "Loss of power",
    "network": "Loss of network",
    "servers": "Loss of servers or storage",
    "ransomware": "Ransomware",
    "supplier": "Supplier failure",
    "telephony": "Loss of telephony",
    "staff": "Loss of staff",
    "shutdown": "Precautionary shutdown",
}
SORTS = {
    "line": "A few words",
    "text": "Several lines",
    "time": "A time of day",
    "place": "A place",
    "telephone": "A telephone number",
    "number": "A number",
    "date": "A date",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object: its label, and what it may hold.

    `most` is the greatest number, `of` the kind of object that keys lead to. A fixed
    field of the generic plan cannot be changed by a partner. The cautious one of two
    numbers is the lower, unless `is_higher_cautious`.
    """

    name: str
    label: str
    type: str = LINE
    is_required: bool = False
    choices: Mapping[str, str] | None = None
    of: str = ""
    most: int = 0
    help: str = ""
    is_fixed: bool = False
    is_higher_cautious: bool = False

    def fault(self, value: Any) -> str:
        """The sentence that says what is wrong with a tidied value, or nothing."""
        if value in (None, "", []):
            return f"Enter {self.within_a_sentence}" if self.is_required else ""
        if self.type in WORDS:
            return self._fault_of_words(value)
        if self.type in (NUMBER, DURATION):
            return self._fault_of_number(value)
        if self.type == YES_NO:
            is_valid = isinstance(value, bool)
        elif self.type in LISTS:
            is_valid = isinstance(value, list) and len(value) <= MOST_IN_A_LIST
            is_valid = is_valid and all(map(self._is_valid_item, value))
        else:
            is_valid = self._is_valid_item(value)
        return "" if is_valid else f"Choose {self.within_a_sentence} from the list"

    @property
    def within_a_sentence(self) -> str:
        """The label with a small first letter, unless that is an abbreviation's."""
        return self.label if self.label[:2].isupper() else self.label.lower()

    def _fault_of_words(self, value: Any) -> str:
        if not isinstance(value, str) or "\0" in value:
            return f"Remove invisible characters from {self.within_a_sentence}"
        most = 200 if self.type == LINE else MOST_LETTERS
        if len(value) > most:
            return f"Shorten {self.within_a_sentence} to {most} characters or fewer"
        if self.type == LINE and "\n" in value:
            return f"Write {self.within_a_sentence} on one line"
        return ""

    def _fault_of_number(self, value: Any) -> str:
        most = self.most or YEAR_OF_MINUTES
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and 0 <= value <= most:
            return ""
        if self.type == DURATION:
            return f"Write {self.within_a_sentence} like “4 hours”, at most a year"
        return f"Enter {self.within_a_sentence} as a whole number from 0 to {most}"

    def _is_valid_item(self, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if self.choices is not None:
            return value in self.choices
        if self.type == LINES:
            return len(value) <= 200 and not set("\0\n") & set(value)
        return re.fullmatch(KEY_FORMAT, value) is not None


_TITLE = Field("title", "Title", is_required=True)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    SECTION: (
        _TITLE,
        Field("parent", "Part of", KEY, of=SECTION),
        Field("body", "Text", MARKDOWN),
        Field(MANDATORY, "Every partner needs it", YES_NO, is_fixed=True),
    ),
    SERVICE: (
        Field("title", "Name", is_required=True),
        Field("tier", "Tier", NUMBER, is_required=True, most=4),
        Field("rto", "RTO", DURATION, help="The longest it may take to be back"),
        Field("rpo", "RPO", DURATION, help="How much work can be lost, in time"),
        Field("mtpd", "MTPD", DURATION, help="How long until the harm is unacceptable"),
        Field("owner_role", "Owner (role)"),
        Field("workaround", "Workaround", TEXT),
        Field("workaround_lasts", "Workaround lasts", DURATION),
        Field("depends_on", "Depends on", KEYS, of=SERVICE),
        Field("calendar", "When it is more urgent", TEXT),
    ),
    TASK: (
        _TITLE,
        Field("phase", "Phase", CHOICE, is_required=True, choices=PHASES),
        Field("body", "What to do", MARKDOWN),
        Field("owner_role", "Owner (role)", is_required=True),
        Field("deputy_role", "Deputy (role)"),
        Field("skills", "Skills needed", LINES),
        Field("people", "People needed", NUMBER, most=500, is_higher_cautious=True),
        Field("expected", "Expected duration", DURATION, is_higher_cautious=True),
        Field("pessimistic", "Pessimistic duration", DURATION, is_higher_cautious=True),
        Field("predecessors", "After these tasks", KEYS, of=TASK),
        Field("restores", "Services it restores", KEYS, of=SERVICE),
        Field("scenarios", "Scenarios", CHOICES, choices=SCENARIOS),
        Field("proof", "Proof that it is finished", TEXT),
        Field("on_paper", "Needed on paper", TEXT),
    ),
    PARAMETER: (
        Field("title", "Name", is_required=True),
        Field("sort", "What it is", CHOICE, is_required=True, choices=SORTS),
        Field("is_required", "Every partner needs it", YES_NO),
        Field("help", "Help", TEXT),
    ),
}
KINDS = {
    SECTION: "Section",
    SERVICE: "Service or system",
    TASK: "Task",
    PARAMETER: "Parameter",
}
OF_PLANS = (SECTION, SERVICE, TASK)
# What a partner cannot change of an object it took from the generic plan.
FIXED = frozenset(
    field.name for fields in FIELDS.values() for field in fields if field.is_fixed
)


def field(kind: str, name: str) -> Field:
    """The field of that name; KeyError if the kind has none."""
    return {field.name: field for field in FIELDS[kind]}[name]


def references(kind: str) -> dict[str, str]:
    """The fields of a kind that hold keys of other objects, and the kind of those."""
    return {field.name: field.of for field in FIELDS[kind] if field.of}


def circular_fields() -> list[tuple[str, Field]]:
    """Kinds and fields that lead to the same kind, and so might lead in a circle."""
    return [
        (kind, field)
        for kind, fields in FIELDS.items()
        for field in fields
        if field.of == kind
    ]


def tidied(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored: normalised, nothing empty, nothing unknown."""
    kept = {}
    for field in FIELDS[kind]:
        value = _tidy(field, values.get(field.name))
        if value not in (None, "", []) and value is not False:
            kept[field.name] = value
    return kept


def _tidy(field: Field, value: Any) -> Any:
    if field.type in WORDS and isinstance(value, str):
        text = normalised(value)
        return text.strip() if field.type == LINE else text
    if field.type in LISTS and isinstance(value, list | tuple):
        if not all(isinstance(item, str) for item in value):
            return [*value]
        items = (normalised(item).strip() for item in value)
        return [*dict.fromkeys(item for item in items if item)]
    return value


def faults(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the tidied values of an object, by field."""
    faults = {f.name: f.fault(values.get(f.name)) for f in FIELDS[kind]}
    return {name: sentence for name, sentence in faults.items() if sentence}
