"""Duties and gaps of a quarter, ticked and given to somebody."""

from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partners.forms.plain_english import PlainEnglishForm
from partners.models import StaffMember
from rota.duties import cover
from rota.duties.calendar import Entry
from rota.duties.changes import Assignment, Window, put_instead
from rota.forms.covering import GO_AHEAD
from rota.models import Duty, DutyChange, Rota
from rota.scheduling import clock

MOST = 100


def tick(entry: Entry) -> str:
    """What a ticked row is called: a duty by its number, a gap by its hours."""
    if entry.duty:
        return f"duty {entry.duty.pk} {_utc(entry.starts_at)}"
    # Its beginning may be now, and a little later when it is sent.
    return f"gap {entry.role} {_utc(entry.ends_at)}"


def _utc(moment):
    return f"{moment.astimezone(clock.UTC):%Y-%m-%dT%H:%M:%S}"


class PlannerForm(PlainEnglishForm, forms.Form):
    """Who is given the duties and gaps that are ticked."""

    person = forms.ChoiceField(label="Reassign to")
    why = forms.CharField(label="Why", max_length=500, required=False)
    go_ahead = forms.BooleanField(label=GO_AHEAD, required=False)
    called = {"person": "who to reassign to"}

    def __init__(self, *args, user, rota: Rota, choices, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.rota, self.change = user, rota, None
        self.rows = {tick(row): row for row in rows}
        self.fields["person"].choices = choices
        self.ticked = set(self.data.getlist("ticked")) if self.is_bound else set()
        if not self.is_bound:
            del self.fields["go_ahead"]

    def clean(self):
        cleaned = super().clean()
        chosen = [self.rows[name] for name in sorted(self.ticked & set(self.rows))]
        if not chosen or len(chosen) != len(self.ticked):
            raise ValidationError(
                "Tick at least one duty or gap"
                if not self.ticked
                else (
                    "Some of what you ticked has since changed: check it and tick again"
                )
            )
        if len(chosen) > MOST:
            raise ValidationError(f"Tick {MOST} or fewer at one time")
        if not self.errors:
            self._give(cleaned, chosen)
        return cleaned

    def _give(self, cleaned, chosen):
        person = StaffMember.objects.select_related("partner").get(pk=cleaned["person"])
        try:
            self.change = cover.arrange(
                by=self.user,
                kind=DutyChange.Kind.ASSIGNED,
                put=[self._put(row, person) for row in chosen],
                why=cleaned["why"],
                go_ahead=cleaned.get("go_ahead", False),
            )
        except PermissionDenied as error:
            self.add_error(None, str(error))
        except ValidationError as error:
            self.add_error(None, error)

    def _put(self, row, person):
        now = timezone.now()
        if row.duty:
            cause = Duty.Cause.ASSIGNED
            hours = {"from_at": max(row.starts_at, now), "until_at": row.ends_at}
            return put_instead(row.duty, person, cause, **hours)
        place = self._free_place(row)
        starts_at: datetime = max(row.starts_at, now)
        window = Window(self.rota.pk, row.role, place, starts_at, row.ends_at)
        return Assignment(window, person.partner_id, person.pk)

    def _free_place(self, row):
        """The first place nobody has for all of a gap."""
        taken = {
            other.duty.place
            for other in self.rows.values()
            if other.duty
            and other.role == row.role
            and other.starts_at < row.ends_at
            and other.ends_at > row.starts_at
        }
        return next(place for place in range(1, 10) if place not in taken)
