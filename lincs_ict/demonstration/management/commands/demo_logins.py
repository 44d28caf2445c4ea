from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lincs_ict.demonstration.logins import LOGINS


class Command(BaseCommand):
    """Prints the role, e-mail and password of each demo login."""

    help = "Print the demo logins."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo logins exist only where DEMO is on")
        rows = [("Role", "E-mail", "Password")]
        rows += [(login.role, login.email, login.password) for login in LOGINS]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = [cell.ljust(w) for cell, w in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())
