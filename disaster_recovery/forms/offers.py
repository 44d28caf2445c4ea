"""Offering an object to the generic plan, and declining an offer."""

from django import forms

from disaster_recovery.forms.plans import Overrulable
from partners.forms import PlainEnglishForm


class OfferForm(Overrulable, PlainEnglishForm, forms.Form):
    """What is better in the partner's version."""

    why = forms.CharField(
        label="What is better in your version?", widget=forms.Textarea, max_length=2000
    )
    called = {"why": "what is better in your version"}


class DeclineForm(Overrulable, PlainEnglishForm, forms.Form):
    """Why an offer is not taken."""

    answer = forms.CharField(
        label="Why is it not taken?", widget=forms.Textarea, max_length=2000
    )
    called = {"answer": "why the offer is not taken"}
