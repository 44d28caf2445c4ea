"""What a row about a person comes to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partners.models import telephone
from partners.spreadsheets.table import Row
from partners.spreadsheets.values import parse_share, parse_telephone
from skills.imports import row as drafts
from skills.imports.columns import PEOPLE
from skills.imports.person_lookup import Roll
from skills.imports.row import Draft, Field, Wrong, day_said, said, text_of
from skills.imports.values import day, yes_or_no

_TELEPHONE = re.compile(telephone.PATTERN)
_EMAIL = "Enter the work e-mail in the form name@partner.gov.uk"


@dataclass(frozen=True, slots=True)
class Sites:
    """Where a partner's people are based."""

    names: dict[int, str]

    def read(self, text: str, draft: Draft) -> int:
        found = [pk for pk, name in self.names.items() if name == text] or [
            pk for pk, name in self.names.items() if name.casefold() == text.casefold()
        ]
        if len(found) == 1:
            return found[0]
        known = ", ".join(sorted(self.names.values())[:6]) or "none is recorded yet"
        raise Wrong(f"Enter one of the partner's own sites: {known}")


def _telephone(key: str) -> Callable[[str, Draft], str]:
    def read(text: str, draft: Draft) -> str:
        try:
            number, repair = parse_telephone(text)
        except ValueError as error:
            raise Wrong(str(error)) from error
        if len(number) > 40 or not _TELEPHONE.fullmatch(number):
            raise Wrong(telephone.SENTENCE)
        if repair:
            draft.repairs[key] = repair
        return number

    return read


def _share(text: str, draft: Draft) -> str:
    try:
        number = parse_share(text)
    except ValueError as error:
        raise Wrong(str(error)) from error
    if not 0 < number <= 1 or number != round(number, 2):
        raise Wrong("Full-time equivalent is from 0.01 to 1, like 0.6 or 60%")
    return f"{number:.2f}"


def fields(sites: Sites) -> list[Field]:
    """The columns a file may change, in the order of the page."""
    name = text_of(120, "the name")
    return [
        Field("name", "name", name, is_required=True, called="the name"),
        Field("post", "post", text_of(120, "the post")),
        Field("telephone", "telephone", _telephone("telephone")),
        Field("mobile", "mobile", _telephone("mobile")),
        Field(
            "base_site",
            "base_site_id",
            sites.read,
            lambda pk: sites.names.get(pk, "a site elsewhere"),
            empty=None,
        ),
        Field(
            "full_time_equivalent",
            "full_time_equivalent",
            _share,
            empty="1.00",
        ),
        Field("is_willing_to_help", "is_willing_to_help", yes_or_no, said, empty=False),
        Field("left_on", "left_on", day, day_said, empty=None),
    ]


def plan(
    rows: Sequence[Row],
    roll: Roll,
    sites: Sites,
    today: date,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Draft]:
    """What each row comes to, in the order of the file."""
    taken = fields(sites)
    found = []
    for number, row in enumerate(rows):
        found.append(_planned(Draft(row, PEOPLE), roll, taken, today))
        progress(number)
    drafts.refuse_repeated(found, _key, "work_email")
    return found


def _key(draft):
    return draft.target or draft.cell("work_email").lower() or None


def _planned(draft, roll, taken, today):
    roll.refuse_other_partner(draft)
    person = roll.find(draft)
    draft.label = person.name if person else draft.cell("name")[:120]
    if person:
        draft.target, draft.version = person.id, person.version
        draft.current = person.values
    elif draft.problems:
        # What else is wrong depends on whom the row is about.
        return draft
    else:
        _take_new_email(draft, roll)
    for field in taken:
        field.take(draft)
    if person:
        _keep_leavers(draft, person, roll)
    elif draft.values.get("left_on"):
        draft.refuse("left_on", "Leave this empty for somebody new")
    return draft


def _take_new_email(draft, roll):
    email = draft.cell("work_email")
    try:
        validate_email(email)
    except ValidationError:
        draft.refuse("work_email", _EMAIL)
        return
    if len(email) > 254:
        draft.refuse("work_email", "Shorten the work e-mail to 254 characters or fewer")
        return
    draft.values = {"partner_id": roll.partner_id, "work_email": email}
    draft.changes = [[PEOPLE["work_email"].title, "", email]]


def _keep_leavers(draft, person, roll):
    if not person.is_in_post and draft.values:
        draft.refuse(
            "left_on",
            f"{person.name} has left: an import cannot change the records of leavers",
        )
    elif person.id == roll.own_id and draft.values.get("left_on"):
        draft.refuse("left_on", "You cannot mark yourself as left: ask a colleague")
