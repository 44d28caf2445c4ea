"""Forms that put somebody on duty, or take somebody off."""

from django import forms
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from partners.models import StaffMember
from rota.duties import cover
from rota.duties.changes import Assignment, Window
from rota.formatting import wall_span
from rota.forms.spans import SpanForm, as_fields, next_minute
from rota.loading import people_of
from rota.models import Duty, DutyChange, Role, Rota
from rota.models.role import MOST_PLACES
from rota.scheduling import clock

NOBODY = "nobody"
WITHIN = "Enter a time within the duty: {}"
TOO_LATE = "This time has passed: enter a time from now on"
GO_AHEAD = "Override (reason given)"


class ArrangeForm(SpanForm):
    """Somebody for a window of a place, checked before it is written."""

    person = forms.ChoiceField(label="Who is on duty")
    why = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        help_text=(
            "The people involved and the coordinators can read this. Do "
            "not mention anybody’s health"
        ),
    )
    go_ahead = forms.BooleanField(label=GO_AHEAD, required=False)

    called = {"person": "who is on duty"}
    kind = DutyChange.Kind.COVER
    cause = Duty.Cause.COVER

    def __init__(self, *args, user, rota, choices, **kwargs):
        super().__init__(*args, rota=rota, **kwargs)
        self.user, self.rota = user, rota
        self.fields["person"].choices = choices
        self.order_fields(["person", *SpanForm.base_fields, "why", "go_ahead"])
        if not self.is_bound:
            del self.fields["go_ahead"]

    def clean(self):
        cleaned = super().clean()
        span = self.span(cleaned)
        if span and not self.errors:
            cleaned["window"] = self.window(*span)
        return cleaned

    def window(self, starts_at, ends_at) -> Window:
        raise NotImplementedError

    def owner(self) -> int:
        """The partner that owes somebody where nobody is named."""
        raise NotImplementedError

    def arrangement(self) -> dict:
        """What was asked for, as `cover.arrange` takes it."""
        chosen = self.cleaned_data["person"]
        person = None if chosen == NOBODY else StaffMember.objects.get(pk=chosen)
        partner = person.partner_id if person else self.owner()
        window = self.cleaned_data["window"]
        return {
            "kind": self.kind,
            "put": [Assignment(window, partner, person and person.pk, self.cause)],
            "why": self.cleaned_data["why"],
            "go_ahead": self.cleaned_data.get("go_ahead", False),
        }


class CoverForm(ArrangeForm):
    """Somebody else for a duty or a part of it; what is left stays as it is."""

    def __init__(self, *args, duty: Duty, **kwargs):
        self.duty = duty
        starts_at = max(duty.starts_at, next_minute())
        kwargs["initial"] = {
            **as_fields(starts_at, duty.rota.zone, "from"),
            **as_fields(duty.ends_at, duty.rota.zone, "until"),
        }
        super().__init__(*args, rota=duty.rota, **kwargs)

    def window(self, starts_at, ends_at):
        duty = self.duty
        if starts_at < duty.starts_at:
            self.add_error("from_time", WITHIN.format(wall_span(duty, duty.rota)))
        if ends_at > duty.ends_at:
            self.add_error("until_time", WITHIN.format(wall_span(duty, duty.rota)))
        if starts_at < timezone.now():
            self.add_error("from_time", TOO_LATE)
        return None if self.errors else Window.of(duty, starts_at, ends_at)

    def owner(self):
        return self.duty.partner_id


class CorrectionForm(CoverForm):
    """Who was really on duty: the past is corrected only with a reason."""

    kind = DutyChange.Kind.CORRECTION
    cause = Duty.Cause.COVER

    def __init__(self, *args, duty, **kwargs):
        super().__init__(*args, duty=duty, **kwargs)
        self.initial |= as_fields(duty.starts_at, duty.rota.zone, "from")
        self.fields["why"].required = True
        self.fields["why"].error_messages["required"] = (
            "Say why you are correcting the past"
        )
        self.fields["person"].label = "Who was on duty"

    def window(self, starts_at, ends_at):
        duty = self.duty
        inside = duty.starts_at <= starts_at and ends_at <= duty.ends_at
        if not inside:
            self.add_error("from_time", WITHIN.format(wall_span(duty, duty.rota)))
        return Window.of(duty, starts_at, ends_at) if inside else None


