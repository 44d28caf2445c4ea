"""From a day and a time to a day and a time, as forms ask for them."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from rota.models import Rota
from rota.scheduling import clock

IN_ORDER = "Enter an end that is after the start"
TIMES = "Local time, like 17:30 or 5:30pm"


class SpanForm(PlainEnglishForm, forms.Form):
    """From a day and a time to a day and a time, where the rota is."""

    from_on = forms.DateField(label="From the day")
    from_time = forms.TimeField(label="From the time", help_text=TIMES)
    until_on = forms.DateField(label="Until the day")
    until_time = forms.TimeField(label="Until the time")

    def __init__(self, *args, rota: Rota, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = rota.zone
        for name in ("from_on", "until_on"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"
        for name in ("from_time", "until_time"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-5"

    def span(self, cleaned):
        """The two instants; None where one of the four was not understood."""
        names = ("from_on", "from_time", "until_on", "until_time")
        told = [cleaned.get(name) for name in names]
        if None in told:
            return None
        starts_at = clock.begins(told[0], told[1], self.zone)
        ends_at = clock.ends(told[2], told[3], self.zone)
        if ends_at <= starts_at:
            self.add_error("until_time", IN_ORDER)
            return None
        return starts_at, ends_at


def as_fields(moment, zone, prefix):
    """A moment as the two fields of a form that begins with this word."""
    wall = clock.local(moment, zone)
    return {
        f"{prefix}_on": f"{wall:%-d %B %Y}",
        f"{prefix}_time": f"{wall:%H:%M}",
    }


def next_minute():
    """Now, as far as a form tells it; rounded up, so that it is not past."""
    now = timezone.now()
    whole = now.replace(second=0, microsecond=0)
    return whole if whole == now else whole + timedelta(minutes=1)
