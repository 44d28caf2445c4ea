"""Does the jobs that are too long for a page, one after the other."""

import os
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from partners import jobs

PAUSE = 1.0
DAY = 24 * 60 * 60


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
        while jobs.work_once():
            pass
        if not options["once"]:
            self.go_on(parent)

    def go_on(self, parent):
        tidied = time.monotonic()
        try:
            while parent in (None, os.getppid()):
                if not jobs.work_once():
                    close_old_connections()
                    time.sleep(PAUSE)
                if time.monotonic() - tidied > DAY:
                    jobs.tidy_up()
                    tidied = time.monotonic()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
