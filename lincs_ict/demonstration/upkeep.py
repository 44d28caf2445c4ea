"""Records that need attention, as the page of a partner's people shows them."""

from datetime import date, timedelta

import pghistory

from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.models import Absence, Partner, Reminder, StaffMember

STARTERS = {
    "boston": ("Nell Brackenbury", "nell.brackenbury@boston.example"),
}


def make_untidy(people: list[Person], partners: dict[str, Partner], today: date):
    """Make a starter with an empty record, leave next week, and a reminder."""
    for slug, (name, email) in STARTERS.items():
        coordinator = keepers(people)[slug]
        colleague = _without_absence(slug, coordinator)
        first = today + timedelta(days=7)
        with pghistory.context(user=coordinator.user_id):
            StaffMember.objects.create(
                partner=partners[slug], name=name, post="Apprentice", work_email=email
            )
            Absence.objects.create(
                staff=colleague, begins_on=first, ends_on=first + timedelta(days=4)
            )
        Reminder.objects.create(
            staff=colleague, kind=Reminder.Kind.ASKED, occasion=today.isoformat()
        )


def _without_absence(slug, coordinator):
    others = StaffMember.objects.in_post().filter(
        partner__slug=slug, absences__isnull=True, skills_held__isnull=False
    )
    return others.exclude(pk=coordinator.pk).order_by("pk").first()
