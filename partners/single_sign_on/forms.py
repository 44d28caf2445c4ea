"""Choosing one's organisation."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.forms.versions import VersionedForm
from partners.models import IdentityProvider
from partners.models.identity_provider import is_safe

from .provider import InvalidToken, discovered

MISSING = {
    "issuer": "Enter the address of the provider before people may sign in with it",
    "client_id": "Enter the client ID before people may sign in with it",
    "new_secret": "Enter the client secret before people may sign in with it",
}


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


class ProviderForm(VersionedForm):
    """A partner's provider. Its secret is written here and read nowhere."""

    called = {
        "partner": "the partner",
        "name": "the name people are shown",
        "issuer": "the address of the provider",
        "client_id": "the client ID",
        "new_secret": "the client secret",
    }
    new_secret = forms.CharField(
        label="Client secret",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=(
            "It is never shown again. Leave this empty to keep the one there is; if "
            "this page comes back with an error, enter it again."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_secret"):
            self.instance.secret = cleaned["new_secret"]
        if cleaned.get("is_active"):
            self._ask_for_what_is_missing(cleaned)
        if "issuer" in self.changed_data or cleaned.get("is_active"):
            self._check_address(cleaned.get("issuer"))
        return cleaned

    def _ask_for_what_is_missing(self, cleaned):
        has = cleaned | {"new_secret": self.instance.sealed_secret}
        for name, sentence in MISSING.items():
            if name not in self.errors and not has.get(name):
                self.add_error(name, sentence)

    def _check_address(self, issuer):
        """Whether a provider answers there, and calls itself so."""
        if not issuer or self.errors or not is_safe(issuer):
            return
        try:
            discovered(issuer)
        except InvalidToken as problem:
            self.add_error("issuer", str(problem))

    def _differences(self):
        # Two secrets are not laid side by side.
        typed = self.cleaned_data.pop("new_secret", "")
        yield from super()._differences()
        self.cleaned_data["new_secret"] = typed
