"""Forms in which somebody keeps their own record."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import refusals
from partners.forms.versions import VersionedForm
from partners.models import Absence, Site, StaffMember, WorkingDay
from skills.models import Certification, LearningWish, Skill, SkillHeld

WIDTHS = {forms.DateField: 10, forms.TimeField: 5}
NOT_YET = "This day is in the future: enter today or an earlier day"
OVER = "These days are in the past: enter today or a later last day, or leave it empty"


class OwnForm(VersionedForm):
    """A record of somebody's own, with the table's refusals beside the field."""

    # What the table says, then beside which field it stands and in which words.
    beside = {}

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if width := WIDTHS.get(type(field)):
                field.widget.attrs["class"] = f"govuk-input--width-{width}"

    def _get_validation_exclusions(self):
        # Whose row it is was never asked, but the rules about it hold.
        kept = {"staff", "skill"} - self.fields.keys()
        return super()._get_validation_exclusions() - kept

    def _post_clean(self):
        super()._post_clean()
        for sentence in [*self.non_field_errors()]:
            self._put_beside(sentence)

    def _put_beside(self, sentence):
        if sentence not in self.beside:
            return
        errors = self.errors[NON_FIELD_ERRORS]
        errors.data = [one for one in errors.data if sentence not in one.messages]
        if not errors:
            del self.errors[NON_FIELD_ERRORS]
        self.add_error(*self.beside[sentence])

    def is_saved(self):
        """Whether it stands in the table now; if not, the form says why."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            self.refuse(error)
        return not self.errors

    def refuse(self, error):
        """Say what the table said to a save that lost a race."""
        sentence = refusals.sentence(error)
        if not sentence:
            raise error
        self.add_error(None, sentence)
        self._put_beside(sentence)


def _up_to_today(day):
    if day and day > timezone.localdate():
        raise ValidationError(NOT_YET)
    return day


class ContactForm(OwnForm):
    """How to reach somebody, and whether other partners may ask them."""

    whose = "your"
    called = {"base_site": "the site where you are based", "post": "your post"}

    class Meta:
        model = StaffMember
        fields = [
            "name",
            "post",
            "telephone",
            "mobile",
            "is_mobile_hidden",
            "base_site",
            "is_willing_to_help",
            "edition",
        ]

    def name_fields(self):
        sites = Site.objects.filter(partner=self.person.partner_id).order_by("name")
        self.fields["base_site"].queryset = sites
        self.fields["base_site"].empty_label = "No site, or it is not in the list"
        willing = self.fields["is_willing_to_help"]
        willing.label = "I am willing to help other partners"
        willing.help_text = "You are asked each time and can always say no"


class HeldForm(OwnForm):
    """How well somebody knows a skill."""

    called = {
        "since_on": "the day you learnt it",
        "last_used_on": "the day you last used it",
        "level": "the level that is most like you",
    }
    beside = {
        "This person already has that skill": (
            "level",
            "You already have this skill: change its level on your record",
        ),
        "“Last used” comes after “since”": (
            "last_used_on",
            "Enter a day you last used it that is not before you learnt it",
        ),
    }

    class Meta:
        model = SkillHeld
        fields = ["level", "can_teach", "since_on", "last_used_on", "edition"]
        widgets = {"level": forms.RadioSelect}

    def name_fields(self):
        self.fields["level"].label = "Which is most like you?"
        if not self.instance.pk:
            # A level that nobody chose is no declaration.
            self.initial["level"] = None
        self.fields["can_teach"].label = "I can teach it to others"
        self.fields["since_on"].label = "Since when? (optional)"
        self.fields["last_used_on"].label = "When did you last use it? (optional)"

    def clean_since_on(self):
        return _up_to_today(self.cleaned_data["since_on"])

    def clean_last_used_on(self):
        return _up_to_today(self.cleaned_data["last_used_on"])


class WishForm(OwnForm):
    """A skill somebody would like to learn."""

    called = {"skill": "a skill"}
    beside = {
        "This person already has that wish": (
            "skill",
            "This is already on your list to learn: choose another skill",
        )
    }

    class Meta:
        model = LearningWish
        fields = ["skill"]

    def name_fields(self):
        self.fields["skill"].queryset = Skill.objects.current()


