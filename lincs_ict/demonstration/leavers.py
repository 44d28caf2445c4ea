"""Somebody who left so long ago that their name is gone from all records."""

from datetime import date, timedelta

from django.utils import timezone

from lincs_ict.anonymising import leavers
from lincs_ict.demonstration import names
from partners.models import Partner, StaffMember
from skills.models import Certification, Level, Skill, SkillHeld

SLUG, NAME = "boston", "Peregrine Ashdown"
AGO = timedelta(days=120)
HELD = {"Microsoft Windows Server": Level.EXPERT, "PowerShell": Level.PRACTITIONER}


def make_former(partners: dict[str, Partner], today: date) -> StaffMember:
    """A person with some history, marked as left, then anonymised."""
    person = StaffMember.objects.create(
        partner=partners[SLUG],
        name=NAME,
        post="Server engineer",
        work_email=names.address(NAME, SLUG),
        telephone="01632 960998",
    )
    for skill in Skill.objects.filter(name__in=HELD):
        SkillHeld.objects.create(staff=person, skill=skill, level=HELD[skill.name])
    Certification.objects.create(
        staff=person, name="Certified quay engineer", awarded_by="Quay Institute"
    )
    person.left_on = min(today, timezone.localdate()) - AGO
    person.save()
    leavers.anonymise(staff_id=person.pk)
    person.refresh_from_db()
    return person
