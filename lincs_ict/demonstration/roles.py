"""The logins and roles of the demonstration."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from lincs_ict.demonstration.cast import PARTNERSHIP_COORDINATOR, READER
from lincs_ict.demonstration.logins import LEAVER, LOGINS
from lincs_ict.demonstration.people import Person
from partners.models import Appointment, Partner, StaffMember, User

COORDINATOR_POSTS = (
    "Service Desk Team Leader",
    "Service Delivery Manager",
    "ICT Manager",
)
Role = Appointment.Role


def make_logins(people: list[Person]) -> dict[str, User]:
    """A login for everybody who has one, stored and tied to the person, by e-mail."""
    passwords = {login.email: login.password for login in (*LOGINS, LEAVER)}
    emails = [*passwords, *(keeper.work_email for keeper in keepers(people).values())]
    logins = User.objects.bulk_create(
        User(email=email, password=make_password(passwords.get(email)))
        for email in dict.fromkeys(emails)
    )
    by_email = {login.email: login for login in logins}
    tied = [p.staff for p in people if p.staff.work_email in by_email]
    for staff in tied:
        staff.user = by_email[staff.work_email]
    return by_email


def keepers(people: list[Person]) -> dict[str, StaffMember]:
    """Who keeps the records of each partner: those cast for it, else by post."""
    cast = {login.email for login in LOGINS if login.role.startswith("Coordinator")}
    found: dict[str, StaffMember] = {}
    for person in sorted(people, key=lambda p: _fitness(p, cast)):
        if person.is_in_post and not person.part.away:
            found.setdefault(person.slug, person.staff)
    return found


def _fitness(person, cast):
    title = person.post.title
    by_post = COORDINATOR_POSTS.index(title) if title in COORDINATOR_POSTS else 9
    return -1 if person.staff.work_email in cast else by_post


def appoint_all(
    people: list[Person],
    logins: dict[str, User],
    partners: dict[str, Partner],
    today: date,
) -> None:
    """A coordinator for each partner, one for all of them, and a reader."""
    since = today - timedelta(days=420)
    roles = [
        (keeper.work_email, Role.COORDINATOR, partners[slug])
        for slug, keeper in keepers(people).items()
    ]
    roles.append((PARTNERSHIP_COORDINATOR, Role.PARTNERSHIP_COORDINATOR, None))
    roles.append((READER, Role.READER, None))
    Appointment.objects.bulk_create(
        Appointment(user=logins[email], role=role, partner=partner, since=since)
        for email, role, partner in roles
    )
