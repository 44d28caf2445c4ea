"""The columns of the spreadsheets that go out and come back."""

from collections.abc import Mapping

from partners.spreadsheets.table import Column

_EMAIL = Column("Work e-mail", ("e-mail", "e-mail address", "work e-mail address"))
_NAME = ("Name", ("full name", "name of the person", "member of staff"))
_PARTNER = Column("Partner", ("organisation", "council", "employer", "partner name"))
_CONFIRMED = Column(
    "Last confirmed on", ("last confirmed", "confirmed", "confirmed on"), False, True
)

PEOPLE: Mapping[str, Column] = {
    "id": Column("Id", ("record id", "person id", "staff id")),
    "work_email": _EMAIL,
    "name": Column(*_NAME),
    "post": Column("Post", ("job title", "job", "role", "position")),
    "partner": _PARTNER,
    "telephone": Column(
        "Work telephone",
        ("telephone", "phone", "tel", "work phone", "telephone number", "phone number"),
    ),
    "mobile": Column(
        "Work mobile", ("mobile", "mobile number", "mobile phone", "work mobile number")
    ),
    "base_site": Column("Base site", ("base", "site", "office", "location")),
    "full_time_equivalent": Column("Full-time equivalent", ("FTE", "full time")),
    "is_willing_to_help": Column(
        "Willing to help", ("willing", "willing to help other partners")
    ),
    "left_on": Column("Left on", ("left", "leaving date", "date left", "leaver")),
    "confirmed_on": _CONFIRMED,
}

SKILLS_HELD: Mapping[str, Column] = {
    "id": Column("Id", ("person id", "staff id", "id of the person")),
    "work_email": _EMAIL,
    "name": Column(*_NAME, is_read_only=True),
    "partner": _PARTNER,
    "skill": Column("Skill", ("skill name", "skill held"), is_required=True),
    "level": Column("Level", ("skill level",)),
    "can_teach": Column("Can teach", ("teaches", "able to teach")),
    "since_on": Column("Since", ("since when", "held since", "learnt on")),
    "last_used_on": Column("Last used", ("last used on",)),
    "confirmed_on": _CONFIRMED,
}

ABSENCES: Mapping[str, Column] = {
    "id": Column("Id", ("absence id", "record id", "id of the absence")),
    "work_email": _EMAIL,
    "name": Column(*_NAME, is_read_only=True),
    "partner": _PARTNER,
    "begins_on": Column(
        "First day", ("first day away", "from", "begins", "begins on", "start date")
    ),
    "ends_on": Column(
        "Last day", ("last day away", "to", "until", "ends", "ends on", "end date")
    ),
    "cover": Column("Covered by", ("cover", "work e-mail of cover", "who covers")),
}

# The catalogue only goes out: it is kept on its own pages.
CATALOGUE: Mapping[str, Column] = {
    "id": Column("Id", ("skill id",)),
    "skill": Column("Skill", ("name", "skill name")),
    "category": Column("Category"),
    "kind": Column("Kind"),
    "description": Column("Description"),
    "aliases": Column("Other names", ("aliases",)),
    "source": Column("Source"),
    "source_reference": Column("Source reference"),
    "licence": Column("Licence"),
    "retired_on": Column("Retired on", ("retired",)),
}


def titles(columns: Mapping[str, Column]) -> list[str]:
    """The header row of a file with these columns."""
    return [column.title for column in columns.values()]


def read_only(columns: Mapping[str, Column]) -> frozenset[str]:
    """Keys of the columns that are shown, and left alone when they come back."""
    return frozenset(key for key, column in columns.items() if column.is_read_only)
