"""Does the jobs that are too long for a page, and sends the messages that wait."""

import os
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from partners import jobs
from partners.mail import sending

PAUSE = 1.0
DAY = 24 * 60 * 60


def work_once() -> bool:
    """One job and one message; whether there was either."""
    is_sent = sending.sends() and sending.send_next()
    return jobs.work_once() or is_sent


class Command(BaseCommand):
    """Runs until it is stopped; several may run beside one another."""

    help = "Do the jobs that wait: run it beside the site, or --once from cron."

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Do what waits now, then stop"
        )
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Stop when whoever started this is gone",
        )

    def handle(self, *args, **options):
        parent = os.getppid() if options["with_parent"] else None
        jobs.tidy_up()
        while work_once():
            pass
        if not options["once"]:
            self.go_on(parent)

    def go_on(self, parent):
        tidied = time.monotonic()
        try:
            while parent in (None, os.getppid()):
                if not work_once():
                    close_old_connections()
                    time.sleep(PAUSE)
                if time.monotonic() - tidied > DAY:
                    jobs.tidy_up()
                    tidied = time.monotonic()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
