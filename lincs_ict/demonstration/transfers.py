"""Somebody on the way from one partner to another, and somebody who has arrived."""

from datetime import date, timedelta

from lincs_ict.demonstration import names
from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.models import Partner, StaffMember
from partners.people import transfers

WAITING, DONE = ("boston", "lincoln"), ("lincolnshire", "east-lindsey")
NOTE = "Moves with the service desk of the shared office. Wants to keep Fridays off."


def make_transfers(
    people: list[Person], partners: dict[str, Partner], today: date
) -> None:
    """One that waits for an answer, and one that is done."""
    kept_by = {slug: keeper.user for slug, keeper in keepers(people).items()}
    for (old, new), ahead in ((WAITING, 14), (DONE, 0)):
        transfer = transfers.release(
            by=kept_by[old],
            person=_somebody(people, old, kept_by),
            to_partner=partners[new],
            begins_on=today + timedelta(days=ahead),
            note=NOTE if ahead else "",
        )
        if not ahead:
            moved = transfers.accept(by=kept_by[new], transfer=transfer).staff
            moved.work_email = names.address(moved.name, new)
            moved.save()


def _somebody(people, slug, kept_by) -> StaffMember:
    """The last by name who has no part to play and keeps no records."""
    ordinary = [
        person.staff
        for person in people
        if person.slug == slug and person.is_in_post and not person.staff.user_id
    ]
    return ordinary[-1]
