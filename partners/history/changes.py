"""Who changed what of a record, and when, told from the rows its triggers keep."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import capfirst

from partners.models import StaffMember, User
from partners.models.transfer import LEAVER
from partners.working_pattern import clock

HEADER = ["When", "Who", "What", "Of whom", "Done", "Field", "Was", "Is"]
ACTIONS = {"insert": "added", "update": "changed", "delete": "removed"}
HIDDEN = "hidden mobiles"
NOBODY = "Set-up or a command"
NAMELESS = "A login without a person"
GONE = "Removed since"
_HOUR = timedelta(hours=1)
_NAMED_BY = ("name", "text", "skill", "weekday", "begins_on", "role")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing somebody did to one record: fields are (label, old, new)."""

    at: datetime
    who: str
    what: str
    whose: str
    action: str
    fields: list[tuple[str, str, str]]


def events(model):
    """The rows of history of one kind of record, oldest first."""
    kept = model._meta.get_field("events").related_model._default_manager
    older = kept.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    )
    previous = older.order_by("-pgh_id").values("pgh_id")[:1]
    rows = kept.select_related("pgh_context").order_by("pgh_id")
    return rows.annotate(previous_id=Subquery(previous))


def newest_first(*event_querysets, reader=None, about=None) -> list[Change]:
    """What happened, newest first: all of it, so for short histories only."""
    rows = [row for events in event_querysets for row in events]
    # What one transaction did has one time: then the later row is told first.
    rows.reverse()
    rows.sort(key=lambda row: row.pgh_created_at, reverse=True)
    return describe(rows, reader=reader, about=about)


def describe(rows, *, reader=None, about=None) -> list[Change]:
    """What rows of `events` mean, in their order, with two queries a kind of record.

    Leavers are named only to a `reader` who keeps their records, and logins without
    a person only to the partnership coordinator. A link to the record that the page
    is `about` goes without saying.
    """
    before = _before(rows)
    names = _names([*rows, *before.values()], reader)
    return [
        _change(row, before.get((type(row), row.previous_id)), names, about)
        for row in rows
    ]


def _before(rows):
    """The rows that tell how things were, by kind and key."""
    known, wanted = {}, defaultdict(set)
    for row in rows:
        known[type(row), row.pgh_id] = row
        wanted[type(row)].add(row.previous_id)
    for kind, keys in wanted.items():
        missing = {key for key in keys if key and (kind, key) not in known}
        if missing:
            found = kind._default_manager.select_related("pgh_context")
            known |= {(kind, pk): row for pk, row in found.in_bulk(missing).items()}
    return known


def csv_rows(changes: list[Change]) -> Iterator[list[str]]:
    """The changes as lines of a CSV, one for each field, under HEADER."""
    for change in changes:
        at = timezone.localtime(change.at).strftime("%Y-%m-%d %H:%M:%S")
        for field in change.fields or [("", "", "")]:
            yield [at, change.who, change.what, change.whose, change.action, *field]


def _change(row, before, names, about):
    if _is_of_leaver(row, names):
        return _hushed(row, names)
    old, new = before, row
    if row.pgh_label == "delete":
        old, new = row, None
    told = [
        (
            capfirst(field.verbose_name),
            _said(old, field, names),
            _said(new, field, names),
        )
        for field in _shown(row, names)
        if _value(old, field) != _value(new, field)
        and not _goes_without_saying(row, field, about)
    ]
    return Change(
        at=row.pgh_created_at,
        who=_who(row, names),
        what=_what(row, names),
        whose=_whose(row, names, about),
        action=ACTIONS[row.pgh_label],
        fields=[(label, was, now) for label, was, now in told if was or now],
    )


def _is_of_leaver(row, names):
    """Whether it is the record of somebody who may not be named to the reader."""
    is_person = row.pgh_tracked_model is StaffMember
    return is_person and names[StaffMember].get(row.pgh_obj_id) == LEAVER


def _hushed(row, names):
    kind = capfirst(StaffMember._meta.verbose_name)
    what, action = f"{kind}: {LEAVER}", ACTIONS[row.pgh_label]
    return Change(row.pgh_created_at, _who(row, names), what, "", action, [])


def _whose(row, names, about):
    """The person, or the login, to whom such a record belongs."""
    owner = _owner(row)
    if owner is None or (about is not None and type(about) is owner.related_model):
        return ""
    return _said(row, owner, names)


def _owner(row):
    fields = {field.name: field for field in _fields(row)}
    if row.pgh_tracked_model is StaffMember:
        return None
    return next((fields[name] for name in ("staff", "user") if name in fields), None)


