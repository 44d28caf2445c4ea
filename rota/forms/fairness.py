"""Which rota, and from when until when, fairness is asked for."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from rota.models import Rota
from rota.reports import LOOK_BACK, Period

LONGEST = timedelta(days=3 * 366)


class FairnessForm(PlainEnglishForm, forms.Form):
    """A rota, or all of them, and a period of at most three years."""

    rota = forms.ModelChoiceField(
        Rota.objects.none(),
        required=False,
        empty_label="All rotas",
        to_field_name="slug",
        label="Rota",
    )
    first = forms.DateField(label="First day", required=False)
    last = forms.DateField(label="Last day", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rota"].queryset = Rota.objects.visible_to(user)
        for name in ("first", "last"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"

    def clean(self):
        cleaned = super().clean()
        last = cleaned.get("last") or timezone.localdate()
        first = cleaned.get("first") or last - LOOK_BACK
        if last < first:
            raise ValidationError("Enter a last day on or after the first day")
        if last - first > LONGEST:
            raise ValidationError("Enter a period of three years or less")
        return cleaned | {"first": first, "last": last}

    def period(self) -> Period:
        """What was asked for; the last half year where it was not understood."""
        today = timezone.localdate()
        said = self.cleaned_data if self.is_valid() else {}
        last = said.get("last", today)
        rotas = self.rotas()
        zone = rotas[0].zone if rotas else Rota().zone
        return Period(said.get("first", last - LOOK_BACK), last, zone)

    def rotas(self) -> list[Rota]:
        chosen = self.is_valid() and self.cleaned_data.get("rota")
        return [chosen] if chosen else list(self.fields["rota"].queryset)
