"""Who is given a role, who gives it back, and who takes a list away."""

from datetime import date

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partners.models import Appointment, Disclosure, Partner, User


@transaction.atomic
def appoint(
    *,
    by: User | None,
    email: str,
    role: str,
    partner: Partner | None = None,
    since: date | None = None,
) -> Appointment:
    """Give a role from a day on (today), making the login where there is none.

    `by` is None for the command line only. Raises PermissionDenied for anybody but
    the partnership coordinator, ValidationError with a sentence for the rest.
    """
    _refuse_others(by)
    with pghistory.context(**_done_by(by)):
        appointment = Appointment(
            user=_login_for(email),
            role=role,
            partner=partner,
            since=since or timezone.localdate(),
        )
        appointment.full_clean()
        appointment.save()
    return appointment


@transaction.atomic
def end_appointment(
    *, by: User | None, appointment: Appointment, until: date | None = None
) -> Appointment:
    """Take a role back from a day on (today).

    Raises PermissionDenied and ValidationError as `appoint` does, and IntegrityError
    (partners_appointment_somebody_coordinates) for the last partnership coordinator.
    """
    _refuse_others(by)
    appointment.until = until or timezone.localdate()
    with pghistory.context(**_done_by(by)):
        appointment.full_clean()
        appointment.save()
    return appointment


def note_taken(
    *, by: User, what: str, filters: dict[str, list[str]], staff_ids: list[int]
) -> None:
    """Remember who took a list away, with its filters and the people in it."""
    Disclosure.objects.create(
        by=by,
        kind=Disclosure.Kind.EXPORT,
        what=what,
        filters=filters,
        staff_ids=staff_ids,
    )


def _refuse_others(by: User | None) -> None:
    if by is not None and not by.standing.is_partnership_coordinator:
        raise PermissionDenied("Only the partnership coordinator gives roles")


def _done_by(by: User | None) -> dict[str, int]:
    return {"user": by.pk} if by else {}


def _login_for(email: str) -> User:
    login = User.objects.filter(email__iexact=email.strip()).first()
    if login is None:
        return _new_login(email.strip())
    person = getattr(login, "person", None)
    if not login.is_active or (person and not person.is_in_post()):
        raise ValidationError(f"The login {login.email} belongs to somebody who left")
    return login


def _new_login(email: str) -> User:
    login = User(email=User.objects.normalize_email(email))
    login.set_unusable_password()
    login.full_clean()
    login.save()
    return login
