"""The form by which one skill is said to be broader, narrower or related."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from partners.forms.plain_english import PlainEnglishForm
from skills.catalogue.names import near_names, tidy
from skills.catalogue.relations import Side
from skills.matching.text import normalise_key
from skills.models import Skill

_OFFERED = 8
WHICH_KIND = "Choose whether the other skill is broader, narrower or related"
WHICH_SKILL = "Choose which of these skills you mean, or write another name"
NO_SOURCE = "Enter where it comes from"
_KINDS = [
    (Side.BROADER, "Broader: it takes this skill in, and more"),
    (Side.NARROWER, "Narrower: it is a part or a kind of this skill"),
    (Side.RELATED, "Related: people ask for it instead, or together with this skill"),
]


class RelationForm(PlainEnglishForm, forms.Form):
    """Another skill, by any name, and what it is to this one."""

    kind = forms.ChoiceField(
        label="What is the other skill to this one?",
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": WHICH_KIND},
    )
    other = forms.CharField(
        label="Other skill",
        max_length=100,
        help_text="Any name you know it by: a product, an abbreviation, a former name",
        widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label="Where it comes from", max_length=200, initial="field knowledge"
    )
    called = {
        "kind": "what the other skill is to this one",
        "other": "the name of the other skill",
        "source": "where it comes from",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.meant = []
        if self.is_bound:
            self._offer(tidy(self.data.get("other", ""))[:100])

    def _offer(self, words):
        """Where the words are no skill's name, or several's, a choice of skills."""
        named = _named(words)
        self.meant = named or _likely(words)
        if self.meant and len(named) != 1:
            self.fields["choice"] = forms.ChoiceField(
                label="Which skill do you mean?",
                choices=[(str(skill.pk), skill.name) for skill in self.meant],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": WHICH_SKILL},
            )
            self.order_fields(["kind", "other", "choice"])

    def clean_other(self):
        words = tidy(self.cleaned_data["other"])
        if not self.meant:
            raise ValidationError(
                f"No skill is called “{words}”: look it up in the list of skills"
            )
        return words

    def clean_source(self):
        if source := tidy(self.cleaned_data["source"]):
            return source
        raise ValidationError(NO_SOURCE)

    def clean(self):
        cleaned = super().clean()
        is_asking = "choice" in self.fields and not cleaned.get("choice")
        if is_asking and not {"choice", "other"} & {*self.errors}:
            self.add_error("choice", WHICH_SKILL)
        return cleaned

    def chosen(self):
        """What `add_relation` takes; only when valid."""
        choice = self.cleaned_data.get("choice") or str(self.meant[0].pk)
        [other] = [skill for skill in self.meant if str(skill.pk) == choice]
        side, source = self.cleaned_data["kind"], self.cleaned_data["source"]
        return {"other": other, "side": side, "source": source}


def _named(words):
    """The current skills of exactly this name: the catalogue's own name is one."""
    key = normalise_key(words)
    named = Skill.objects.current().filter(Q(key=key) | Q(aliases__key=key)).distinct()
    found = list(named[:_OFFERED]) if key else []
    return [skill for skill in found if skill.key == key] or found


def _likely(words):
    """What the words look like; where they look like nothing, what they might be."""
    near = near_names(words)
    likely = [one.skill for one in near if not one.is_guess]
    return likely or [one.skill for one in near]
