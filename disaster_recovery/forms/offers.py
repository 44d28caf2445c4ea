"""Offering an object to the generic plan, and answering an offer."""

from django import forms

from disaster_recovery.forms.objects import NewGenericObjectForm
from disaster_recovery.forms.plans import Overrulable
from partners.forms.plain_english import PlainEnglishForm


class Warned(Overrulable, PlainEnglishForm):
    """A mixin: the tick under what looks like a password is there when it is sent."""

    def name_fields(self):
        if self.data.get("overrule"):
            self.ask_to_overrule()


class OfferForm(Warned, forms.Form):
    """What is better in the partner's version."""

    why = forms.CharField(
        label="What is better in your version?", widget=forms.Textarea, max_length=2000
    )
    called = {"why": "what is better in your version"}


class DeclineForm(Warned, forms.Form):
    """Why an offer is not taken."""

    answer = forms.CharField(
        label="Why is it not taken?", widget=forms.Textarea, max_length=2000
    )
    called = {"answer": "why the offer is not taken"}


class TakeNewForm(NewGenericObjectForm):
    """What the generic plan has not yet; it was read in no edition."""

    class Meta(NewGenericObjectForm.Meta):
        pass

    def name_fields(self):
        super().name_fields()
        # So that what somebody adds meanwhile is not overwritten unread.
        del self.fields["edition"]
