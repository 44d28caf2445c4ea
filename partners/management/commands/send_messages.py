"""Sends the messages that wait, for those who do so apart from other work."""

from django.core.management.base import BaseCommand, CommandError

from partners.mail import sending


class Command(BaseCommand):
    """Several may run at once: each message is taken by one of them."""

    help = "Send the messages that wait, then stop. `work` does the same as it goes."

    def handle(self, *args, **options):
        if not sending.sends():
            raise CommandError("EMAIL_URL is missing, so nothing is sent: set it")
        self.stdout.write(f"{sending.send_all()} messages handed over")
