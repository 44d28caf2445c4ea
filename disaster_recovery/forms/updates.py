"""What somebody chooses of a change that a newer generic version brings."""

from django import forms

from disaster_recovery.content import schema
from disaster_recovery.forms.objects import PlanObjectForm
from partners.forms.plain_english import PlainEnglishForm


class SeenForm(PlainEnglishForm, forms.Form):
    """A button; `seen` is the seal of what was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )

    def named(self, name):
        return name if name in self.fields else None

    def refuse(self, error):
        """Say what an action refused, each sentence beside its field."""
        told = error.error_dict if hasattr(error, "error_dict") else {None: error}
        for name, sentences in told.items():
            self.add_error(self.named(name), sentences)


class JoinForm(SeenForm):
    """Which of our own a new object is joined with."""

    own = forms.ChoiceField(
        label="Join it with one of our own", widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args, similar, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        self.fields["own"].choices = similar


class WriteForm(PlanObjectForm):
    """A change written anew; its addendum is not touched."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def name_fields(self):
        super().name_fields()
        self.fields.pop("addendum", None)

    def _show_both(self):
        """The seal says it already, of all that an item is made of."""

    def asked(self):
        return [o for o in schema.FIELDS[self.kind] if o.name not in schema.FIXED]
