"""Asking a long history for part of it."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from partners.forms.plain_english import PlainEnglishForm
from partners.history import changes, pages
from partners.models import Appointment, StaffMember, Transfer, User
from partners.standing import PARTNERSHIP_COORDINATOR

TOO_FAR = "Enter a day within the last hundred years"


class HistoryForm(PlainEnglishForm, forms.Form):
    """Whose record, changed by whom, of which kind, from which day until which."""

    person = forms.TypedChoiceField(
        label="Whose record", required=False, coerce=int, empty_value=None
    )
    who = forms.TypedChoiceField(
        label="Changed by", required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(label="Kind of record", required=False)
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="Until", required=False)

    called = {"since": "the first day", "until": "the last day", "who": "who"}

    def __init__(self, data, *, partner, sources, reader):
        self.people, self.logins = _people(partner), _logins(partner, reader)
        self.kinds = _kinds(sources)
        super().__init__(data)

    def name_fields(self):
        everybody = [("", "Everybody")]
        nobody = [(pages.SET_UP, changes.NOBODY)]
        self.fields["person"].choices = everybody + self.people
        self.fields["who"].choices = everybody + self.logins + nobody
        self.fields["kind"].choices = [("", "All kinds"), *self.kinds]

    def clean_since(self):
        return _near(self.cleaned_data["since"])

    def clean_until(self):
        return _near(self.cleaned_data["until"])

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a last day that is not before the first day")
        return cleaned

    def wanted(self) -> pages.HistoryFilter | None:
        """What is asked for; None where that was not understood."""
        return pages.HistoryFilter(**self.cleaned_data) if self.is_valid() else None

    def said(self) -> dict[str, list[str]]:
        """The filters that are on, as they stand in the address."""
        return {
            name: self.data.getlist(name) for name in self.fields if name in self.data
        }


def _near(day):
    """No day so far away that a clock cannot tell it."""
    century = timedelta(days=36_525)
    if day and abs(day - timezone.localdate()) > century:
        raise forms.ValidationError(TOO_FAR)
    return day


def _kinds(sources):
    kinds = {s.kind: capfirst(s.model._meta.verbose_name_plural) for s in sources}
    return sorted(kinds.items(), key=lambda kind: kind[1])


def _people(partner):
    """Those of the partner, and those it released since, as the reader may name."""
    released = Transfer.objects.filter(from_partner=partner, state="done")
    in_post = StaffMember.objects.in_post().order_by()
    elsewhere = in_post.filter(pk__in=released.values("staff")).values("pk")
    people = StaffMember.objects.filter(Q(partner=partner) | Q(pk__in=elsewhere))
    return list(people.values_list("pk", "name"))


def _logins(partner, reader):
    """Who has or had to do with the partner's records, by the names they go by."""
    roles = Appointment.objects.filter(
        Q(partner=partner) | Q(role=PARTNERSHIP_COORDINATOR)
    )
    people = StaffMember.objects.filter(partner=partner, user__isnull=False)
    keys = {
        *roles.order_by().values_list("user", flat=True),
        *people.order_by().values_list("user", flat=True),
    }
    named = changes.display_names(User, keys, reader)
    told = [(pk, name) for pk, name in named.items() if name != changes.LEAVER]
    return sorted(told, key=lambda login: login[1].casefold())
