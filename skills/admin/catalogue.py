"""The one catalogue of skills, and what was asked of it in vain."""

from django import forms
from django.contrib import admin

from partners.admin.site import ExportingAdmin, RecordsAdmin, RowsInline
from partners.forms.versions import VersionedForm
from skills.forms.catalogue import AliasForm
from skills.imports.columns import CATALOGUE
from skills.models import Alias, Category, Skill, UnansweredSearch
from skills.records import exports

from .downloads import Taken, hand_over
from .filters import number_of


@admin.register(Category)
class CategoryAdmin(RecordsAdmin):
    """The groups skills are browsed by."""

    is_for_partnership_only = True
    list_display = ["name"]
    search_fields = ["name"]


class AliasRow(AliasForm):
    """Another name of a skill; a table has the column for “both” from the start."""

    means_both = forms.BooleanField(label="Yes, it means both", required=False)


class AliasInline(RowsInline):
    """Other names of a skill, each with its source."""

    model = Alias
    form = AliasRow
    fields = ["text", "kind", "source", "source_address", "means_both", "edition"]


class SkillForm(VersionedForm):
    """A skill under its one agreed name."""

    called = {"retired_on": "the day the skill was retired"}


@admin.register(Skill)
class SkillAdmin(ExportingAdmin):
    """The one catalogue: coordinators look things up, the partnership keeps it."""

    form = SkillForm
    files = {"export": "these skills"}
    inlines = [AliasInline]
    fields = [
        "name",
        "category",
        "kind",
        "description",
        "source",
        "retired_on",
        "edition",
    ]
    list_display = ["name", "category", "kind", "alias_count", "retired_on"]
    list_filter = ["category", "kind"]
    list_select_related = ["category"]
    search_fields = ["name", "aliases__text"]
    ordering = ["name"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.standing.is_partnership_coordinator:
            rows = Skill.objects.order_by("name")
        return rows.annotate(alias_count=number_of(Alias, "skill"))

    def offered(self, rows):
        return rows.current()

    @admin.display(description="other names", ordering="alias_count")
    def alias_count(self, skill):
        return skill.alias_count

    def export(self, request, skills, file, form):
        ids = list(dict.fromkeys(skills.values_list("pk", flat=True)))
        rows = exports.catalogue_rows(ids)
        return hand_over(request, Taken("catalogue", CATALOGUE, ids, rows, []), form)

    def has_add_permission(self, request, obj=None):
        return request.user.standing.is_partnership_coordinator

    def has_change_permission(self, request, obj=None):
        return request.user.standing.is_partnership_coordinator


@admin.register(UnansweredSearch)
class UnansweredSearchAdmin(RecordsAdmin):
    """Unanswered searches: read, and deleted when dealt with."""

    is_for_partnership_only = True
    may_be_added = False
    form = forms.ModelForm
    list_display = ["words", "times_asked", "first_asked_on", "last_asked_on"]
    search_fields = ["words"]

    def has_change_permission(self, request, obj=None):
        return False
