"""The forms of a rota itself: what it covers, who takes part, and its end."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import timezone
from django.utils.text import slugify

from partners.models import Partner
from rota.forms.keeping import KeptForm, number_field
from rota.models import Rota, RotationMember
from skills.matching.catalogue import normalise_key

TAKEN_ADDRESS = "This short name is taken by another page: enter a different one"
NO_ADDRESS = "Enter a short name with letters, digits and hyphens only"
NO_PARTNER = "Choose at least one partner"
STILL_IN = "{} still takes turns in {}: enter the day it leaves there first"
PARTNERS_CHANGED = (
    "Somebody else has changed the partners. Your changes are "
    "not saved yet: compare both versions, then save again to "
    "keep yours"
)
TOO_EARLY = "Enter today or a later date"


def taken_words():
    """The words that stand where a rota's short name would."""
    patterns = get_resolver("rota.urls").url_patterns
    first = {str(found.pattern).split("/")[0] for found in patterns}
    return {word for word in first if "<" not in word}


class RotaForm(KeptForm):
    """What a rota covers, for which partners, and how soon somebody answers."""

    members = forms.ModelMultipleChoiceField(
        Partner.objects.none(),
        label="Partners that take part",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list", "invalid_pk_value"),
            NO_PARTNER,
        ),
    )
    # Who took part when the page was opened: a rota and its partners are two tables.
    members_read = forms.CharField(
        required=False, max_length=5000, widget=forms.HiddenInput
    )
    answer_within = number_field(
        "Answers within",
        1440,
        "Enter from 1 to 1,440 minutes",
        initial=15,
        help_text="Minutes until somebody answers the phone",
    )
    on_site_within = number_field(
        "On site within (optional)",
        1440,
        "Enter from 1 to 1,440 minutes",
        required=False,
        help_text=(
            "Minutes until somebody is on site. Leave empty if there are no site visits"
        ),
    )
    ring_next_after = number_field(
        "Ring the next person after",
        120,
        "Enter from 1 to 120 minutes",
        initial=15,
        help_text="Minutes without an answer before you ring the next person",
    )
    field_order = [
        *("name", "slug", "covers", "members", "time_zone", "answer_within"),
        *("on_site_within", "response_terms", "ring_next_after", "last_resort"),
    ]
    settled = frozenset()
    called = {
        "name": "what the rota is called",
        "slug": "the short name",
    }

    class Meta:
        model = Rota
        fields = [
            *("name", "slug", "covers", "time_zone", "answer_within"),
            *("on_site_within", "response_terms", "ring_next_after", "last_resort"),
            "edition",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = self._members_now()
        offered = Partner.objects.current() | Partner.objects.filter(pk__in=now)
        self.fields["members"].queryset = offered.distinct().order_by("name")
        self.initial |= {"members": now, "members_read": _listed(now)}

    def name_fields(self):
        self.fields["slug"].required = False
        self.fields[
            "slug"
        ].help_text = "Letters, digits and hyphens. Leave empty to use the name"

    def _members_now(self):
        if not self.instance.pk:
            return []
        return sorted(self.instance.memberships.values_list("partner", flat=True))

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not normalise_key(name):
            raise ValidationError("Enter a name with letters or digits")
        return name

    def clean(self):
        self._make_slug()
        cleaned = super().clean()
        self._refuse_those_in_turn(cleaned.get("members"))
        if not self.differences and self._are_members_behind(cleaned):
            self._show_both()
            self._put("members_read", _listed(self._members_now()))
        return cleaned

    def _make_slug(self):
        if {"slug", "name"} & {*self.errors}:
            return
        slug = self.cleaned_data["slug"] or slugify(self.cleaned_data["name"])[:60]
        if not slug:
            self.add_error("slug", NO_ADDRESS)
        elif slug in taken_words():
            self.add_error("slug", TAKEN_ADDRESS)
        else:
            self.cleaned_data["slug"] = slug

    def _refuse_those_in_turn(self, chosen):
        if chosen is None or not self.instance.pk:
            return
        today = timezone.localdate()
        inside = RotationMember.objects.filter(rotation__rota=self.instance)
        for member in inside.select_related("staff__partner", "partner", "rotation"):
            partner = member.staff.partner if member.staff else member.partner
            if partner not in chosen and not (
                member.until_on and member.until_on <= today
            ):
                sentence = STILL_IN.format(partner, member.rotation.name)
                self.add_error("members", sentence)
                return

    def _are_members_behind(self, cleaned):
        if not self.instance.pk or "members" not in cleaned:
            return False
        now = self._members_now()
        chosen = sorted(partner.pk for partner in cleaned["members"])
        return chosen != now and cleaned.get("members_read") != _listed(now)

    def _differences(self):
        yield from super()._differences()
        now = {*self._members_now()}
        mine = self.cleaned_data.get("members")
        if mine is not None and {p.pk for p in mine} != now:
            theirs = Partner.objects.filter(pk__in=now)
            yield "Partners that take part", _named(mine), _named(theirs)

    def _who_was_first(self):
        if self.cleaned_data.get("edition") == self.instance.version:
            return PARTNERS_CHANGED
        return super()._who_was_first()

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.partners.set(self.cleaned_data["members"])


def _listed(keys):
    return "-".join(map(str, keys))


def _named(partners):
    return ", ".join(sorted(p.short_name for p in partners)) or "nothing"


class ClosingForm(KeptForm):
    """From which day a rota is no longer in use."""

    settled = frozenset()
    called = {"closed_on": "the first day it is no longer in use"}

    class Meta:
        model = Rota
        fields = ["closed_on", "edition"]
        labels = {"closed_on": "First day it is no longer in use"}
        help_texts = {
            "closed_on": "For example, 22 11 2026. Leave empty to keep it in use"
        }

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        is_new = day != self.instance.closed_on
        if day and is_new and day < timezone.localdate():
            raise ValidationError(TOO_EARLY)
        return day
