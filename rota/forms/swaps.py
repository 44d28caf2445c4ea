"""Forms in which a duty is asked to be taken, and the request answered."""

from django import forms

from partners.forms.plain_english import PlainEnglishForm
from partners.models import StaffMember
from rota.duties import cover, swaps
from rota.formatting import wall_span
from rota.forms.covering import GO_AHEAD
from rota.forms.spans import SpanForm, as_fields, next_minute
from rota.models import Duty, Swap

PICK = {
    Swap.Kind.OPEN: "Anybody on the rota who can",
    Swap.Kind.NAMED: "People I choose",
    Swap.Kind.EXCHANGE: "Somebody I exchange duties with",
}


class AskForm(SpanForm):
    """Who to take which hours."""

    kind = forms.ChoiceField(
        label="Who", choices=PICK.items(), widget=forms.RadioSelect
    )
    people = forms.TypedMultipleChoiceField(
        label="People",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Best matches first",
    )
    offered = forms.TypedChoiceField(
        label="Their duty",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="You take all of it in exchange",
    )
    why = forms.CharField(label="Message", max_length=500, required=False)
    called = {"kind": "who to ask", "people": "the people to ask"}

    def __init__(self, *args, duty: Duty, others, **kwargs):
        self.duty = duty
        self.others = {other.pk: other for other in others}
        kwargs["initial"] = {
            "kind": Swap.Kind.OPEN,
            **as_fields(max(duty.starts_at, next_minute()), duty.rota.zone, "from"),
            **as_fields(duty.ends_at, duty.rota.zone, "until"),
        }
        super().__init__(*args, rota=duty.rota, **kwargs)
        self.fields["people"].choices = [
            (c.person.pk, f"{c.person.name}, {c.person.partner.short_name}")
            for c in cover.candidates(duty)[:30]
        ]
        self.fields["offered"].choices = [("", "Choose a duty")] + [
            (pk, f"{other.staff.name}: {wall_span(other, duty.rota)}")
            for pk, other in self.others.items()
        ]
        if duty.staff_id is None:
            self._leave_out_exchange()
        self.order_fields(["kind", "people", "offered"])

    def _leave_out_exchange(self):
        del self.fields["offered"]
        self.fields["kind"].choices = list(PICK.items())[:2]

    def clean(self):
        cleaned = super().clean()
        kind, span = cleaned.get("kind"), self.span(cleaned)
        if kind == Swap.Kind.NAMED and not cleaned.get("people"):
            self.add_error("people", "Choose at least one person to ask")
        if kind == Swap.Kind.EXCHANGE and not cleaned.get("offered"):
            self.add_error("offered", "Choose the duty to exchange with")
        return cleaned | {"span": span}

    def request(self) -> dict:
        """What was asked for, as `swaps.ask` takes it."""
        asked = self.cleaned_data
        starts_at, ends_at = asked["span"]
        request = {"starts_at": starts_at, "ends_at": ends_at, "why": asked["why"]}
        if asked["kind"] == Swap.Kind.NAMED:
            request["asked"] = list(StaffMember.objects.filter(pk__in=asked["people"]))
        if asked["kind"] == Swap.Kind.EXCHANGE:
            request["offered"] = self.others[asked["offered"]]
        return request


class AnswerForm(PlainEnglishForm, forms.Form):
    """Who takes the duty, or says no; a warning is overruled with a reason."""

    person = forms.TypedChoiceField(label="Who would take it", coerce=int)
    why = forms.CharField(label="Message or reason", max_length=500, required=False)
    go_ahead = forms.BooleanField(label=GO_AHEAD, required=False)
    called = {"person": "who would take it"}

    def __init__(self, *args, user, swap: Swap, **kwargs):
        super().__init__(*args, **kwargs)
        people = list(swaps.people_to_ask(swap, user))
        self.people = {person.pk: person for person in people}
        choices = [(pk, f"{p.name}, {p.partner}") for pk, p in self.people.items()]
        field = self.fields["person"]
        if user.standing.staff_id in self.people:
            field.initial = user.standing.staff_id
        field.choices = choices if len(choices) == 1 else [("", "Choose"), *choices]
        if not self.is_bound:
            del self.fields["go_ahead"]

    @property
    def taker(self) -> StaffMember:
        """Whoever would take the duty."""
        return self.people[self.cleaned_data["person"]]
