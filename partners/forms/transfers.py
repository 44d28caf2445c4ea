"""Releasing a person to another partner, and answering."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from partners.models import Partner, Transfer


class ReleaseForm(PlainEnglishForm, forms.ModelForm):
    """To which partner, from which day, and what to know."""

    called = {
        "to_partner": "the new partner",
        "begins_on": "the first day at the new partner",
    }

    class Meta:
        model = Transfer
        fields = ["to_partner", "begins_on", "note"]
        widgets = {"note": forms.Textarea}

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        others = Partner.objects.current().exclude(pk=person.partner_id)
        self.fields["to_partner"].queryset = others
        self.fields["to_partner"].empty_label = "Choose a partner"

    def clean_begins_on(self):
        begins_on, today = self.cleaned_data["begins_on"], timezone.localdate()
        if not today <= begins_on <= today + timedelta(days=366):
            raise ValidationError("Enter a first day from today to a year ahead")
        return begins_on


class DeclineForm(PlainEnglishForm, forms.ModelForm):
    """Why a person is not taken."""

    called = {"answer": "the reason"}

    class Meta:
        model = Transfer
        fields = ["answer"]
        labels = {"answer": "Reason for declining"}
        help_texts = {"answer": "You may leave this empty"}
