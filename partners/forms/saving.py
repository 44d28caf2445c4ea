"""Carrying out what a valid form asks for; what refuses it is said in the form."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction


def save_or_report(form, action: Callable[[], object]):
    """What the action returns; None where the form, or what refused it, says why."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return action()
    except PermissionDenied as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error)
    return None
