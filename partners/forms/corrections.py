"""Saying what is wrong in one's record, and what came of it."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.models import CorrectionRequest

State = CorrectionRequest.State
REASON = "Say why the record stays as it is"


class AskForm(PlainEnglishForm, forms.ModelForm):
    """What is wrong, in the person's own words."""

    called = {"what": "what is wrong"}

    class Meta:
        model = CorrectionRequest
        fields = ["what"]
        labels = {"what": "What is wrong, and what should it say?"}
        help_texts = {"what": "For example: my telephone ends in 12, not in 21"}


class AnswerForm(PlainEnglishForm, forms.Form):
    """What came of a request, with a reason where the record stays as it is."""

    called = {"state": "what came of the request", "answer": "the answer"}
    state = forms.ChoiceField(
        label="What came of it?",
        choices=[
            (State.DONE, "The record is put right"),
            (State.DECLINED, "The record stays as it is"),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Answer to the person",
        help_text="If the record stays as it is, say why",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self):
        cleaned = super().clean()
        is_declined = cleaned.get("state") == State.DECLINED
        if is_declined and "answer" in cleaned and not cleaned["answer"]:
            self.add_error("answer", REASON)
        return cleaned
