"""The data held about somebody who is signed in, as they may see it."""

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

# The page shows the start of a longer list; the copy has all of it.
MOST = 100
# Anybody who has such a link can choose a new password.
_PASSWORD_LINK = re.compile(
    r"\S*/(?:password/reset/key|invitations/accept)/[^\s\"'<>]*"
)
NO_LINK = "(a link for choosing a password: only in the message itself)"


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind: the values of each row, field by field."""

    kind: Kind
    fields: list[Field]
    rows: list[list]
    has_more: bool = False

    @property
    def header(self) -> list[str]:
        return [str(capfirst(field.verbose_name)) for field in self.fields]

    def shown(self) -> tuple[list[str], list[list[str]]]:
        """Labels and values in words, without technical and always empty fields."""
        rows = [[in_words(value) for value in row] for row in self.rows]
        columns = [
            number
            for number, field in enumerate(self.fields)
            if self.kind.is_on_page(field) and any(row[number] for row in rows)
        ]
        header = self.header
        labels = [header[number] for number in columns]
        return labels, [[row[number] for number in columns] for row in rows]

    def records(self) -> list[list[tuple[str, str]]]:
        """Each row as pairs of label and value, without empty values."""
        labels, rows = self.shown()
        pairs = (zip(labels, row, strict=True) for row in rows)
        return [[(label, words) for label, words in row if words] for row in pairs]


def held_about(user: User, most: int | None = None) -> list[Section]:
    """All kinds but disclosures and messages; at most `most` rows of each."""
    querysets = {kind: kind.of(user) for kind in KINDS} | {IMPORTED: imported(user)}
    return read_sections(user, querysets, most)


def read_sections(
    user: User, querysets: dict[Kind, QuerySet], most: int | None = None
) -> list[Section]:
    """The rows of each kind, with the names this login may see in place of keys."""
    end = None if most is None else most + 1
    rows = {kind: list(queryset[:end]) for kind, queryset in querysets.items()}
    names = _names(rows, user)
    return [
        Section(
            kind,
            fields := kind.fields(),
            [
                [_value(row, field, names) for field in fields]
                for row in kind_rows[:most]
            ],
            has_more=most is not None and len(kind_rows) > most,
        )
        for kind, kind_rows in rows.items()
    ]


def opened(user: User) -> QuerySet[Disclosure]:
    """Each time somebody opened or downloaded data about this person."""
    person = user.standing.staff_id
    rows = Disclosure.objects.order_by("-at", "-pk")
    return rows.filter(staff_ids__contains=[person]) if person else rows.none()


def taken(user: User) -> QuerySet[Disclosure]:
    """What this login opened or downloaded."""
    return TAKEN.of(user).order_by("-at", "-pk")


def sent(user: User) -> QuerySet[Email]:
    """The messages to the addresses of this login and its person."""
    addresses = {user.email}
    if person := StaffMember.objects.filter(pk=user.standing.staff_id).first():
        addresses.add(person.work_email)
    to_any = Q()
    for address in addresses:
        whole = rf"(^|[,<\s]){re.escape(address)}($|[,>\s])"
        to_any |= Q(to__iregex=whole) | Q(cc__iregex=whole) | Q(bcc__iregex=whole)
    return Email.objects.filter(to_any).order_by("-created", "-pk")


def imported(user: User) -> QuerySet[ImportRow]:
    """The rows of imported files that match this person's records."""
    person = user.standing.staff_id
    if not person:
        return ImportRow.objects.none()
    own = {
        ImportBatch.Kind.PEOPLE: StaffMember.objects.filter(pk=person),
        ImportBatch.Kind.HELD: SkillHeld.objects.filter(staff=person),
        ImportBatch.Kind.ABSENCES: Absence.objects.filter(staff=person),
    }
    matches = (
        Q(batch__kind=kind, target__in=rows.order_by().values("pk"))
        for kind, rows in own.items()
    )
    return ImportRow.objects.filter(reduce(or_, matches)).order_by("batch", "line")


def history_of(user: User) -> list[changes.Change]:
    """Every change to these records, newest first."""
    person = StaffMember.objects.filter(pk=user.standing.staff_id).first()
    sources = [
        pages.HistorySource(kind.model, _event_column(kind, name), pages.one_record(pk))
        for kind in KINDS
        if kind.has_history and hasattr(kind.model, "events")
        for name, pk in kind.owners(user)
    ]
    everything = pages.HistoryFilter()
    return list(pages.all_changes(sources, everything, reader=user, about=person))


def _event_column(kind, name):
    field = kind.model._meta.get_field(name)
    return "pgh_obj_id" if field.primary_key else field.attname


def _names(rows, reader):
    """The names of everything the rows refer to, by model and key."""
    keys = defaultdict(set)
    for kind, kind_rows in rows.items():
        for field in kind.fields():
            if field.is_relation:
                keys[field.related_model] |= {
                    getattr(row, field.attname) for row in kind_rows
                }
    return {
        model: changes.display_names(model, model_keys - {None}, reader)
        for model, model_keys in keys.items()
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
        return _PASSWORD_LINK.sub(NO_LINK, value)
    return value


def in_words(value) -> str:
    """A value as a page shows it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        words = {str(key): in_words(item) for key, item in value.items()}
        return "; ".join(f"{key}: {text}" for key, text in words.items() if text)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(in_words, value)))
    return changes.in_words(value)
