from django.core.management.base import BaseCommand, CommandError

from lincs_ict.anonymising import leavers


class Command(BaseCommand):
    """Anonymises each leaver in a transaction of its own."""

    help = (
        "Anonymise the people who left more than 90 days ago: name, e-mail, telephone "
        "numbers, post and certificates go, from the history too. There is no way "
        "back. The worker does this once a day."
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
        done = 0
        for pk, rows, obstacle in leavers.anonymise_due(options["days"]):
            if obstacle:
                self.stderr.write(f"Person {pk}: {obstacle}")
            elif rows:
                done += 1
                self.stdout.write(f"Person {pk}: {sum(rows.values())} rows")
        self.stdout.write(f"{done} of {len(due)} leavers anonymised")
