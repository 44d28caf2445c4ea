"""Takes the names of people who left long ago out of all records."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from lincs_ict.anonymising import leavers
from partners import refusals


class Command(BaseCommand):
    """For every night: each leaver in a transaction, and once."""

    help = (
        "Anonymise the people who left more than 90 days ago: name, e-mail, telephone "
        "numbers, post and certificates go, from the history too. There is no way back."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=leavers.DAYS)
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say who it would be"
        )

    def handle(self, *args, **options):
        if not 0 <= options["days"] <= 36_500:
            raise CommandError("Give the days as a number from 0 to 36500")
        due = leavers.due(options["days"])
        if options["dry_run"]:
            for pk in due:
                self.stdout.write(f"Person {pk} would be anonymised")
            self.stdout.write(f"{len(due)} leavers, and nothing was changed")
            return
        done = sum(self.is_done(pk, options["days"]) for pk in due)
        self.stdout.write(f"{done} of {len(due)} leavers anonymised")

    def is_done(self, pk, days):
        try:
            rows = leavers.anonymise(staff_id=pk, days=days)
        except DatabaseError as error:
            self.stderr.write(f"Person {pk}: {refusals.sentence(error) or error}")
            return False
        if rows:
            self.stdout.write(f"Person {pk}: {sum(rows.values())} rows")
        return bool(rows)
