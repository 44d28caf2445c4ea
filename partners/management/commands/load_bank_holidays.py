"""Fills the table of bank holidays from the list that comes with the software."""

from datetime import date

from django.core.management.base import BaseCommand
from django.db import transaction
from govuk_bank_holidays.bank_holidays import BankHolidays

from partners.models import BankHoliday

# The days that keep their own date when a substitute is given for them.
FIXED = {"New Year’s Day": (1, 1), "Christmas Day": (12, 25), "Boxing Day": (12, 26)}
EVERY_YEAR = (
    *FIXED,
    "Good Friday",
    "Easter Monday",
    "Early May bank holiday",
    "Spring bank holiday",
    "Summer bank holiday",
)
Kind = BankHoliday.Kind


class Command(BaseCommand):
    """Adds the bank holidays of England that were never in the table."""

    help = (
        "Load the bank holidays of England, without a network: substitute days, and "
        "beside them the days themselves. What was changed here is left alone."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        announced = announced_holidays()
        days = list(holidays(announced))
        added, others = add_holidays(days)
        first, last = announced[0]["date"], announced[-1]["date"]
        self.stdout.write(
            f"Bank holidays of {first.year} to {last.year}: "
            f"{added} added, {others} here or removed here before"
        )
        self.stdout.write(
            f"The list ends on {last:%-d %B %Y}: nothing is invented beyond it."
        )


def announced_holidays() -> list[dict]:
    """The list as published for England: title, date and notes of each day."""
    published = BankHolidays(use_cached_holidays=True)
    return published.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)


def holidays(announced):
    """(date, kind, name) of every announced day, and of the days they stand for."""
    for holiday in announced:
        on, name = holiday["date"], holiday["title"].replace("'", "’")
        kind = _kind(name, holiday["notes"])
        yield on, kind, name
        if kind == Kind.SUBSTITUTE and name in FIXED:
            yield date(on.year, *FIXED[name]), Kind.ACTUAL, name


def _kind(name, notes):
    if not name.startswith(EVERY_YEAR):
        return Kind.ONE_OFF
    if "substitute" in notes.lower():
        return Kind.SUBSTITUTE
    return Kind.ACTUAL


def add_holidays(days):
    """Add the days that were never here; how many that were, and how many others."""
    history = BankHoliday._meta.get_field("events").related_model.objects
    known = set(history.values_list("on", "kind", "partner"))
    new = [day for day in days if (day[0], str(day[1]), None) not in known]
    BankHoliday.objects.bulk_create(
        BankHoliday(on=on, kind=kind, name=name) for on, kind, name in new
    )
    return len(new), len(days) - len(new)
