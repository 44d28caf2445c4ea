"""Gives a role to a login: how the first partnership coordinator is made."""

import sys
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from partners.actions import appoint
from partners.models import Appointment, Partner

ROLES = ", ".join(role.replace(" ", "-") for role in Appointment.Role.values)


class Command(BaseCommand):
    """Makes the login where there is none, and appoints it."""

    help = "Appoint somebody to a role. The login is made where there is none."

    def add_arguments(self, parser):
        parser.add_argument("email", help="The work e-mail they sign in with")
        parser.add_argument("role", help=f"One of: {ROLES}")
        parser.add_argument("--partner", metavar="SLUG", help="For a coordinator")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="Otherwise today")
        parser.add_argument(
            "--password-from-stdin",
            action="store_true",
            help="Set the password to the first line of the input",
        )

    @transaction.atomic
    def handle(self, *args, **options):
        appointment = _appointed(options)
        if options["password_from_stdin"]:
            _set_password(appointment.user, sys.stdin.readline().rstrip("\r\n"))
        self.stdout.write(_said(appointment))
        if not appointment.user.has_usable_password():
            self.stdout.write(
                "They choose a password with “Forgot your password?” when they "
                "first sign in."
            )


def _appointed(options):
    try:
        return appoint(
            by=None,
            email=_email(options["email"]),
            role=_role(options["role"]),
            partner=_partner(options["partner"]),
            since=_day(options["since"]),
        )
    except ValidationError as error:
        raise CommandError(". ".join(error.messages)) from error


def _said(appointment):
    role = appointment.get_role_display()
    if appointment.partner:
        role += f" of {appointment.partner}"
    since = f"{appointment.since:%-d %B %Y}"
    return f"{appointment.user} is appointed: {role}, since {since}."


def _email(text):
    try:
        validate_email(text)
    except ValidationError as error:
        raise CommandError(
            f"“{text}” is not a work e-mail, like name@partner.example"
        ) from error
    return text


def _role(words):
    role = words.replace("-", " ").strip().lower()
    if role not in Appointment.Role.values:
        raise CommandError(f"“{words}” is not a role: choose one of {ROLES}")
    return role


def _partner(slug):
    if slug is None:
        return None
    partner = Partner.objects.current().filter(slug=slug).first()
    if partner is None:
        slugs = ", ".join(Partner.objects.current().values_list("slug", flat=True))
        raise CommandError(
            f"No partner is called “{slug}”: choose one of {slugs or 'none yet'}"
        )
    return partner


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"“{text}” is not a date like 2026-11-22") from error


def _set_password(user, password):
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
