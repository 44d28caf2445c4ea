"""Adopting a plan, bringing one's own text, values of parameters, and review."""

import json
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.canonical_json import fingerprint
from disaster_recovery.forms.objects import OVERRULE, LongText
from disaster_recovery.models import GenericVersion
from disaster_recovery.plans.drafts import MOST_LETTERS
from partners.forms.plain_english import PlainEnglishForm

MEANWHILE = (
    "Somebody saved other values meanwhile. Nothing of yours is saved yet: compare "
    "both, then save again to keep what stands in the form"
)


class AdoptForm(PlainEnglishForm, forms.Form):
    """From which version of the generic plan a partner begins."""

    generic = forms.ModelChoiceField(
        GenericVersion.objects.none(),
        label="Version of the generic plan",
        empty_label=None,
        help_text="The newest is usually the best",
    )
    called = {"generic": "a version of the generic plan"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        published = GenericVersion.objects.published().newest_first()
        self.fields["generic"].queryset = published


class Overrulable:
    """A mixin: a box to tick appears where something looks like a password."""

    def ask_to_overrule(self):
        box = forms.BooleanField(label=OVERRULE, required=False)
        self.fields["overrule"] = box

    @property
    def overrules(self):
        return bool(self.cleaned_data.get("overrule"))

    def refuse(self, error: ValidationError) -> None:
        """Say what an action refused, each sentence beside its field."""
        if cleaning.is_overrulable(error):
            self.ask_to_overrule()
        told = error.error_dict if hasattr(error, "error_dict") else {None: error}
        for name, sentences in told.items():
            self.add_error(self.named(name), sentences)

    def named(self, name):
        return name if name in self.fields else None


class PasteForm(Overrulable, PlainEnglishForm, forms.Form):
    """The text of a plan that a partner has already."""

    text = forms.CharField(
        label="Text of your plan",
        widget=LongText,
        strip=False,
        max_length=20 * MOST_LETTERS,
        help_text=(
            "Markdown: each line that begins with # becomes a section, with ## a "
            "section within it"
        ),
    )
    called = {"text": "the text of your plan"}

    def name_fields(self):
        if self.data.get("overrule"):
            self.ask_to_overrule()

    def named(self, name):
        return super().named(name) or "text"


class ParametersForm(Overrulable, PlainEnglishForm, forms.Form):
    """A value for each parameter of the plan."""

    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, parameters, **kwargs):
        self.parameters = parameters
        self.differences = []
        super().__init__(*args, **kwargs)
        self.initial["read"] = self._as_read()

    def name_fields(self):
        for one in self.parameters:
            self.fields[f"value-{one.key}"] = forms.CharField(
                label=one.title if one.is_required else f"{one.title} (optional)",
                required=False,
                initial=one.value,
                help_text=one.help,
                max_length=4000,
                widget=forms.Textarea if one.sort == "text" else forms.TextInput,
            )
        if self.data.get("overrule"):
            self.ask_to_overrule()

    def named(self, name):
        return super().named(f"value-{name}")

    def values(self) -> dict[str, str]:
        """The values by the keys of their parameters; only when valid."""
        return {p.key: self.cleaned_data[f"value-{p.key}"] for p in self.parameters}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("read") != self._as_read():
            self._show_both(cleaned)
        return cleaned

    def _as_read(self):
        values = {one.key: one.value for one in self.parameters}
        return fingerprint(json.dumps(values, sort_keys=True))[:16]

    def _show_both(self, cleaned):
        for one in self.parameters:
            mine = cleaned.get(f"value-{one.key}", "")
            if mine != one.value:
                told = (one.title, mine or "nothing", one.value or "nothing")
                self.differences.append(told)
        if self.differences:
            self.data = self.data.copy()
            self.data["read"] = self._as_read()
            self.add_error(None, MEANWHILE)


class SubmitForm(PlainEnglishForm, forms.Form):
    """Who is asked to approve."""

    approver = forms.ModelChoiceField(
        None, label="Who is to approve this plan", empty_label="Choose a person"
    )
    called = {"approver": "who is to approve this plan"}

    def __init__(self, *args, approvers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = approvers
        self.fields["approver"].label_from_instance = lambda u: u.get_full_name()


class ApproveForm(PlainEnglishForm, forms.Form):
    """When an approved plan is to be looked at again."""

    review_on = forms.DateField(label="To be reviewed by")
    called = {"review_on": "the day by which it is to be reviewed"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["review_on"] = timezone.localdate() + timedelta(days=365)


class SendBackForm(PlainEnglishForm, forms.Form):
    """What is to be changed before a plan is approved."""

    answer = forms.CharField(
        label="What is to be changed", max_length=2000, widget=forms.Textarea
    )


class LeaveOutForm(PlainEnglishForm, forms.Form):
    """Why something is left out of a plan."""

    reason = forms.CharField(
        label="Reason", max_length=500, help_text="It is shown in your plan"
    )
