"""The form by which a file of records comes in."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.spreadsheets.reading import MOST_BYTES, UnreadableFile, read_table
from skills.imports.kinds import RULES
from skills.models import ImportBatch


class UploadForm(PlainEnglishForm, forms.Form):
    """What the file holds, and the file; `rows` once it could be read."""

    called = {"kind": "what the file holds", "file": "a file"}
    kind = forms.ChoiceField(
        label="What does the file hold?",
        choices=ImportBatch.Kind,
        widget=forms.RadioSelect,
        initial=ImportBatch.Kind.PEOPLE,
    )
    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), at most 20,000 rows and 5 MB",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "empty": "The file is empty: choose one with a header row and rows",
            "max_length": "Shorten the file name",
            "invalid": "Choose the file again: it did not upload",
            "missing": "Choose the file again: it did not upload",
        },
    )
    rows = ()
    contents = b""

    def clean(self):
        cleaned = super().clean()
        kind, file = cleaned.get("kind"), cleaned.get("file")
        if kind and file:
            try:
                self._read(kind, file)
            except UnreadableFile as error:
                self.add_error("file", str(error))
        return cleaned

    def _read(self, kind, file):
        if file.size > MOST_BYTES:
            raise UnreadableFile("The file is larger than 5 MB: split it into two")
        self.contents = file.read()
        self.rows = read_table(self.contents, file.name, RULES[kind].columns)
        if not self.rows:
            raise UnreadableFile(
                "The file has a header row and no rows: fill it in, then upload it"
            )
