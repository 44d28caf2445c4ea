"""For whom a pack is, and who holds which role of the plan today."""

from django import forms

from disaster_recovery.models import PlanPack
from partners.forms.plain_english import PlainEnglishForm
from partners.models import StaffMember


class PackForm(PlainEnglishForm, forms.Form):
    """The variant of a pack, and a person for each role."""

    variant = forms.ChoiceField(
        label="For whom is it?", choices=PlanPack.Variant, widget=forms.RadioSelect
    )
    called = {"variant": "for whom the pack is"}

    def __init__(self, *args, partner, roles, last, **kwargs):
        self.roles = roles
        self.last = last
        self.people = StaffMember.objects.in_post().filter(partner=partner)
        super().__init__(*args, **kwargs)

    def name_fields(self):
        people = self.people.order_by("name_key", "pk")
        offered = [("", "Nobody yet"), *people.values_list("pk", "name")]
        for number, role in enumerate(self.roles):
            self.fields[f"role-{number}"] = forms.TypedChoiceField(
                label=role,
                choices=offered,
                coerce=int,
                empty_value=None,
                required=False,
                initial=self.last.get(role),
            )

    def holders(self) -> dict[str, StaffMember]:
        """Who holds which role; only when valid."""
        by_id = {person.pk: person for person in self.people}
        chosen = {
            role: self.cleaned_data.get(f"role-{n}")
            for n, role in enumerate(self.roles)
        }
        return {role: by_id[pk] for role, pk in chosen.items() if pk in by_id}
