from datetime import date
from time import monotonic

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lincs_ict.demonstration.partnership import make_partnership
from partners.models import Partner, StaffMember, User
from skills.models import SkillHeld


class Command(BaseCommand):
    """Makes the partners, people, skills and logins of the demonstration."""

    help = "Fill an empty database with the demonstration partnership."

    def add_arguments(self, parser):
        parser.add_argument(
            "--today", metavar="YYYY-MM-DD", help="Load it as if this day were today"
        )
        parser.add_argument(
            "--fresh", action="store_true", help="Delete everything and load it again"
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration is loaded only where DEMO is on")
        today = _day(options["today"])
        if options["fresh"]:
            _refuse_real_people()
            call_command("flush", interactive=False, verbosity=0)
        is_filled = Partner.objects.exists() or User.objects.exists()
        began = monotonic()
        # They add what is missing, so a newer catalogue reaches an older database.
        for command in ("load_catalogue", "load_bank_holidays", "load_generic_plan"):
            call_command(command, stdout=self.stdout)
        if is_filled:
            self.stdout.write("There are partners here already, so none were added.")
            return
        make_partnership(today)
        self.report(monotonic() - began)

    def report(self, seconds):
        counts = [model.objects.count() for model in (Partner, StaffMember, SkillHeld)]
        self.stdout.write(
            "Demonstration: {} partners, {} people, {:,} skills held".format(*counts)
            + f", in {seconds:.1f} seconds"
        )


def _refuse_real_people():
    """Invented addresses end in .example; anybody else must not be deleted."""
    named = StaffMember.objects.filter(anonymised_on=None)
    real = named.exclude(work_email__iendswith=".example")
    if real.exists() or User.objects.exclude(email__iendswith=".example").exists():
        raise CommandError("There are real people here, so nothing was deleted")


def _day(text):
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"“{text}” is not a date like 2026-11-22") from error
