"""The form of a section, a service, a task or a parameter, made from its fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from disaster_recovery.content import cleaning, durations
from disaster_recovery.content import schema as fields
from disaster_recovery.models import GenericObject, PlanObject
from partners.forms.versions import VersionedForm

OVERRULE = "It is no password: save it as it is"
Choices = Mapping[str, Iterable[tuple[str, str]]]


class LongText(forms.Textarea):
    """A box with room for a section."""


class DurationField(forms.CharField):
    """How long something takes, typed in words, kept in minutes."""

    def prepare_value(self, value):
        return durations.in_words(value) if isinstance(value, int) else value

    def to_python(self, value):
        typed = super().to_python(value)
        if typed in self.empty_values:
            return None
        found = durations.minutes(typed[:60])
        if found is None or found > fields.YEAR_OF_MINUTES:
            called = (self.label or "").lower()
            raise ValidationError(f"Write {called} like “4 hours”, at most a year")
        return found


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = super().to_python(value).splitlines()
        return [line.strip() for line in lines if line.strip()]


class ObjectForm(VersionedForm):
    """The fields of one object; `choices` are those of its keys, by kind."""

    def __init__(
        self, *args, kind: str, choices: Choices, told: Mapping[str, Any], **kwargs
    ):
        self.kind, self.choices = kind, choices
        initial = {**told, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.told = told

    def name_fields(self):
        made = {one.name: _field(one, self.choices) for one in self.asked()}
        self.fields = made | self.fields
        if self.data.get("overrule"):
            self.ask_to_overrule()

    def asked(self) -> Iterable[fields.Field]:
        """The fields that are asked for."""
        return fields.FIELDS[self.kind]

    def ask_to_overrule(self):
        """Offer to save what looks like a password, which somebody has seen."""
        box = forms.BooleanField(label=OVERRULE, required=False)
        self.fields["overrule"] = box

    def said(self) -> dict[str, Any]:
        """The fields as an action takes them; only when valid."""
        return {one.name: self.cleaned_data.get(one.name) for one in self.asked()}

    @property
    def overrules(self) -> bool:
        return bool(self.cleaned_data.get("overrule"))

    def refuse(self, error: ValidationError) -> None:
        """Say what an action refused, each sentence beside its field."""
        if cleaning.is_overrulable(error):
            self.ask_to_overrule()
        told = error.error_dict if hasattr(error, "error_dict") else {None: error}
        for name, sentences in told.items():
            self.add_error(name if name in self.fields else None, sentences)

    def _differences(self):
        kept = fields.tidied(self.kind, self.said())
        for one in self.asked():
            mine, theirs = kept.get(one.name), self.told.get(one.name)
            if mine != theirs:
                yield one.label, in_words(one, mine), in_words(one, theirs)


class GenericObjectForm(ObjectForm):
    """An object in the draft of the generic plan."""

    class Meta:
        model = GenericObject
        fields = []


class NewGenericObjectForm(GenericObjectForm):
    """A new object, with the key by which every partner will know it."""

    class Meta(GenericObjectForm.Meta):
        fields = ["key"]
        help_texts = {"key": "It never changes: small letters, digits and hyphens"}

    def name_fields(self):
        key = {"key": self.fields["key"]}
        super().name_fields()
        self.fields = key | self.fields


class PlanObjectForm(ObjectForm):
    """An object of a partner's plan: own text, and what stands after the generic."""

    class Meta:
        model = PlanObject
        fields = []

    def name_fields(self):
        super().name_fields()
        if self.instance.base_id:
            addendum = forms.CharField(
                label="Our addendum",
                required=False,
                widget=LongText,
                help_text=(
                    "It stands after the generic text, and stays when that changes"
                ),
            )
            self.fields = {"addendum": addendum} | self.fields

    def asked(self):
        return [o for o in fields.FIELDS[self.kind] if o.name not in fields.FIXED]

    def said(self):
        # What a partner has no say in stays as it is.
        kept = {name: self.told.get(name) for name in fields.FIXED}
        return kept | super().said()

    def _differences(self):
        yield from super()._differences()
        mine = self.cleaned_data.get("addendum", "")
        if mine != self.instance.addendum:
            theirs = self.instance.addendum
            yield "Our addendum", mine or "nothing", theirs or "nothing"


def in_words(one: fields.Field, value: Any) -> str:
    """A value of a field as people read it."""
    if value in (None, "", []):
        return "nothing"
    if one.type == fields.DURATION and isinstance(value, int):
        return durations.in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    named = one.choices or {}
    if isinstance(value, list):
        return ", ".join(str(named.get(item, item)) for item in value)
    return str(named.get(value, value))


def _field(one: fields.Field, choices: Choices) -> forms.Field:
    said = {"label": one.label, "required": one.is_required, "help_text": one.help}
    if one.type in (fields.KEY, fields.CHOICE):
        offered = one.choices.items() if one.choices else choices.get(one.of, ())
        return forms.ChoiceField(choices=[("", "None"), *offered], **said)
    if one.type in (fields.KEYS, fields.CHOICES):
        offered = one.choices.items() if one.choices else choices.get(one.of, ())
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=[*offered], widget=boxes, **said)
    if one.type == fields.NUMBER:
        sentence = one.fault(-1)
        wrong = {"min_value": sentence, "max_value": sentence, "invalid": sentence}
        return forms.IntegerField(
            min_value=0, max_value=one.most, error_messages=wrong, **said
        )
    return _written(one, said)


def _written(one, said):
    if one.type == fields.DURATION:
        said["help_text"] = said["help_text"] or "For example, 4 hours"
        return DurationField(**said)
    if one.type == fields.YES_NO:
        return forms.BooleanField(**said)
    if one.type == fields.LINES:
        said["help_text"] = said["help_text"] or "One a line"
        return LinesField(**said)
    if one.type == fields.LINE:
        return forms.CharField(max_length=200, **said)
    widget = LongText if one.type == fields.MARKDOWN else forms.Textarea
    return forms.CharField(
        widget=widget, strip=False, max_length=fields.MOST_LETTERS, **said
    )
