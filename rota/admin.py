"""What decides a rota, in the administration: the partnership coordinator keeps it.

Nothing here changes duties laid out: the rota's own pages show and do that.
"""

from django.contrib import admin

from partners.admin.site import RecordsAdmin, RowsInline
from partners.forms.versions import VersionedForm
from rota.forms.keeping import weekday_field
from rota.models import (
    Block,
    DemandSkill,
    DemandTemplate,
    MemberExclusion,
    Rota,
    RotaPartner,
    Rotation,
    RotationMember,
)


class RotaRecordsAdmin(RecordsAdmin):
    """Records of rotas belong to the partnership."""

    is_for_partnership_only = True


class RotaRowsInline(RowsInline):
    """Rows of such a record."""

    is_for_partnership_only = True


class WeekdaysForm(VersionedForm):
    """Days of the week are ticked."""

    weekdays = weekday_field("Days it begins on")


class PartnersInline(RotaRowsInline):
    """The partners that take part."""

    model = RotaPartner
    fields = ["partner", "edition"]


class SkillsInline(RotaRowsInline):
    """The skills that one of those on duty needs."""

    model = DemandSkill
    autocomplete_fields = ["skill"]
    fields = ["skill", "level", "edition"]


class ExclusionsInline(RotaRowsInline):
    """Days on which a turn is put off."""

    model = MemberExclusion
    fields = ["from_on", "until_on", "edition"]


@admin.register(Rota)
class RotaAdmin(RotaRecordsAdmin):
    """Rotas: what they cover, and their terms."""

    fields = [
        *("name", "slug", "covers", "time_zone", "answer_within", "on_site_within"),
        *("response_terms", "ring_next_after", "last_resort", "closed_on", "edition"),
    ]
    inlines = [PartnersInline]
    list_display = ["name", "time_zone", "closed_on"]
    search_fields = ["name"]
    search_help_text = "Part of a rota's name"


@admin.register(DemandTemplate)
class DemandTemplateAdmin(RotaRecordsAdmin):
    """Hours that rotas cover."""

    form = WeekdaysForm
    fields = [
        *("rota", "name", "role", "weekdays", "starts_at", "length", "on_holidays"),
        *("holiday_is", "from_on", "until_on", "people", "different_partners"),
        "edition",
    ]
    inlines = [SkillsInline]
    list_display = ["name", "rota", "role", "starts_at", "length"]
    list_filter = ["role"]
    list_select_related = ["rota"]
    search_fields = ["name", "rota__name"]
    search_help_text = "Part of a name, or of the rota's"


@admin.register(Rotation)
class RotationAdmin(RotaRecordsAdmin):
    """Rotations: how turns pass."""

    form = WeekdaysForm
    fields = [
        *("rota", "name", "role", "place", "every", "unit", "handover", "weekdays"),
        *("start_on", "start_turn", "until_on", "edition"),
    ]
    list_display = ["name", "rota", "role", "place", "start_on", "until_on"]
    list_filter = ["role"]
    list_select_related = ["rota"]
    search_fields = ["name", "rota__name"]
    search_help_text = "Part of a name, or of the rota's"


@admin.register(RotationMember)
class RotationMemberAdmin(RotaRecordsAdmin):
    """Who is in which rotation, and when their turns are put off."""

    autocomplete_fields = ["rotation", "staff"]
    fields = [
        *("rotation", "position", "staff", "partner", "since_on", "until_on"),
        "edition",
    ]
    inlines = [ExclusionsInline]
    list_display = ["rotation", "position", "staff", "partner", "until_on"]
    list_select_related = ["rotation", "staff", "partner"]
    search_fields = ["rotation__name", "staff__name", "partner__name"]
    search_help_text = "Part of a rotation's, a person's or a partner's name"


@admin.register(Block)
class BlockAdmin(RotaRecordsAdmin):
    """Days arranged by hand."""

    fields = ["rota", "name", "from_on", "until_on", "edition"]
    list_display = ["name", "rota", "from_on", "until_on"]
    list_select_related = ["rota"]
    search_fields = ["name", "rota__name"]
    search_help_text = "Part of a name, or of the rota's"