class AssignForm(ArrangeForm):
    """Somebody for hours nobody has yet."""

    role = forms.ChoiceField(label="Role", choices=Role)
    place = forms.IntegerField(
        label="Place",
        min_value=1,
        max_value=MOST_PLACES,
        help_text="1 unless the hours need more than one person",
        error_messages={
            "min_value": "Enter a place from 1 to 9",
            "max_value": "Enter a place from 1 to 9",
        },
    )

    kind = DutyChange.Kind.ASSIGNED
    cause = Duty.Cause.ASSIGNED

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.attrs["class"] = "govuk-input--width-2"
        self.order_fields(["person", "role", "place", *SpanForm.base_fields, "why"])

    def window(self, starts_at, ends_at):
        if starts_at < timezone.now():
            self.add_error("from_time", TOO_LATE)
            return None
        role, place = self.cleaned_data["role"], self.cleaned_data["place"]
        return Window(self.rota.pk, role, place, starts_at, ends_at)

    def owner(self):
        return self.user.standing.partner_id


class UnableForm(SpanForm):
    """From when until when somebody can’t do it; until further notice if empty."""

    called = {"from_on": "the day", "from_time": "the time"}

    def __init__(self, *args, rota, **kwargs):
        kwargs["initial"] = as_fields(next_minute(), rota.zone, "from")
        super().__init__(*args, rota=rota, **kwargs)
        for name in ("until_on", "until_time"):
            self.fields[name].required = False
        hint = "Leave the end empty if you do not know it yet"
        self.fields["until_on"].help_text = hint

    def clean(self):
        cleaned = super().clean()
        is_open = not (cleaned.get("until_on") or cleaned.get("until_time"))
        if is_open and not self.errors:
            at = clock.begins(cleaned["from_on"], cleaned["from_time"], self.zone)
            return cleaned | {"span": (at, None)}
        for name in ("until_on", "until_time"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Enter both the day and the time of the end")
        span = None if self.errors else self.span(cleaned)
        return cleaned | {"span": span}


def ranked(found: list[cover.Candidate], user, *, leave_open: str = "") -> list:
    """The people of a list of candidates whom this login may put, the best first."""
    mine = [c for c in found if user.standing.coordinates_partner(c.person.partner_id)]
    ready = [_choice(c.person) for c in mine if c.is_ready]
    others = [_choice(c.person) for c in mine if not c.is_ready]
    choices = [("", "Choose somebody")]
    choices += [("Available", ready)] if ready else []
    choices += [("Available with a warning", others)] if others else []
    return choices + ([(NOBODY, leave_open)] if leave_open else [])


def everybody(rota: Rota, user) -> list:
    """The people this login may put on a rota, by name."""
    people = people_of(rota).select_related("partner")
    return [("", "Choose somebody")] + [
        _choice(person)
        for person in people
        if user.standing.coordinates_partner(person.partner_id)
    ]


def _choice(person):
    return str(person.pk), f"{person.name}, {person.partner.short_name}"


class ExchangeForm(PlainEnglishForm, forms.Form):
    """The duty of a colleague that is given for this one."""

    other = forms.TypedChoiceField(
        label="Exchange with",
        coerce=int,
        help_text="Both people take the other’s duty, for all of its hours",
    )
    why = forms.CharField(label="Why", max_length=500, required=False)
    go_ahead = forms.BooleanField(label=GO_AHEAD, required=False)
    called = {"other": "the duty to exchange with"}

    def __init__(self, *args, duty: Duty, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.duty = duty
        self.others = {other.pk: other for other in others}
        self.fields["other"].choices = [("", "Choose a duty")] + [
            (pk, f"{other.staff.name}: {wall_span(other, duty.rota)}")
            for pk, other in self.others.items()
        ]
        if not self.is_bound:
            del self.fields["go_ahead"]

    def arrangement(self) -> dict:
        """What was asked for, as `cover.arrange` takes it."""
        other = self.others[self.cleaned_data["other"]]
        return {
            "kind": DutyChange.Kind.ASSIGNED,
            "put": cover.exchange(self.duty, other),
            "why": self.cleaned_data["why"],
            "go_ahead": self.cleaned_data.get("go_ahead", False),
        }
