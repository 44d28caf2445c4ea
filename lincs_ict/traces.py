"""Where words about a person may stand in the tables, and how they are taken out."""

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

# What is told of people in these is told in columns of its own; the rest is the
# catalogue, organisations and the framework's own rows.
ELSEWHERE = {
    *("partners.Partner", "partners.Site", "partners.StaffMember", "partners.User"),
    *("partners.BankHoliday", "partners.Anonymisation"),
    *("skills.Skill", "skills.Alias", "skills.Category"),
    *("disaster_recovery.GenericVersion", "disaster_recovery.GenericObject"),
    "sessions.Session",
}
FRAMEWORK = {"auth", "contenttypes"}
TAKEN_OUT = "Taken out after the person left"


@dataclass(frozen=True, slots=True)
class Traces:
    """What somebody was ever called, and how they were reached, as typed."""

    instead: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    numbers: tuple[str, ...]

    def pattern(self, quoted=str) -> str:
        """All that leads to nobody else, as it stands in a text."""
        names = (map(re.escape, quoted(name).split()) for name in self.names)
        digits = (re.sub(r"\D", "", number) for number in self.numbers)
        return _whole(
            [
                *(re.escape(quoted(email)) for email in self.emails),
                *(r"\s+".join(words) for words in names),
                *(r"[ ()-]*".join(number) for number in digits),
            ]
        )


def of(person: StaffMember, instead: str) -> Traces:
    """All that the record and its history call the person.

    A name or a number that somebody else has too is not looked for in the words of
    others, nor is a name of one word: it could be anybody's, or no name at all.
    """
    events = StaffMember.pgh_event_model.objects.filter(pgh_obj=person.pk)
    logins = User.pgh_event_model.objects.filter(pgh_obj=person.user_id)
    names = {name for name in _ever(events, "name") if len(name.split()) > 1}
    numbers = {*_ever(events, "telephone"), *_ever(events, "mobile")}
    return Traces(
        instead,
        tuple(sorted(names - _of_others(person, "name", names))),
        tuple(sorted({*_ever(events, "work_email"), *_ever(logins, "email")})),
        tuple(sorted(numbers - _numbers_of_others(person, numbers))),
    )


def _ever(rows, column):
    return {value for value in rows.values_list(column, flat=True) if value}


def _of_others(person, column, values):
    others = StaffMember.objects.exclude(pk=person.pk).annotate(plain=Lower(column))
    same = others.filter(plain__in=[value.lower() for value in values]).order_by()
    known = {*same.values_list("plain", flat=True)}
    return {value for value in values if value.lower() in known}


def _numbers_of_others(person, numbers):
    desks = Partner.objects.values_list(
        "service_desk_telephone", "out_of_hours_telephone"
    )
    shared = {number for row in desks for number in row}
    for column in ("telephone", "mobile"):
        shared |= _of_others(person, column, numbers)
    return shared


def records() -> list[type[Model]]:
    """The tables with words of people in them, but for those of events."""
    return [model for model in _told_in() if not _is_history(model)]


def histories() -> list[type[Model]]:
    """The tables of events with words of people in them."""
    return [model for model in _told_in() if _is_history(model)]


def _is_history(model):
    return hasattr(model, "pgh_tracked_model")


def _told_in():
    for model in apps.get_models():
        is_table = model._meta.managed and not model._meta.proxy
        of = (getattr(model, "pgh_tracked_model", None) or model)._meta
        if is_table and of.label not in ELSEWHERE and of.app_label not in FRAMEWORK:
            yield model


def texts(model: type[Model]) -> Iterator[Field]:
    """The columns of a table in which somebody may have written anything."""
    for field in model._meta.concrete_fields:
        is_free = isinstance(field, CharField | TextField | JSONField)
        is_ours = field.choices or field.generated or field.primary_key
        if is_free and not is_ours and field.name != "pgh_label":
            yield field


def mentioning(rows: QuerySet, columns: Iterable[str], words: Sequence[str]):
    """The rows with one of these words, whole, in one of these columns."""
    asked = Q(pk__in=[])
    for column in columns if words else ():
        text = f"{column}_as_text"
        rows = rows.alias(**{text: Cast(column, TextField())})
        asked |= Q(**{f"{text}__iregex": _whole(map(re.escape, words))})
    return rows.filter(asked)


def take_out_whole(person: StaffMember, models: Iterable[type[Model]]) -> Iterator:
    """Whatever was written in rows about the person; each table's rows."""
    for model in models:
        is_about_people = any(f.name == "staff" for f in model._meta.concrete_fields)
        fields = [*texts(model)] if is_about_people else []
        if fields:
            rows = model._base_manager.filter(staff=person.pk)
            yield model, rows.update(**{f.name: _if_written(f) for f in fields})


def _if_written(field):
    # Where something must be said, something is.
    instead = Value(TAKEN_OUT[: field.max_length])
    return Case(When(**{field.name: ""}, then=Value("")), default=instead)


def take_out(found: Traces, models: Iterable[type[Model]]) -> Iterator:
    """Put the pseudonym for the person into words of others; each table's rows."""
    for model in models:
        new, asked = {}, Q(pk__in=[])
        rows = model._base_manager.all()
        for field in texts(model):
            text = Cast(F(field.attname), TextField())
            pattern = _pattern(found, field)
            rows = rows.alias(**{f"{field.name}_as_text": text})
            asked |= Q(**{f"{field.name}_as_text__iregex": pattern})
            new[field.name] = _fitting(field, _put_instead(text, pattern, found))
        if new:
            yield model, rows.filter(asked).update(**new)


def _pattern(found, field):
    return found.pattern(_in_json if isinstance(field, JSONField) else str)


def _fitting(field, text):
    if isinstance(field, JSONField):
        return Cast(text, field)
    return Left(text, field.max_length) if field.max_length else text


def _put_instead(text, pattern, found):
    return Func(
        text,
        Value(pattern),
        Value(found.instead),
        Value("gi"),
        function="regexp_replace",
        output_field=TextField(),
    )


def _in_json(text):
    """As it stands within a JSON text."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _whole(patterns):
    """One of the patterns, not within a longer word; JSON has new lines as letters."""
    return rf"((?<!\w)|(?<=\\[bfnrt]))({'|'.join(patterns)})(?!\w)"
