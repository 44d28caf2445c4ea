"""A calendar that another program reads by a secret address."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.models import Partner, StaffMember
from rota.models import Rota, RotaToken

Kind = RotaToken.Kind
# More would be forgotten; each of them opens the rota to whoever has it.
MOST = 10
TOO_MANY = (
    f"You have {MOST} calendar links in use: withdraw one you no "
    "longer need, then create another"
)


class FeedForm(PlainEnglishForm, forms.Form):
    """Whose duties it shows, and which program or phone reads it."""

    kind = forms.ChoiceField(label="What it shows", widget=forms.RadioSelect)
    rota = forms.ModelChoiceField(
        Rota.objects.none(),
        label="Rota",
        required=False,
        empty_label="Choose a rota",
        help_text="For the calendar of one rota",
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Partner",
        required=False,
        empty_label="Choose a partner",
        help_text="For the calendar of one partner",
    )
    label = forms.CharField(
        label="Device or app",
        max_length=120,
        required=False,
        help_text=(
            "For example, my work phone. This tells you which one to withdraw later"
        ),
    )
    called = {"kind": "what it shows", "rota": "the rota", "partner": "the partner"}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.kinds = user, kinds_for(user)
        kind = self.fields["kind"]
        kind.choices = [(known.value, known.label) for known in self.kinds]
        if Kind.ROTA not in self.kinds:
            kind.widget, kind.initial = forms.HiddenInput(), Kind.OWN.value
            del self.fields["rota"], self.fields["partner"]
            return
        self.fields["rota"].queryset = Rota.objects.visible_to(user).current()
        kept = Partner.objects.editable_by(user).order_by().values("pk")
        self.fields["partner"].queryset = Partner.objects.current().filter(pk__in=kept)

    def clean(self):
        said = super().clean()
        kind = said.get("kind")
        wanted = kind in (Kind.ROTA, Kind.PARTNER) and kind not in self.errors
        if wanted and not said.get(kind):
            self.add_error(kind, f"Choose {self.called[kind]}")
        made = RotaToken.objects.in_force().calendars().filter(made_by=self.user)
        if made.count() >= MOST:
            raise forms.ValidationError(TOO_MANY)
        return said

    def said(self) -> dict:
        """What it was asked to be, with nothing that is not of its kind."""
        kind = self.cleaned_data["kind"]
        said = {"kind": kind, "label": self.cleaned_data["label"]}
        if kind == Kind.OWN:
            staff = StaffMember.objects.get(pk=self.user.standing.staff_id)
            return said | {"staff": staff}
        return said | {kind: self.cleaned_data[kind]}


def kinds_for(user) -> list[str]:
    """The calendars a login may make."""
    own = [Kind.OWN] if user.standing.staff_id else []
    return own + ([Kind.ROTA, Kind.PARTNER] if user.standing.may_administer else [])
