"""Forms that know which edition of a record somebody was looking at."""

from datetime import date, time

from django import forms
from django.utils.formats import date_format

from partners.formatting import moment
from partners.forms.plain_english import PlainEnglishForm
from partners.history import changes
from partners.working_pattern import clock

REMOVED = (
    "Somebody removed this row meanwhile, so nothing in it can be saved: tick "
    "“Delete” to go on without it, or write it again in a new row"
)


class VersionedForm(PlainEnglishForm, forms.ModelForm):
    """Refuses a save over a newer edition, and shows both."""

    # What the table said of an earlier try to save just this, and who reads it.
    refusal = ""
    reader = None
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["edition"] = self.instance.version
        # What is typed and what the record says, where somebody else was first.
        self.differences: list[tuple[str, str, str]] = []

    @property
    def is_behind(self):
        return bool(self.differences)

    def has_changed(self):
        # The version is the table's: alone it is no change of somebody's.
        return self.changed_data not in ([], ["edition"])

    def clean(self):
        cleaned = super().clean()
        self._forget_choices_not_offered()
        if self._is_removed():
            self.add_error(None, REMOVED)
        elif self.instance.pk and cleaned.get("edition") != self.instance.version:
            self._show_both()
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.refusal and not self.errors:
            self.add_error(None, self.refusal)

    def _forget_choices_not_offered(self):
        """A choice that names no row cannot be drawn again."""
        for name in {*self.errors} & {*self.fields}:
            if isinstance(self.fields[name], forms.ModelChoiceField) and name != "id":
                self._put(name, "")

    def _is_removed(self):
        """Whether the row was there when the page was opened, and is no more."""
        return "id" in self.fields and bool(self["id"].data) and not self.instance.pk

    def _show_both(self):
        """What was typed stays; saving again is then a knowing choice."""
        self.differences = [*self._differences()]
        if not self.differences:
            return
        if not self.errors:
            self._put("edition", str(self.instance.version))
        self.add_error(None, self._who_was_first())

    def _put(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def _who_was_first(self):
        kept = changes.events(type(self.instance)).filter(pgh_obj=self.instance.pk)
        newest = changes.describe(kept.order_by("-pgh_id")[:1], reader=self.reader)
        first = (
            f"{newest[0].who} saved a newer version at {moment(newest[0].at)}. "
            if newest
            else "Somebody saved a newer version meanwhile. "
        )
        return first + (
            "Nothing of yours is saved yet: compare both versions, then save again to "
            "keep what stands in the form"
        )

    def _differences(self):
        for name in self._meta.fields or ():
            if name == "edition" or name not in self.cleaned_data:
                continue
            mine, theirs = self.cleaned_data[name], getattr(self.instance, name)
            if mine != theirs:
                field = self.fields[name]
                yield field.label, _shown(field, mine), _shown(field, theirs)


class EditedRows(forms.BaseInlineFormSet):
    """Rows that may have been changed or removed since the page was opened."""

    def _should_delete_form(self, form):
        # What one has not read yet is not removed unread.
        return super()._should_delete_form(form) and not form.is_behind

    def get_queryset(self):
        """The rows; once posted, one for each form, so that none is left out."""
        rows = super().get_queryset()
        if not self.is_bound or "forms" not in vars(self):
            return rows
        return [f.instance if f.instance.pk else Removed() for f in self.initial_forms]


class Removed:
    """Stands where a row was that somebody removed."""

    pk = None

    def __str__(self):
        return "Removed meanwhile"


def _shown(field, value):
    """A value of the record or of the form in words."""
    if value in (None, ""):
        return "nothing"
    if isinstance(value, list):
        labels = dict(field.choices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    if hasattr(field, "choices") and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value)
    return clock(value) if isinstance(value, time) else str(value)
