"""Choosing one's organisation."""

from django import forms

from partners.forms import PlainEnglishForm
from partners.models import IdentityProvider


class _ByPartner(forms.ModelChoiceField):
    def label_from_instance(self, provider):
        return f"{provider.partner.name}: {provider.name}"


class OrganisationForm(PlainEnglishForm, forms.Form):
    """Whose account somebody wants to sign in with."""

    called = {"organisation": "your organisation"}
    organisation = _ByPartner(
        queryset=IdentityProvider.objects.none(),
        to_field_name="partner_id",
        label="Your organisation",
        empty_label="Choose",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = IdentityProvider.objects.in_use().select_related("partner")
        self.fields["organisation"].queryset = rows.order_by("partner__name")
