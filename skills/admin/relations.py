"""What skills are to each other, in one list."""

from django.contrib import admin

from partners.admin.site import RecordsAdmin
from skills.models import SkillRelation


@admin.register(SkillRelation)
class SkillRelationAdmin(RecordsAdmin):
    """Broader and related skills: the partnership coordinator keeps them."""

    is_for_partnership_only = True
    autocomplete_fields = ["skill", "other"]
    fields = ["skill", "kind", "other", "source", "edition"]
    list_display = ["skill", "kind", "other", "source"]
    list_filter = ["kind"]
    list_select_related = ["skill", "other"]
    search_fields = ["skill__name", "other__name"]
    search_help_text = "Part of a skill's name"
    ordering = ["skill__name", "kind", "other__name"]
