"""Forms by which the partnership coordinator keeps what decides a rota."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from partners import refusals
from partners.forms.plain_english import PlainEnglishForm
from partners.forms.versions import VersionedForm
from partners.models import Weekday
from rota.models import Block, DemandTemplate, Rotation

WIDTHS = {forms.DateField: 10, forms.TimeField: 5, forms.IntegerField: 3}
NO_DAY = "Choose at least one day of the week"
TOO_SHORT = "Enter a time it lasts until that is after its start"
TOO_LONG = "Choose an earlier end: the hours last 14 days at most"
MOST_DAYS = 14


class KeptForm(VersionedForm):
    """A record of a rota; what its table refuses is said over what was typed."""

    # Columns that the page settles, and about which the rules hold nonetheless.
    settled = frozenset({"rota"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow(self.fields)

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - self.settled

    def refuse(self, error):
        """Say what the table said to a save that lost a race."""
        if isinstance(error, ValidationError):
            self.add_error(None, error.messages)
            return
        sentence = refusals.sentence(error)
        if not sentence:
            raise error
        self.add_error(None, sentence)

    def move_error(self, sentence, name):
        """Put what a rule over several columns says beside one field."""
        if sentence not in self.non_field_errors():
            return
        errors = self.errors[NON_FIELD_ERRORS]
        errors.data = [e for e in errors.data if sentence not in e.messages]
        if not errors:
            del self.errors[NON_FIELD_ERRORS]
        self.add_error(name, sentence)


def narrow(fields):
    """Fields as wide as what is typed in them."""
    for field in fields.values():
        if width := WIDTHS.get(type(field)):
            field.widget.attrs["class"] = f"govuk-input--width-{width}"


def weekday_field(label):
    """Days of the week to tick, Monday first."""
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=Weekday,
        coerce=int,
        initial=[*Weekday.values],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_DAY, "invalid_choice": NO_DAY},
    )


def number_field(label, most, sentence, **options):
    """A whole number from 1."""
    said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, error_messages=said, **options
    )


def places_field(label, **options):
    return number_field(label, 9, "Enter a number from 1 to 9", **options)


class HoursForm(KeptForm):
    """Hours to cover: when they begin and end, on which days, and by how many."""

    weekdays = weekday_field("Days it begins on")
    ends_at = forms.TimeField(label="Until")
    days_later = forms.TypedChoiceField(label="Until which day", coerce=int)
    people = places_field("People needed")

    field_order = [
        *("name", "role", "weekdays", "starts_at", "ends_at", "days_later"),
        *("on_holidays", "holiday_is", "people", "different_partners"),
        *("from_on", "until_on", "edition"),
    ]
    called = {
        "name": "what these hours are called",
        "starts_at": "the time it starts at",
        "ends_at": "the time it lasts until",
        "days_later": "on which day it ends",
        "from_on": "the first day",
        "until_on": "the last day",
    }

    class Meta:
        model = DemandTemplate
        fields = [
            *("name", "role", "weekdays", "starts_at", "on_holidays", "holiday_is"),
            *("people", "different_partners", "from_on", "until_on", "edition"),
        ]
        labels = {"from_on": "From", "until_on": "Last day it begins on (optional)"}
        widgets = {"on_holidays": forms.RadioSelect, "holiday_is": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        row = kwargs["instance"]
        if row.length:
            over = datetime.combine(datetime.min, row.starts_at) + row.length
            kwargs["initial"] = {
                "ends_at": over.time(),
                "days_later": (over - datetime.min).days,
            }
        super().__init__(*args, **kwargs)

    def name_fields(self):
        days = (f"{number} days later" for number in range(2, MOST_DAYS + 1))
        later = ["The same day", "The next day", *days]
        self.fields["days_later"].choices = [*enumerate(later)]
        self.fields["days_later"].initial = 1
        hint = "Local time, like 17:00. A night ends the next day"
        self.fields["starts_at"].help_text = hint

    def clean(self):
        self._take_length()
        return super().clean()

    def _take_length(self):
        told = [self.cleaned_data.get(n) for n in ("starts_at", "ends_at")]
        later = self.cleaned_data.get("days_later")
        if None in (*told, later):
            return
        length = _since_midnight(told[1]) - _since_midnight(told[0])
        length += timedelta(days=later)
        if length <= timedelta():
            self.add_error("ends_at", TOO_SHORT)
        elif length > timedelta(days=MOST_DAYS):
            self.add_error("days_later", TOO_LONG)
        else:
            self.cleaned_data["length"] = length

    def _differences(self):
        yield from super()._differences()
        mine, theirs = self.cleaned_data.get("length"), self.instance.length
        if mine and mine != theirs:
            yield "How long it lasts", _said(mine), _said(theirs)

    def _post_clean(self):
        length = self.cleaned_data.get("length")
        if length:
            self.instance.length = length
        super()._post_clean()
        self.move_error("The last day is the first day or later", "until_on")


def _since_midnight(at: time):
    return timedelta(hours=at.hour, minutes=at.minute)


def _said(length):
    return f"{length / timedelta(hours=1):g} hours"


class RotationForm(KeptForm):
    """How the turn passes from one to the next; who they are is on another page."""

    weekdays = weekday_field("Days duties start on")
    place = places_field(
        "Place", help_text="1 unless the hours need more than one person"
    )
    every = number_field("A turn lasts", 52, "Enter a number from 1 to 52")
    start_turn = number_field(
        "Who begins",
        200,
        "Enter a number from 1 to 200",
        help_text="The number in the order of whoever takes the first turn",
    )

    called = {
        "name": "what this rotation is called",
        "handover": "the time of the handover",
        "start_on": "the day the first turn begins on",
        "until_on": "the first day without it",
    }

    class Meta:
        model = Rotation
        fields = [
            *("name", "role", "place", "every", "unit", "handover", "weekdays"),
            *("start_on", "start_turn", "until_on", "edition"),
        ]
        labels = {"unit": "Days, weeks or months", "until_on": "Ends on (optional)"}

    def name_fields(self):
        self.fields["handover"].help_text = "Local time, like 9:00 or 17:00"
        hint = "A turn of weeks begins on this weekday. For example, 22 11 2026"
        self.fields["start_on"].help_text = hint
        hint = "The first day without it. For example, 22 11 2026"
        self.fields["until_on"].help_text = hint
        for name in ("place", "every", "start_turn"):
            self.fields[name].initial = 1


class BlockForm(KeptForm):
    """Days arranged by hand, in which rotations pause."""

    called = {
        "name": "what these days are called",
        "from_on": "the first day",
        "until_on": "the last day",
    }

    class Meta:
        model = Block
        fields = ["name", "from_on", "until_on", "edition"]

    def name_fields(self):
        self.fields["until_on"].required = True


class LastDayForm(PlainEnglishForm, forms.Form):
    """Until which day duties are laid out."""

    last_day = forms.DateField(label="Last day")
    called = {"last_day": "the last day"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow(self.fields)
        self.fields["last_day"].initial = timezone.localdate() + timedelta(weeks=13)
        self.fields[
            "last_day"
        ].help_text = "Two years ahead at most. For example, 22 11 2027"
