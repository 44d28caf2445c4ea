from django.core.management.base import BaseCommand

from disaster_recovery.plans import reminders


class Command(BaseCommand):
    """Remind coordinators of plans that are to be reviewed; run it once a day."""

    help = "Queues a message for each recovery plan that is to be reviewed."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be sent"
        )

    def handle(self, *, dry_run, **options):
        sent = reminders.send(is_rehearsal=dry_run)
        for person, edition in sent:
            self.stdout.write(f"{person.work_email}: {edition}")
        self.stdout.write(f"{len(sent)} {'would be ' if dry_run else ''}queued")
