from collections import Counter

from django.core.management.base import BaseCommand

from partners.models import Reminder
from skills.records import reminders


class Command(BaseCommand):
    """Queues the reminders that are due, each once for its occasion."""

    help = (
        "Queue the reminders that are due: records, certificates, monthly figures. "
        "The worker does this once a day."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what is due, and send nothing"
        )

    def handle(self, *args, **options):
        is_rehearsal = options["dry_run"]
        counts = Counter()
        for due in reminders.send(is_rehearsal=is_rehearsal):
            counts[due.kind] += 1
            if is_rehearsal:
                self.stdout.write(f"{due.person.work_email}: {due.subject}")
        for kind in reminders.DAILY:
            label = Reminder.Kind(kind).label
            self.stdout.write(f"{label}: {counts[kind]}")
        done = "would be queued" if is_rehearsal else "queued"
        self.stdout.write(f"{counts.total()} {done}")
