"""Whom a row is about: by our id or by work e-mail, and never somebody elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from partners.whole_numbers import whole_number
from skills.imports.row import Draft

ANONYMOUS = (
    "This person left and their name has been removed: leave the "
    "row out, or import them as a new person without an id"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a row may name them; `values` only of the batch's own partner."""

    id: int
    partner_id: int
    name: str
    email: str
    version: int
    is_in_post: bool
    left_on: str | None
    values: dict
    is_anonymous: bool = False


@dataclass(slots=True)
class Roll:
    """The people that the rows of one file name, and for whom the file is."""

    partner_id: int
    partner_name: str
    # All that the partner is called, folded.
    called: frozenset[str]
    # Whoever brings the file in, if they are one of the people.
    own_id: int | None = None
    by_id: dict[int, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)

    def add(self, people: Iterable[Person]) -> None:
        for person in people:
            self.by_id[person.id] = person
            self.by_email[person.email.lower()] = person

    def refuse_other_partner(self, draft: Draft) -> None:
        named = draft.cell("partner")
        if named and named.casefold() not in self.called:
            draft.refuse(
                "partner",
                (
                    f"This file is for {self.partner_name}: remove the rows of "
                    "other partners"
                ),
            )

    def with_email(self, draft: Draft, key: str = "work_email") -> Person | None:
        """Whose e-mail it is; None with a problem if it is somebody's elsewhere."""
        person = self.by_email.get(draft.cell(key).lower())
        if person and person.partner_id != self.partner_id:
            draft.refuse(
                key,
                f"This e-mail belongs to somebody outside {self.partner_name}: ask "
                "the partnership coordinator",
            )
            return None
        return person

    def with_id(self, draft: Draft) -> Person | None:
        """Whose id it is; whether it is anybody's elsewhere is not told."""
        number = id_in(draft)
        person = self.by_id.get(number) if number else None
        if number and (person is None or person.partner_id != self.partner_id):
            draft.refuse(
                "id",
                (
                    f"Nobody at {self.partner_name} has this id: leave it empty "
                    "and enter the work e-mail, or ask the partnership "
                    "coordinator"
                ),
            )
            return None
        return person

    def find(self, draft: Draft) -> Person | None:
        """The person a row is about, if the partner has them; problems are noted."""
        if not (draft.cell("id") or draft.cell("work_email")):
            draft.refuse("work_email", "Enter the work e-mail, or our id")
            return None
        by_id, by_email = self.with_id(draft), self.with_email(draft)
        if by_id and draft.cell("work_email") and by_id is not by_email:
            draft.refuse(
                "work_email",
                (
                    f"The id belongs to {by_id.name}, whose e-mail is "
                    f"{by_id.email}: correct the id or the e-mail. An import "
                    "cannot change an e-mail"
                ),
            )
        person = by_id or by_email
        if person and person.is_anonymous:
            draft.refuse("id" if by_id else "work_email", ANONYMOUS)
        return person

    def find_known(self, draft: Draft) -> Person | None:
        """The same, where somebody unknown is a problem."""
        person = self.find(draft)
        if draft.problems:
            return person
        if person is None:
            draft.refuse(
                "work_email",
                (
                    f"Nobody at {self.partner_name} has this e-mail: correct it, "
                    "or import the person first"
                ),
            )
        return person


def id_in(draft: Draft) -> int | None:
    """The id in a row; a problem is noted if it is no number."""
    text = draft.cell("id")
    if not text:
        return None
    person_id = whole_number(text)
    if person_id is not None:
        return person_id
    draft.refuse("id", "An id is a whole number: leave it empty if you do not know it")
    return None
