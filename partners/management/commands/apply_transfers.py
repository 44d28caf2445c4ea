from django.core.management.base import BaseCommand

from partners.people import transfers


class Command(BaseCommand):
    """Moves the people who are due; safe to run again."""

    help = (
        "Move the people whose accepted transfer begins today or began before. "
        "The worker does this once a day."
    )

    def handle(self, *args, **options):
        outcomes = [*transfers.apply_due()]
        obstacles = [(transfer, why) for transfer, why in outcomes if why]
        for transfer, why in obstacles:
            self.stderr.write(f"Transfer {transfer.pk}: {why}")
        moved = len(outcomes) - len(obstacles)
        self.stdout.write(f"{moved} of {len(outcomes)} transfers took effect")
