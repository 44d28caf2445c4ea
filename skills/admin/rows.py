"""What belongs to a person, as rows on the person's page."""

from partners.admin.site import RowsInline
from partners.forms.versions import VersionedForm
from partners.models import Absence, StaffMember, WorkingDay
from skills.models import Certification, LearningWish, Skill, SkillHeld


class SkillRow(VersionedForm):
    """A row about a skill, which may have been retired since."""

    called = {
        "since_on": "the day the skill was learnt",
        "last_used_on": "the day the skill was last used",
        "awarded_on": "the day of the award",
        "expires_on": "the day it runs out",
        "wished_on": "the day of the wish",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.skill_id and "skill" in self.fields:
            stands = Skill.objects.filter(pk=self.instance.skill_id)
            self.fields["skill"].queryset |= stands


class WorkingDayRow(VersionedForm):
    """The hours of one day of the week."""

    called = {
        "weekday": "the day of the week",
        "starts_at": "the time work starts",
        "ends_at": "the time work ends",
    }


class AbsenceRow(VersionedForm):
    """Days away."""

    called = {
        "begins_on": "the first day away",
        "ends_on": "the last day away",
        "cover": "who covers",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who covered long ago may have left, and have no name here any more.
        if self.instance.cover_id and "cover" in self.fields:
            covered = StaffMember.objects.filter(pk=self.instance.cover_id)
            self.fields["cover"].queryset |= covered


class SkillHeldInline(RowsInline):
    """What the person can do, and how well."""

    model = SkillHeld
    form = SkillRow
    autocomplete_fields = ["skill"]
    fields = ["skill", "level", "can_teach", "since_on", "last_used_on", "edition"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("skill")


class WorkingDayInline(RowsInline):
    """The hours the person works."""

    model = WorkingDay
    form = WorkingDayRow
    max_num = 7


class AbsenceInline(RowsInline):
    """Days away, and who covers."""

    model = Absence
    form = AbsenceRow
    fk_name = "staff"
    autocomplete_fields = ["cover"]


class CertificationInline(RowsInline):
    """Certificates the person holds."""

    model = Certification
    form = SkillRow
    autocomplete_fields = ["skill"]


class LearningWishInline(RowsInline):
    """What the person would like to learn."""

    model = LearningWish
    form = SkillRow
    autocomplete_fields = ["skill"]
