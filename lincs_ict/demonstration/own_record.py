"""What the demonstration's member of staff finds on their own record."""

from datetime import date, timedelta

import pghistory

from lincs_ict.demonstration.logins import LOGINS
from lincs_ict.demonstration.people import Person
from partners.models import Absence
from skills.models import Certification

ROLE = "Member of staff"
AHEAD, AGO = timedelta(days=30), timedelta(days=60)


def make_own_record(people: list[Person], today: date) -> None:
    """A certificate that runs out soon, days away over and ahead."""
    email = next(login.email for login in LOGINS if login.role == ROLE)
    staff = next(one.staff for one in people if one.staff.work_email == email)
    with pghistory.context(user=staff.user_id):
        Certification.objects.create(
            staff=staff,
            name="ITIL 4 Foundation",
            awarded_by="PeopleCert",
            awarded_on=today + AHEAD - timedelta(days=3 * 365),
            expires_on=today + AHEAD,
        )
        for begins_on in (today - AGO, today + AHEAD):
            ends_on = begins_on + timedelta(days=4)
            Absence.objects.create(staff=staff, begins_on=begins_on, ends_on=ends_on)
