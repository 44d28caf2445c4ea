"""Forms about what the catalogue holds and by which names."""

from django import forms
from django.core.exceptions import ValidationError

from partners.forms.plain_english import PlainEnglishForm
from partners.forms.versions import VersionedForm
from skills.catalogue.merge_plan import refuse_unlike
from skills.catalogue.names import (
    collision_sentence,
    collisions,
    near_names,
    skill_named,
    tidy,
)
from skills.matching.text import normalise_key
from skills.models import Alias, Level, Skill, SkillProposal

NONE_OF_THESE = "none"
NO_NAME = "Enter a name with letters or digits"


def _named(text):
    """A name as it is kept; raises ValidationError where nothing is left of it."""
    name = tidy(text)
    if not normalise_key(name):
        raise ValidationError(NO_NAME)
    return name


class MeansBoth(forms.Form):
    """Warns of a name that means another skill too, until told that it does."""

    means_both = forms.BooleanField(
        label="Yes, it means both",
        required=False,
        widget=forms.HiddenInput,
        help_text="A search for it then offers each of these skills",
    )

    def warn_of_collisions(self, text, skill, field):
        """Asks once, beside the field; ticked, the name is kept."""
        found = collisions(text, skill and skill.pk)
        if found:
            self.fields["means_both"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("means_both"):
                self.add_error("means_both", collision_sentence(found))
        if skill and normalise_key(text) == skill.key:
            self.add_error(field, f"That is already the name of {skill.name}")


class AliasForm(MeansBoth, VersionedForm):
    """Another name of a skill, in the page and in the administration."""

    source_address = forms.URLField(
        label="Web address of the source",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="If there is one",
    )
    called = {"source_address": "the address of the source", "text": "the other name"}

    class Meta:
        model = Alias
        fields = ["text", "kind", "source", "source_address"]
        labels = {"text": "Other name", "source": "Where it comes from"}

    def clean_text(self):
        return _named(self.cleaned_data["text"])

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("text")
        if text and "text" in self.changed_data:
            skill = Skill.objects.filter(pk=self.instance.skill_id).first()
            self.warn_of_collisions(text, skill, "text")
        return cleaned


class SameSkillForm(MeansBoth, PlainEnglishForm, forms.Form):
    """Words that are another name of a skill which is there already."""

    skill = forms.CharField(
        label="Skill it is another name of",
        max_length=100,
        help_text="The name in the catalogue, or another name of it",
    )
    kind = forms.ChoiceField(choices=Alias.Kind, initial=Alias.Kind.OTHER)
    called = {"skill": "the skill it is another name of", "kind": "the kind of name"}

    def __init__(self, *args, words, may_be_known=False, **kwargs):
        self.words, self.may_be_known = words, may_be_known
        super().__init__(*args, **kwargs)

    def clean_skill(self):
        return skill_named(self.cleaned_data["skill"])

    def clean(self):
        cleaned = super().clean()
        skill = cleaned.get("skill")
        if skill and not (self.may_be_known and normalise_key(self.words) == skill.key):
            self.warn_of_collisions(self.words, skill, "skill")
        return cleaned


class NewSkillForm(PlainEnglishForm, forms.ModelForm):
    """A new skill of the catalogue, as the partnership coordinator names it."""

    called = {"name": "the name", "description": "the description"}

    class Meta:
        model = Skill
        fields = ["name", "category", "kind", "description"]

    def clean_name(self):
        name = _named(self.cleaned_data["name"])
        taken = Skill.objects.filter(key=normalise_key(name)).first()
        if taken and taken.retired_on:
            raise ValidationError(
                f"“{taken}” is a retired skill: bring it back instead"
            )
        if taken:
            raise ValidationError(f"“{taken}” is already in the catalogue")
        return name


class DeclineForm(PlainEnglishForm, forms.Form):
    """Why a proposal has been declined: the proposer reads it."""

    reason = forms.CharField(
        max_length=600,
        widget=forms.Textarea,
        help_text="The person who proposed it reads this",
    )
    called = {"reason": "the reason"}


class ProposalForm(PlainEnglishForm, forms.ModelForm):
    """A skill somebody misses; the names near it are shown before it is sent."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    called = {
        "name": "the name of the skill",
        "description": "what it is",
        "why": "why it is missed",
    }

    class Meta:
        model = SkillProposal
        fields = ["name", "description", "category", "why", "level"]

    def __init__(self, *args, has_record, **kwargs):
        super().__init__(*args, **kwargs)
        self.near, self.is_asking, self.chosen = [], False, None
        self.fields["level"].choices = [("", "I do not hold it"), *Level.choices]
        if not has_record:
            del self.fields["level"]
        if self.is_bound:
            self._offer_near_names(tidy(self.data.get("name", ""))[:100])

    def _offer_near_names(self, name):
        self.near = near_names(name) if normalise_key(name) else []
        if not self.near:
            return
        choices = [(str(near.skill.pk), near.label) for near in self.near]
        choice = forms.ChoiceField(
            label="Is it one of these?",
            choices=[*choices, (NONE_OF_THESE, "None of these: propose it")],
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose one of these skills, or none"},
        )
        self.fields = {"choice": choice, **self.fields}
        key = normalise_key(name)
        self.is_asking = self.data.get("asked") != key
        self.data = self.data.copy()
        self.data["asked"] = key
        if self.is_asking:
            self.data.pop("choice", None)

    def clean_name(self):
        return _named(self.cleaned_data["name"])

    def clean(self):
        cleaned = super().clean()
        choice = cleaned.get("choice")
        if not self.near or self.is_asking or "choice" in self.errors:
            return cleaned
        if not choice:
            self.add_error("choice", "Choose one of these skills, or none")
        elif choice != NONE_OF_THESE:
            self.chosen = int(choice)
        else:
            self._refuse_known_name(cleaned.get("name"))
        return cleaned

    def _refuse_known_name(self, name):
        for near in self.near:
            if near.skill.key == normalise_key(name or ""):
                sentence = f"“{near.skill}” is already in the catalogue: choose it"
                self.add_error("choice", sentence)


class OtherSkillForm(PlainEnglishForm, forms.Form):
    """The skill into which another is merged."""

    skill = forms.CharField(
        label="Merge it into",
        max_length=100,
        help_text="The name in the catalogue, or another name of it",
    )
    called = {"skill": "the skill that stays"}

    def __init__(self, *args, merged, **kwargs):
        self.merged = merged
        super().__init__(*args, **kwargs)

    def clean_skill(self):
        found = skill_named(self.cleaned_data["skill"])
        refuse_unlike(self.merged, found)
        return found


class MergeForm(forms.Form):
    """Says which preview somebody read."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False)


class UndoForm(forms.Form):
    """Says whether what was edited since a merge is left as it is."""

    leaves_edited = forms.BooleanField(
        label="Undo the rest and keep these rows",
        required=False,
        widget=forms.HiddenInput,
    )

    def ask(self, number):
        """Tell of rows edited since, and offer to leave them."""
        self.fields["leaves_edited"].widget = forms.CheckboxInput()
        rows = "1 row was" if number == 1 else f"{number} rows were"
        self.add_error(
            "leaves_edited",
            f"{rows} edited or removed since the merge, so nothing is undone yet: look "
            "at what follows, then tick the box and undo, or leave the merge as it is",
        )
