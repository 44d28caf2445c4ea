"""What is held about somebody who is signed in, told as they may read it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Field, Q, QuerySet
from django.utils.text import capfirst
from post_office.models import Email

from lincs_ict.own_data.kinds import IMPORTED, KINDS, TAKEN, Kind
from partners.history import changes, pages
from partners.models import Absence, Disclosure, StaffMember, User
from skills.models import ImportBatch, ImportRow, SkillHeld

# Of longer lists the page shows the beginning; the copy has all.
MOST = 100
# Whoever reads such a link can choose a new password.
_KEY = re.compile(r"\S*/(?:password/reset/key|invitations/accept)/[^\s\"'<>]*")
NO_KEY = "(a link for choosing a password: told only in the message itself)"


@dataclass(frozen=True, slots=True)
class Section:
    """What is held of one kind: the values of each row, field by field."""

    kind: Kind
    fields: list[Field]
    rows: list[list]
    has_more: bool = False

    @property
    def header(self) -> list[str]:
        return [str(capfirst(field.verbose_name)) for field in self.fields]

    def shown(self) -> tuple[list[str], list[list[str]]]:
        """Labels and values in words, without what is technical or always empty."""
        words = [[in_words(value) for value in row] for row in self.rows]
        columns = [
            number
            for number, field in enumerate(self.fields)
            if self.kind.on_the_page(field) and any(row[number] for row in words)
        ]
        labels = self.header
        return [labels[n] for n in columns], [
            [row[n] for n in columns] for row in words
        ]

    def each(self) -> list[list[tuple[str, str]]]:
        """Each row by itself, label by label, without what is empty."""
        labels, rows = self.shown()
        pairs = (zip(labels, row, strict=True) for row in rows)
        return [[(label, words) for label, words in row if words] for row in pairs]


def held_about(user: User, most: int | None = None) -> list[Section]:
    """All that is held save openings and messages; of each kind at most so much."""
    found = {kind: kind.of(user) for kind in KINDS} | {IMPORTED: imported(user)}
    return told(user, found, most)


def told(user: User, found: dict[Kind, QuerySet], most=None) -> list[Section]:
    """The rows of each kind, what they point at by name, as this login may read it."""
    end = None if most is None else most + 1
    rows = {kind: list(of_kind[:end]) for kind, of_kind in found.items()}
    names = _names(rows, user)
    return [
        Section(
            kind,
            fields := kind.fields(),
            [[_value(row, field, names) for field in fields] for row in some[:most]],
            has_more=most is not None and len(some) > most,
        )
        for kind, some in rows.items()
    ]


def opened(user: User) -> QuerySet[Disclosure]:
    """Each time somebody was shown or took away what is held about this person."""
    person = user.standing.staff_id
    rows = Disclosure.objects.order_by("-at", "-pk")
    return rows.filter(staff_ids__contains=[person]) if person else rows.none()


def taken(user: User) -> QuerySet[Disclosure]:
    """What this login opened or took away."""
    return TAKEN.of(user).order_by("-at", "-pk")


def sent(user: User) -> QuerySet[Email]:
    """The messages to the addresses of this login and its person."""
    addresses = {user.email}
    if person := StaffMember.objects.filter(pk=user.standing.staff_id).first():
        addresses.add(person.work_email)
    wanted = Q()
    for address in addresses:
        alone = rf"(^|[,<\s]){re.escape(address)}($|[,>\s])"
        wanted |= Q(to__iregex=alone) | Q(cc__iregex=alone) | Q(bcc__iregex=alone)
    return Email.objects.filter(wanted).order_by("-created", "-pk")


def imported(user: User) -> QuerySet[ImportRow]:
    """Rows of files that became, or would become, part of the record."""
    person = user.standing.staff_id
    if not person:
        return ImportRow.objects.none()
    own = {
        ImportBatch.Kind.PEOPLE: StaffMember.objects.filter(pk=person),
        ImportBatch.Kind.HELD: SkillHeld.objects.filter(staff=person),
        ImportBatch.Kind.ABSENCES: Absence.objects.filter(staff=person),
    }
    wanted = (
        Q(batch__kind=kind, target__in=rows.order_by().values("pk"))
        for kind, rows in own.items()
    )
    return ImportRow.objects.filter(reduce(or_, wanted)).order_by("batch", "line")


def told_history(user: User) -> list[changes.Change]:
    """Every change to what is held, newest first."""
    person = StaffMember.objects.filter(pk=user.standing.staff_id).first()
    sources = [
        pages.HistorySource(kind.model, _column(kind, name), pages.one_record(whose))
        for kind in KINDS
        if kind.has_history and hasattr(kind.model, "events")
        for name, whose in kind.owners(user)
    ]
    wanted = pages.HistoryFilter()
    return list(pages.all_changes(sources, wanted, reader=user, about=person))


def _column(kind, name):
    field = kind.model._meta.get_field(name)
    return "pgh_obj_id" if field.primary_key else field.attname


def _names(rows, reader):
    """The names of everything the rows point at, by model and key."""
    wanted = defaultdict(set)
    for kind, some in rows.items():
        for field in kind.fields():
            if field.is_relation:
                wanted[field.related_model] |= {getattr(r, field.attname) for r in some}
    return {
        model: changes.display_names(model, keys - {None}, reader)
        for model, keys in wanted.items()
    }


def _value(row, field, names):
    value = getattr(row, field.attname)
    if value is None:
        return None
    if field.is_relation:
        return names[field.related_model].get(value, changes.GONE)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if field.model is Email and isinstance(value, str):
        return _KEY.sub(NO_KEY, value)
    return value


def in_words(value) -> str:
    """A value as a page tells it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        said = {str(key): in_words(of_key) for key, of_key in value.items()}
        return "; ".join(f"{key}: {words}" for key, words in said.items() if words)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(in_words, value)))
    return changes.in_words(value)
