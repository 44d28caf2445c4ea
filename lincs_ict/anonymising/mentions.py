"""Where people may be mentioned in the tables, and how a mention is replaced."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    F,
    Field,
    Func,
    JSONField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Left, Lower

from partners.models import Partner, StaffMember, User

# The columns of these that identify people are rewritten one by one (leavers.py), or
# they hold the catalogue, organisations and the framework's own rows.
NOT_SEARCHED = {
    *("partners.Partner", "partners.Site", "partners.StaffMember", "partners.User"),
    *("partners.BankHoliday", "partners.Anonymisation"),
    *("skills.Skill", "skills.Alias", "skills.Category"),
    *("disaster_recovery.GenericVersion", "disaster_recovery.GenericObject"),
    "sessions.Session",
}
FRAMEWORK = {"auth", "contenttypes"}
REMOVED = "Removed after the person left"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The names, addresses and numbers a person ever had, and the pseudonym."""

    pseudonym: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    numbers: tuple[str, ...]

    def pattern(self, quoted=str) -> str:
        """A regular expression for any of them, as `quoted` writes it in a text."""
        names = (map(re.escape, quoted(name).split()) for name in self.names)
        digits = (re.sub(r"\D", "", number) for number in self.numbers)
        return _whole_words(
            [
                *(re.escape(quoted(email)) for email in self.emails),
                *(r"\s+".join(words) for words in names),
                *(r"[ ()-]*".join(number) for number in digits),
            ]
        )


def identifiers_of(person: StaffMember, pseudonym: str) -> Identifiers:
    """Everything that identifies the person, from the record and its history.

    A name or number that another person has too is left out, and so is a name of one
    word: in what other people wrote it could mean anybody, or be no name at all.
    """
    events = StaffMember.pgh_event_model.objects.filter(pgh_obj=person.pk)
    logins = User.pgh_event_model.objects.filter(pgh_obj=person.user_id)
    names = {name for name in _past_values(events, "name") if len(name.split()) > 1}
    numbers = {*_past_values(events, "telephone"), *_past_values(events, "mobile")}
    emails = {*_past_values(events, "work_email"), *_past_values(logins, "email")}
    return Identifiers(
        pseudonym,
        tuple(sorted(names - _used_by_others(person, "name", names))),
        tuple(sorted(emails)),
        tuple(sorted(numbers - _numbers_of_others(person, numbers))),
    )


def _past_values(events, column):
    return {value for value in events.values_list(column, flat=True) if value}


def _used_by_others(person, column, values):
    others = StaffMember.objects.exclude(pk=person.pk).annotate(lower=Lower(column))
    same = others.filter(lower__in=[value.lower() for value in values]).order_by()
    used = {*same.values_list("lower", flat=True)}
    return {value for value in values if value.lower() in used}


def _numbers_of_others(person, numbers):
    desks = Partner.objects.values_list(
        "service_desk_telephone", "out_of_hours_telephone"
    )
    shared = {number for row in desks for number in row}
    for column in ("telephone", "mobile"):
        shared |= _used_by_others(person, column, numbers)
    return shared


def record_models() -> list[type[Model]]:
    """The tables that may mention people, without their histories."""
    return [model for model in _searched_models() if not _is_history(model)]


def history_models() -> list[type[Model]]:
    """The tables of history that may mention people."""
    return [model for model in _searched_models() if _is_history(model)]


def _is_history(model):
    return hasattr(model, "pgh_tracked_model")


def _searched_models():
    for model in apps.get_models():
        is_table = model._meta.managed and not model._meta.proxy
        of = (getattr(model, "pgh_tracked_model", None) or model)._meta
        if is_table and of.label not in NOT_SEARCHED and of.app_label not in FRAMEWORK:
            yield model


def free_text_fields(model: type[Model]) -> Iterator[Field]:
    """The columns of a table in which somebody may have written anything."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField | JSONField)
        is_ours = field.choices or field.generated or field.primary_key
        if is_text and not is_ours and field.name != "pgh_label":
            yield field


def rows_mentioning(rows: QuerySet, columns: Iterable[str], words: Sequence[str]):
    """The rows that have one of these words, whole, in one of these columns."""
    matches = Q(pk__in=[])
    for column in columns if words else ():
        text = f"{column}_as_text"
        rows = rows.alias(**{text: Cast(column, TextField())})
        matches |= Q(**{f"{text}__iregex": _whole_words(map(re.escape, words))})
    return rows.filter(matches)


def clear_own_rows(person: StaffMember, models: Iterable[type[Model]]) -> Iterator:
    """Remove all free text from rows about the person; yields (model, rows)."""
    for model in models:
        is_about_people = any(f.name == "staff" for f in model._meta.concrete_fields)
        fields = [*free_text_fields(model)] if is_about_people else []
        if fields:
            rows = model._base_manager.filter(staff=person.pk)
            yield model, rows.update(**{f.name: _removed(f) for f in fields})


def _removed(field):
    """A note in place of a text; an empty text stays empty."""
    note = Value(REMOVED[: field.max_length])
    return Case(When(**{field.name: ""}, then=Value("")), default=note)


def replace_mentions(person: Identifiers, models: Iterable[type[Model]]) -> Iterator:
    """Replace identifiers by the pseudonym everywhere; yields (model, rows)."""
    for model in models:
        new_values, matches = {}, Q(pk__in=[])
        rows = model._base_manager.all()
        for field in free_text_fields(model):
            text = Cast(F(field.attname), TextField())
            is_json = isinstance(field, JSONField)
            pattern = person.pattern(_quoted_in_json if is_json else str)
            rows = rows.alias(**{f"{field.name}_as_text": text})
            matches |= Q(**{f"{field.name}_as_text__iregex": pattern})
            new_values[field.name] = _replaced(field, text, pattern, person.pseudonym)
        if new_values:
            yield model, rows.filter(matches).update(**new_values)


def _replaced(field, text, pattern, pseudonym):
    """The text of a column with the pseudonym, as the column takes it."""
    new_text = Func(
        *(text, Value(pattern), Value(pseudonym), Value("gi")),
        function="regexp_replace",
        output_field=TextField(),
    )
    if isinstance(field, JSONField):
        return Cast(new_text, field)
    return Left(new_text, field.max_length) if field.max_length else new_text


def _quoted_in_json(text):
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _whole_words(patterns):
    """One of the patterns as a whole word; JSON writes a new line as two letters."""
    return rf"((?<!\w)|(?<=\\[bfnrt]))({'|'.join(patterns)})(?!\w)"