class CertificationForm(OwnForm):
    """A certificate somebody holds."""

    called = {
        "name": "what the certificate is called",
        "awarded_by": "who awarded it",
        "awarded_on": "the day of the award",
        "expires_on": "the day it runs out",
        "skill": "the skill",
    }
    beside = {
        "This certificate is already in the list": (
            "name",
            "You already have this certificate from that day: change it on your record",
        ),
        "The expiry date must be after the award date": (
            "expires_on",
            "Enter a day it runs out that is not before the day of the award",
        ),
    }

    class Meta:
        model = Certification
        fields = [
            "name",
            "awarded_by",
            "skill",
            "awarded_on",
            "expires_on",
            "edition",
        ]

    def name_fields(self):
        labels = {
            "awarded_by": "Awarded by (optional)",
            "skill": "Which of your skills does it show? (optional)",
            "awarded_on": "Day of the award (optional)",
            "expires_on": "Expiry date (optional)",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields[
            "expires_on"
        ].help_text = "For example, 22 11 2026. Leave empty if it does not run out"
        shown = Skill.objects.filter(held_by__staff=self.person)
        if self.instance.skill_id:
            shown |= Skill.objects.filter(pk=self.instance.skill_id)
        self.fields["skill"].queryset = shown.distinct()
        self.fields["skill"].empty_label = "None of them"

    def clean_awarded_on(self):
        return _up_to_today(self.cleaned_data["awarded_on"])


class AbsenceForm(OwnForm):
    """Days somebody will be away; those that are over stay as they are."""

    called = {
        "begins_on": "the first day away",
        "ends_on": "the last day away",
        "cover": "who covers",
    }
    beside = {
        "Some of these days are already in another absence of this person": (
            "begins_on",
            (
                "You are already away on some of these days: change that "
                "absence or enter other days"
            ),
        ),
    }

    class Meta:
        model = Absence
        fields = ["begins_on", "ends_on", "cover", "edition"]

    def name_fields(self):
        colleagues = StaffMember.objects.in_post().exclude(pk=self.person.pk)
        kept = colleagues.filter(partner=self.person.partner_id)
        self.fields["cover"].queryset = kept.order_by("name_key", "pk")
        self.fields["cover"].empty_label = "Nobody yet"
        self.fields["cover"].label = "Who covers? (optional)"
        self.fields["ends_on"].label = "Last day away (optional)"
        self.fields[
            "ends_on"
        ].help_text = "For example, 22 11 2026. Leave empty if you do not know yet"

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        # Who came back early may say so; what was over before is not written now.
        is_new = not self.instance.pk
        if is_new and ends_on and ends_on < timezone.localdate():
            raise ValidationError(OVER)
        return ends_on


class DayForm(OwnForm):
    """The hours of one weekday; without hours it is a day off."""

    beside = {
        "The working day ends after it starts": (
            "ends_at",
            "Enter a time work ends that is later than it starts",
        )
    }

    class Meta:
        model = WorkingDay
        fields = ["starts_at", "ends_at", "edition"]

    def __init__(self, *args, **kwargs):
        self.day = kwargs["instance"].get_weekday_display()
        self.called = {
            "starts_at": f"when work starts on {self.day}",
            "ends_at": f"when work ends on {self.day}",
        }
        super().__init__(*args, **kwargs)

    def name_fields(self):
        for name in ("starts_at", "ends_at"):
            self.fields[name].required = False
            if not self.instance.pk:
                self.initial[name] = None
        if not self.instance.pk:
            self.initial["edition"] = 0

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if (starts_at is None) != (ends_at is None):
            name = "starts_at" if starts_at is None else "ends_at"
            self.add_error(name, f"Enter {self.called[name]}, or empty both")
        elif cleaned.get("edition") and not self.instance.pk and ends_at:
            self._put("edition", "0")
            self.add_error(
                None, (f"{self.day} has been removed by somebody else: save again")
            )
        return cleaned
