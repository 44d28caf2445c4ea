"""Rows that belong to what decides a rota: an order of people, days, skills."""

from django import forms
from django.core.exceptions import ValidationError

from partners.forms.versions import EditedRows
from rota.forms.keeping import KeptForm, number_field
from rota.loading import people_of
from rota.models import (
    DemandSkill,
    DemandTemplate,
    MemberExclusion,
    Rota,
    Rotation,
    RotationMember,
)
from skills.models import Skill

MOST_ROWS = 200
POSITION = "Enter a number from 1 to 200"


class KeptRows(EditedRows):
    """Rows of which some may be empty, each with its own words for “Delete”."""

    removal = "Remove"
    # What each form is given beside its row.
    shared = {}

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | self.shared

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = self.removal

    @property
    def errors_told(self):
        """Every error with the field it stands beside, for the summary."""
        for form in self.forms:
            anchor = form.visible_fields()[0].id_for_label
            for sentence in form.non_field_errors():
                yield anchor, f"{form.title}: {sentence}"
            for field in form:
                for sentence in field.errors:
                    yield field.id_for_label, f"{form.title}: {sentence}"


class RowForm(KeptForm):
    """One row; its title says whose it is wherever several are shown."""

    @property
    def title(self):
        return str(self.instance) if self.instance.pk else "New row"


class MemberForm(RowForm):
    """A person in the order, or a partner that will name somebody."""

    settled = frozenset({"rotation", "staff", "partner"})
    who = forms.ChoiceField(label="Person or partner", required=False)
    position = number_field("Number in the order", MOST_ROWS, POSITION, required=False)
    field_order = ["who", "position", "since_on", "until_on", "edition"]
    called = {
        "since_on": "the day somebody joins",
        "until_on": "the first day somebody is no longer in it",
        "who": "somebody",
    }

    class Meta:
        model = RotationMember
        fields = ["position", "since_on", "until_on", "edition"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["who"]
        else:
            self.fields["who"].choices = people
        # Where it stood, before what was typed: a tie goes by the direction.
        self.stood = self.instance.position if self.instance.pk else None

    def clean(self):
        cleaned = super().clean()
        if "who" in self.fields and "who" not in self.errors:
            self._take_who(cleaned.get("who") or "")
        if cleaned.get("position") is None and "position" not in self.errors:
            cleaned["position"] = self.stood or MOST_ROWS
        return cleaned

    def _take_who(self, said):
        kind, _, pk = said.partition("-")
        if not pk:
            self.add_error("who", "Choose a person or a partner")
            return
        self.instance.staff_id = int(pk) if kind == "staff" else None
        self.instance.partner_id = int(pk) if kind == "partner" else None

    @property
    def place_wanted(self):
        """Where it goes: of two with one number, who was moved up goes first."""
        position, stood = self.instance.position, self.stood
        came_from = (position > stood) - (position < stood) if stood else -1
        return position, came_from, self.instance.pk


def those_in_reach(rota: Rota) -> list:
    """Who may be put in an order: the rota's partners, and their people in post."""
    partners = rota.partners.order_by("name")
    groups = [("", "Choose somebody")]
    named = [(f"partner-{p.pk}", p.short_name) for p in partners]
    if named:
        groups.append(("A partner, which will name somebody", named))
    people = people_of(rota).select_related("partner")
    by_partner: dict[str, list] = {}
    for person in people.order_by("partner__name", "name_key", "pk"):
        choice = (f"staff-{person.pk}", person.name)
        by_partner.setdefault(person.partner.short_name, []).append(choice)
    return groups + [*by_partner.items()]


class OrderRows(KeptRows):
    """The order of a rotation, numbered from 1 once it is saved."""

    removal = "Remove from the order"

    def save(self, commit=True):
        super().save(commit)
        gone = {form.instance.pk for form in self.deleted_forms}
        kept = [
            form
            for form in self.forms
            if form.instance.pk and form.instance.pk not in gone
        ]
        kept.sort(key=lambda form: form.place_wanted)
        for number, form in enumerate(kept, 1):
            if form.instance.position != number:
                form.instance.position = number
                form.instance.save()


class ExclusionForm(RowForm):
    """Days on which a turn is put off."""

    settled = frozenset({"member"})
    called = {"from_on": "the first day", "until_on": "the last day"}

    class Meta:
        model = MemberExclusion
        fields = ["from_on", "until_on", "edition"]
        labels = {"until_on": "Last day (optional)"}


class SkillNeededForm(RowForm):
    """A skill one of those on duty has to hold; once asked for it stays that skill."""

    settled = frozenset({"demand"})
    called = {"skill": "a skill", "level": "a level"}

    class Meta:
        model = DemandSkill
        fields = ["skill", "level", "edition"]

    def __init__(self, *args, skills, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["skill"].queryset = Skill.objects.filter(
                pk=self.instance.skill_id
            )
            self.fields["skill"].disabled = True
        self.fields["skill"].choices = (
            [(self.instance.skill_id, self.instance.skill.name)]
            if self.instance.pk
            else skills
        )

    def clean_skill(self):
        skill = self.cleaned_data["skill"]
        if self.instance.pk is None and not _is_current(skill):
            raise ValidationError("Choose a skill from the list")
        return skill


def _is_current(skill):
    return Skill.objects.current().filter(pk=skill.pk).exists()


def _rows(parent, model, form, formset, extra):
    return forms.inlineformset_factory(
        parent,
        model,
        form=form,
        formset=formset,
        extra=extra,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + extra,
        can_delete_extra=False,
    )


ORDER = _rows(Rotation, RotationMember, MemberForm, OrderRows, 2)
PUT_OFF = _rows(RotationMember, MemberExclusion, ExclusionForm, KeptRows, 1)
SKILLS = _rows(DemandTemplate, DemandSkill, SkillNeededForm, KeptRows, 1)


def order_of(rotation, posted=None):
    """The rows by which an order is changed."""
    rows = ORDER(posted, instance=rotation, prefix="order", queryset=_members(rotation))
    rows.shared = {"people": those_in_reach(rotation.rota)}
    return rows


def _members(rotation):
    return rotation.members.select_related("staff", "partner").order_by(
        "position", "pk"
    )


def put_off_of(member, posted=None):
    """The rows by which a member's turns are put off."""
    return PUT_OFF(posted, instance=member, prefix="days")


def skills_of(demand, posted=None):
    """The rows by which skills are asked for."""
    queryset = DemandSkill.objects.select_related("skill").order_by("pk")
    rows = SKILLS(posted, instance=demand, prefix="skills", queryset=queryset)
    current = Skill.objects.current().order_by("name").values_list("pk", "name")
    rows.shared = {"skills": [("", "Choose a skill"), *current]}
    return rows
