import logging
import os
import time
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)
from django.utils import timezone

from partners import jobs
from partners.mail import sending

logger = logging.getLogger(__name__)
PAUSE = 1.0
# Daily work is done as the worker starts and then each morning at 5am.
MORNING = timedelta(hours=5)


def work_once() -> bool:
    """One job and one message; whether there was either."""
    is_sent = sending.sends() and sending.send_next()
    return jobs.work_once() or is_sent


def working_day():
    return (timezone.localtime() - MORNING).date()


def work_until_stopped(parent: int | None) -> None:
    """Work until that process has ended; wait for a database that is restarting."""
    last_day = None
    while parent in (None, os.getppid()):
        try:
            if last_day != working_day():
                connection.ensure_connection()
                last_day = working_day()
                jobs.do_daily_work()
            if work_once():
                continue
        except (InterfaceError, OperationalError) as error:
            logger.warning("The database does not answer, trying again: %s", error)
        close_old_connections()
        time.sleep(PAUSE)


class Command(BaseCommand):
    """Runs until it is stopped; several may run beside one another."""

    help = (
        "Do the long jobs, send the messages that wait and, at the start and each "
        "morning at 5am, the daily work. Run it beside the site, or --once from cron."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Do what waits now, then stop"
        )
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Stop when the process that started this one has ended",
        )

    def handle(self, *args, **options):
        if options["once"]:
            jobs.do_daily_work()
            while work_once():
                pass
            return
        parent = os.getppid() if options["with_parent"] else None
        try:
            work_until_stopped(parent)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
