from time import monotonic

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lincs_ict.demonstration import bulk, nation
from partners.models import Appointment, Partner, StaffMember, User
from skills.models import Skill


class Command(BaseCommand):
    """Makes as many partners, people and skills held as a whole country has."""

    help = (
        "Make many invented partners and people for measuring, without history. "
        "Refuses where there are people already, and always where there are real ones."
    )

    def add_arguments(self, parser):
        parser.add_argument("--partners", type=int, default=400)
        parser.add_argument("--staff", type=int, default=30_000)
        parser.add_argument(
            "--add", action="store_true", help="Add them to the invented people here"
        )

    def handle(self, *args, **options):
        if min(options["partners"], options["staff"]) < 1:
            raise CommandError("At least one partner and one person are needed")
        _refuse_people(options["add"])
        if not Skill.objects.exists():
            call_command("load_catalogue", stdout=self.stdout)
        began = monotonic()
        made = _make(options["partners"], options["staff"])
        bulk.tidy(*nation.FILLED, Partner, User, Appointment)
        for what, count in made.items():
            self.stdout.write(f"{count:>10,} {what}")
        self.stdout.write(f"Made in {monotonic() - began:.1f} seconds")


@transaction.atomic
def _make(partners, staff):
    try:
        return nation.make_nation(partners, staff, timezone.localdate())
    except nation.TooMany as error:
        raise CommandError(str(error)) from error


def _refuse_people(is_added):
    people = StaffMember.objects.all()
    named = people.filter(anonymised_on=None)
    if named.exclude(work_email__iendswith=".example").exists():
        raise CommandError("There are real people here, so no invented ones were added")
    if people.exists() and not is_added:
        raise CommandError(
            f"There are {people.count():,} people here already: "
            "use --add to add to them"
        )
