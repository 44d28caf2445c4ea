"""A partner's people, with all that belongs to them."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from partners.admin.records import PartnerFilter
from partners.admin.site import ExportingAdmin
from partners.forms.versions import VersionedForm
from partners.models import Absence, StaffMember
from skills.imports.columns import ABSENCES, PEOPLE
from skills.models import SkillHeld
from skills.records import actions, exports

from .downloads import Taken, hand_over
from .filters import Confirmed, ConfirmedFilter, InPostFilter, number_of
from .rows import (
    AbsenceInline,
    CertificationInline,
    LearningWishInline,
    SkillHeldInline,
    WorkingDayInline,
)


class StaffForm(VersionedForm):
    """A person, at a site of their own partner, and not gone while writing this."""

    called = {
        "full_time_equivalent": "full-time equivalent",
        "left_on": "the first day no longer in post",
    }

    def clean(self):
        cleaned = super().clean()
        site = cleaned.get("base_site")
        partner = cleaned.get("partner") or getattr(self.instance, "partner", None)
        if site and partner and site.partner_id != partner.pk:
            self.add_error("base_site", "Choose a site of this partner")
        return cleaned

    def clean_left_on(self):
        left_on = self.cleaned_data["left_on"]
        is_own = self.reader and self.instance.pk == self.reader.standing.staff_id
        if is_own and left_on and left_on != self.initial.get("left_on"):
            raise ValidationError("You cannot mark yourself as left: ask a colleague")
        return left_on


@admin.register(StaffMember)
class StaffAdmin(Confirmed, ExportingAdmin):
    """A partner's people; those who go are marked as left, not deleted."""

    form = StaffForm
    files = {"export": "these people", "absences": "their absences"}
    inlines = [
        WorkingDayInline,
        AbsenceInline,
        SkillHeldInline,
        CertificationInline,
        LearningWishInline,
    ]
    list_display = [
        "name",
        "post",
        "partner",
        "telephone",
        "is_willing_to_help",
        "skills_held_count",
        "confirmed_on",
        "left_on",
    ]
    list_filter = [PartnerFilter, InPostFilter, "is_willing_to_help", ConfirmedFilter]
    list_select_related = ["partner"]
    search_fields = ["search_key"]
    search_help_text = "Part of a name or a post"
    ordering = ["name_key", "pk"]
    actions = ["confirm", "mark_as_left"]
    exclude = ["confirmed_at", "confirmed_by"]
    readonly_fields = ["confirmed"]
    autocomplete_fields = ["user"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(skills_held_count=number_of(SkillHeld, "staff"))

    def get_readonly_fields(self, request, obj=None):
        fields = [*self.readonly_fields]
        if obj:
            # People move by a transfer, to which both partners agree.
            fields.append("partner")
        if not request.user.standing.is_partnership_coordinator:
            # A login decides what somebody may do: it is not a coordinator's to join.
            fields.append("user")
        return fields

    def offered(self, rows):
        return rows.in_post()

    def search(self, request, rows, words):
        return rows.named(*words), False

    @admin.display(description="skills", ordering="skills_held_count")
    def skills_held_count(self, person):
        return person.skills_held_count

    def history_view(self, request, object_id, extra_context=None):
        """The whole person's history, skills and absences too, has its own page."""
        person = self.record_or_404(request, object_id)
        return redirect("skills:person_history", person.pk)

    @admin.action(description="Confirm that these records are right today")
    def confirm(self, request, queryset):
        number = actions.confirm_records(by=request.user, people=queryset)
        self.message_user(request, f"{number} confirmed, with their skills")

    @admin.action(description="Mark as left today")
    def mark_as_left(self, request, queryset):
        number = actions.mark_as_left(by=request.user, people=queryset)
        self.message_user(request, f"{number} marked as left: they are hidden at once")

    def export(self, request, people, file, form):
        ids = list(people.values_list("pk", flat=True))
        if file == "absences":
            return hand_over(request, _absences(ids), form)
        rows = exports.people_rows(ids)
        return hand_over(request, Taken("people", PEOPLE, ids, rows, ids), form)


def _absences(people):
    """The absences of these people, in the order of their names and days."""
    found = Absence.objects.filter(staff__in=people).order_by(
        "staff__name_key", "staff", "begins_on"
    )
    keys = list(found.values_list("pk", "staff"))
    ids = [pk for pk, _ in keys]
    rows = exports.absence_rows(ids)
    return Taken("absences", ABSENCES, ids, rows, sorted({pk for _, pk in keys}))
