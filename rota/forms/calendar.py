"""Which rota, partner and days a calendar or a report is asked for."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from partners.models import Partner, StaffMember
from rota.models import Rota
from rota.scheduling import clock

MONTH, WEEK, LIST = "month", "week", "list"
VIEWS = ((WEEK, "Week"), (MONTH, "Month"), (LIST, "List"))
# A list shows so many days.
LIST_LENGTH = timedelta(days=14)


def slugs(rows) -> list[tuple[str, str]]:
    """Rotas or partners to choose from; long lists are drawn by hand."""
    return list(rows.values_list("slug", "name"))


class CalendarForm(PlainEnglishForm, forms.Form):
    """A month, a week or a list of days, of all rotas or of one."""

    view = forms.ChoiceField(label="Show", choices=VIEWS, required=False)
    on = forms.DateField(label="A day in it", required=False)
    rota = forms.ModelChoiceField(
        Rota.objects.none(),
        label="Rota",
        required=False,
        empty_label="All rotas",
        to_field_name="slug",
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Partner",
        required=False,
        empty_label="All partners",
        to_field_name="slug",
    )
    person = forms.ModelChoiceField(
        StaffMember.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rota"].queryset = Rota.objects.visible_to(user)
        self.fields["partner"].queryset = Partner.objects.visible_to(user)
        self.fields["person"].queryset = StaffMember.objects.visible_to(user)
        self.fields["on"].widget.attrs["class"] = "govuk-input--width-10"

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on and not 2000 <= on.year < 2100:
            raise forms.ValidationError("Enter a date from 2000 to 2099")
        return on

    def said(self, name):
        """What was asked for, where it was understood."""
        return self.cleaned_data.get(name) if self.is_bound else None

    @property
    def shown_as(self) -> str:
        """Which of the views was asked for; a month unless told."""
        return self.said("view") or MONTH

    @property
    def today(self) -> date:
        """Today where the rota is, or the first of them."""
        rotas = self.rotas()
        return clock.local_day(timezone.now(), (rotas or [Rota()])[0].zone)

    @property
    def first(self) -> date:
        """The first day shown: of a week its Monday, of a month its first."""
        on = self.said("on") or self.today
        if self.shown_as == WEEK:
            return on - timedelta(days=on.weekday())
        return on if self.shown_as == LIST else on.replace(day=1)

    @property
    def after(self) -> date:
        """The first day no longer shown."""
        if self.shown_as == WEEK:
            return self.first + timedelta(weeks=1)
        if self.shown_as == LIST:
            return self.first + LIST_LENGTH
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> date:
        """A day of the month or week before; of a list its first day."""
        back = LIST_LENGTH if self.shown_as == LIST else timedelta(days=1)
        return self.first - back

    def rotas(self) -> list[Rota]:
        chosen = self.said("rota")
        return [chosen] if chosen else list(self.fields["rota"].queryset)


class WeeksForm(PlainEnglishForm, forms.Form):
    """How many weeks ahead gaps are looked for, and on which rota."""

    weeks = forms.IntegerField(
        label="Weeks ahead",
        required=False,
        min_value=1,
        max_value=52,
        error_messages={
            "min_value": "Enter from 1 to 52 weeks",
            "max_value": "Enter from 1 to 52 weeks",
        },
    )
    rota = forms.ModelChoiceField(
        Rota.objects.none(),
        label="Rota",
        required=False,
        empty_label="All rotas",
        to_field_name="slug",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rota"].queryset = Rota.objects.visible_to(user).current()
        self.fields["weeks"].widget.attrs["class"] = "govuk-input--width-2"

    def number(self) -> int:
        return (self.is_bound and self.cleaned_data.get("weeks")) or 8

    def rotas(self) -> list[Rota]:
        chosen = self.is_bound and self.cleaned_data.get("rota")
        return [chosen] if chosen else list(self.fields["rota"].queryset)
