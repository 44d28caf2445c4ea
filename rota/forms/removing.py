"""Removing something: the form that says which edition was read."""

from django import forms

from partners import refusals
from partners.forms.plain_english import PlainEnglishForm

BEHIND = "Somebody else has changed this: check what it says now, then remove it"


class RemovalForm(PlainEnglishForm, forms.Form):
    """Nobody removes what they have not read."""

    edition = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        self.row = row
        super().__init__(*args, initial={"edition": row.version}, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("edition") != str(self.row.version):
            self._ask_again()
        return cleaned

    def _ask_again(self):
        self.data = self.data.copy()
        self.data["edition"] = str(self.row.version)
        self.add_error(None, BEHIND)

    def save(self):
        rows = type(self.row)._default_manager.filter(
            pk=self.row.pk, version=self.row.version
        )
        if not rows.delete()[0]:
            raise forms.ValidationError(BEHIND)

    def refuse(self, error):
        """Say what the table said to a removal that lost a race."""
        if isinstance(error, forms.ValidationError):
            self.add_error(None, error)
            return
        sentence = refusals.sentence(error)
        if not sentence:
            raise error
        self.add_error(None, sentence)
