"""Forms for deciding on a change that a newer generic version brings."""

from django import forms

from disaster_recovery.content import schema
from disaster_recovery.forms.objects import PlanObjectForm
from partners.forms.plain_english import PlainEnglishForm


class SeenForm(PlainEnglishForm, forms.Form):
    """A decision by button; `seen` is the fingerprint of what was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(
        label="Reason", max_length=500, required=False, widget=forms.Textarea
    )

    def refuse(self, error):
        """Show why an action was refused, each sentence beside its field."""
        errors = error.error_dict if hasattr(error, "error_dict") else {None: error}
        for name, sentences in errors.items():
            self.add_error(name if name in self.fields else None, sentences)


class LinkForm(SeenForm):
    """Which of our own objects a new one is linked with."""

    own = forms.ChoiceField(
        label="Link it with one of your own", widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args, similar, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        self.fields["own"].choices = similar


class WriteForm(PlanObjectForm):
    """A change edited by hand; its addendum is not touched."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def name_fields(self):
        super().name_fields()
        self.fields.pop("addendum", None)

    def _show_both(self):
        """The fingerprint already covers all that an item is made of."""

    def asked(self):
        return [field for field in schema.FIELDS[self.kind] if not field.is_fixed]
