"""The skills of all people a login keeps, one row each."""

from django.contrib import admin

from partners.admin.site import ExportingAdmin
from partners.models import StaffMember
from skills.imports.columns import SKILLS_HELD
from skills.models import SkillHeld
from skills.records import exports

from .downloads import Taken, hand_over
from .filters import Confirmed, ConfirmedFilter
from .rows import SkillRow


@admin.register(SkillHeld)
class SkillHeldAdmin(Confirmed, ExportingAdmin):
    """Every skill held, across the people this login keeps."""

    form = SkillRow
    files = {"export": "these skills held"}
    autocomplete_fields = ["staff", "skill"]
    fields = [
        "staff",
        "skill",
        "level",
        "can_teach",
        "since_on",
        "last_used_on",
        "confirmed",
        "edition",
    ]
    readonly_fields = ["confirmed"]
    list_display = ["staff", "partner", "skill", "level", "can_teach", "confirmed_on"]
    list_filter = ["level", "can_teach", ConfirmedFilter, "skill__category"]
    list_select_related = ["staff__partner", "skill"]
    search_fields = ["skill__name"]
    search_help_text = "Part of a skill's name"
    ordering = ["skill__name", "-level", "staff__name_key"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.filter(staff__in=StaffMember.objects.in_post())

    def has_delete_permission(self, request, obj=None):
        return self.may_keep(request)

    @admin.display(ordering="staff__partner__name")
    def partner(self, held):
        return held.staff.partner

    def export(self, request, held, file, form):
        ids = list(held.values_list("pk", flat=True))
        people = list(held.order_by().values_list("staff", flat=True).distinct())
        rows = exports.held_rows(ids)
        taken = Taken("skills held", SKILLS_HELD, ids, rows, people)
        return hand_over(request, taken, form)
