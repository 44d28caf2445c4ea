"""Records that want looking after: what the page of a partner's people finds."""

from datetime import date, timedelta

import pghistory

from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.models import Absence, Partner, Reminder, StaffMember

STARTERS = {
    "boston": ("Nell Brackenbury", "nell.brackenbury@boston.example"),
}


def make_untidy(people: list[Person], partners: dict[str, Partner], today: date):
    """A starter whose record is empty, leave next week, and somebody who was asked."""
    for slug, (name, email) in STARTERS.items():
        keeper = keepers(people)[slug]
        colleague = _without_absence(slug, keeper)
        first = today + timedelta(days=7)
        with pghistory.context(user=keeper.user_id):
            StaffMember.objects.create(
                partner=partners[slug], name=name, post="Apprentice", work_email=email
            )
            Absence.objects.create(
                staff=colleague, begins_on=first, ends_on=first + timedelta(days=4)
            )
        Reminder.objects.create(
            staff=colleague, kind=Reminder.Kind.ASKED, occasion=today.isoformat()
        )


def _without_absence(slug, keeper):
    others = StaffMember.objects.in_post().filter(
        partner__slug=slug, absences__isnull=True, skills_held__isnull=False
    )
    return others.exclude(pk=keeper.pk).order_by("pk").first()