def _fields(row):
    return [
        field
        for field in row._meta.concrete_fields
        if field.editable and field.name != "id" and not field.name.startswith("pgh_")
    ]


def _shown(row, names):
    """The fields of a row, but for a mobile number that is hidden from the reader."""
    is_hidden = _of_person(row) in names.get(HIDDEN, ())
    return [f for f in _fields(row) if not (is_hidden and f.name == "mobile")]


def _of_person(row):
    return row.pgh_obj_id if row.pgh_tracked_model is StaffMember else None


def _goes_without_saying(row, field, about):
    """Whose it is; and of a row added or removed, its name and what is not so."""
    value = getattr(row, field.attname)
    if row.pgh_label == "update":
        return False
    if about is not None and field.related_model is type(about) and value == about.pk:
        return True
    return value is False or field in (_naming(row), _owner(row))


def _value(row, field):
    return getattr(row, field.attname) if row else None


def _said(row, field, names):
    value = _value(row, field)
    if value is None or value == "":
        return ""
    if field.is_relation:
        return names[field.related_model].get(value, GONE)
    # A list has its choices in what it is a list of.
    choices = dict(getattr(field, "base_field", field).flatchoices)
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words(one)}" for name, one in value.items())
    return str(choices.get(value, value)) if choices else in_words(value)


def in_words(value) -> str:
    """A value in words; the order matters, for a datetime is a date too."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{local:%-d %B %Y} at {clock(local.time())}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{value / _HOUR:g} hours" if isinstance(value, timedelta) else str(value)


def _what(row, names):
    kind = capfirst(row.pgh_tracked_model._meta.verbose_name)
    name = _naming(row)
    return f"{kind}: {_said(row, name, names)}" if name else kind


def _naming(row):
    """The field by which people tell one such record from another."""
    fields = {field.name: field for field in _fields(row)}
    return next((fields[name] for name in _NAMED_BY if name in fields), None)


def _who(row, names):
    login = _login(row)
    return names[User].get(login, GONE) if login else NOBODY


def _login(row):
    return (row.pgh_context.metadata if row.pgh_context else {}).get("user")


def _names(rows, reader):
    """The names of everything the rows point at, by model and key."""
    wanted = defaultdict(set)
    for row in rows:
        wanted[User].add(_login(row))
        if _of_person(row):
            wanted[StaffMember].add(row.pgh_obj_id)
        for field in _fields(row):
            if field.is_relation:
                wanted[field.related_model].add(getattr(row, field.attname))
    people = {_of_person(row) for row in rows} - {None}
    hidden = {HIDDEN: _hidden_mobiles(people, reader)} if people else {}
    return hidden | {
        model: display_names(model, keys - {None}, reader)
        for model, keys in wanted.items()
    }


def _hidden_mobiles(people, reader):
    """Whose mobile number the reader may not see."""
    hidden = StaffMember.objects.filter(pk__in=people, is_mobile_hidden=True)
    return {
        person.pk
        for person in hidden.only("partner_id", "is_mobile_hidden").order_by()
        if not (reader and reader.standing.sees_mobile_of(person))
    }


def display_names(model, keys, reader) -> dict[int, str]:
    """What records of one kind are called to this reader."""
    readers = {User: _login_names, StaffMember: _people_names}
    return readers.get(model, _plain_names)(model, keys, reader)


def _plain_names(model, keys, reader):
    return {pk: str(row) for pk, row in model._base_manager.in_bulk(keys).items()}


def _people_names(model, keys, reader):
    people = StaffMember.objects.filter(pk__in=keys)
    known = dict(people.filter(_may_be_named(reader)).values_list("pk", "name"))
    left = people.exclude(pk__in=known).values_list("pk", flat=True)
    return known | dict.fromkeys(left, LEAVER)


def _login_names(model, keys, reader):
    logins = User.objects.filter(pk__in=keys).order_by()
    people = StaffMember.objects.filter(user__in=keys)
    named = people.filter(_may_be_named(reader)).values_list("user", "name")
    sees_emails = reader is not None and reader.standing.is_partnership_coordinator
    left = people.order_by().values_list("user", flat=True)
    return {
        **{
            pk: email if sees_emails else NAMELESS
            for pk, email in logins.values_list("pk", "email")
        },
        **dict.fromkeys(left, LEAVER),
        **dict(named),
    }


def _may_be_named(reader):
    known = Q(pk__in=StaffMember.objects.in_post().order_by().values("pk"))
    if reader is None:
        return known
    return known | Q(
        pk__in=StaffMember.objects.editable_by(reader).order_by().values("pk")
    )
