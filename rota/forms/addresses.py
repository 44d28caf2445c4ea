"""A secret address for a switchboard or a telephone system."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.models import Partner
from rota.tokens import OF_ALL


class AddressForm(PlainEnglishForm, forms.Form):
    """What it is for, whose rotas it reads, and who uses it."""

    kind = forms.ChoiceField(
        label="What it is for",
        choices=[(kind.value, kind.label) for kind in OF_ALL],
        widget=forms.RadioSelect,
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Whose rotas it shows",
        required=False,
        empty_label="All rotas",
    )
    label = forms.CharField(
        label="Who uses it",
        max_length=120,
        help_text="For example, the switchboard at County Hall",
    )
    called = {"kind": "what it is for", "partner": "the partner"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        field.queryset = Partner.objects.current().filter(
            pk__in=Partner.objects.editable_by(user).order_by().values("pk")
        )
        if not user.standing.is_partnership_coordinator:
            field.required, field.empty_label = True, "Choose a partner"
            field.error_messages["required"] = "Choose a partner"

    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("kind", "partner", "label")}
