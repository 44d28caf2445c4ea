"""Publishing a version of the generic plan, and sections that stand for others."""

import re

from django import forms
from django.core.exceptions import ValidationError

from partners.forms.plain_english import PlainEnglishForm

NUMBER = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.ASCII)


class PublishForm(PlainEnglishForm, forms.Form):
    """The number of a version, and what is new in it."""

    number = forms.CharField(
        label="Number of the version",
        max_length=20,
        help_text="Like 1.2.0: the first number rises when much changes",
    )
    notes = forms.CharField(
        label="What is new",
        max_length=20_000,
        widget=forms.Textarea,
        strip=False,
        help_text="For the coordinators of the partners, who will read it first",
    )

    def clean_number(self):
        found = NUMBER.fullmatch(self.cleaned_data["number"].strip())
        if not found:
            raise ValidationError("Write the number like 1.2.0")
        number = tuple(map(int, found.groups()))
        if max(number) > 9999:
            raise ValidationError("Write the number like 1.2.0")
        return number


class SupersedesForm(PlainEnglishForm, forms.Form):
    """Which sections of the draft stand for one of the version before."""

    old = forms.ChoiceField(label="Section of the version before")
    new = forms.MultipleChoiceField(
        label="Sections that stand for it now",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to take back what was said",
    )

    def __init__(self, *args, before, now, **kwargs):
        self.before, self.now = before, now
        super().__init__(*args, **kwargs)

    def name_fields(self):
        self.fields["old"].choices = [("", "Choose a section"), *self.before]
        self.fields["new"].choices = self.now
