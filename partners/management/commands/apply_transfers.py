"""Moves the people whose transfer was accepted and whose day has come."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import IntegrityError

from partners import refusals
from partners.people import transfers


class Command(BaseCommand):
    """For every night: what is done stays done, however often it runs."""

    help = "Move the people whose accepted transfer begins today or began before."

    def handle(self, *args, **options):
        due = transfers.due()
        moved = sum(self.is_moved(transfer) for transfer in due)
        self.stdout.write(f"{moved} of {len(due)} transfers took effect")

    def is_moved(self, transfer):
        try:
            if not transfer.staff.is_in_post():
                transfers.withdraw(by=None, transfer=transfer)
                self.stdout.write(f"Transfer {transfer.pk} withdrawn: the person left")
                return False
            transfers.take_effect(transfer=transfer)
        except (ValidationError, IntegrityError) as error:
            self.stderr.write(f"Transfer {transfer.pk}: {_sentence(error)}")
            return False
        return True


def _sentence(error):
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return refusals.sentence(error) or error
