"""What the pages of plans share: refusals told in sentences, where they belong."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners import refusals


def done(request, act: Callable[[], object], said: str = "") -> bool:
    """Do what a button asks for; what refuses it is told on top of the next page."""
    try:
        with transaction.atomic():
            act()
    except (ValidationError, IntegrityError) as error:
        for sentence in sentences(error):
            messages.warning(request, sentence)
        return False
    if said:
        messages.success(request, said)
    return True


def saved(form, act: Callable[[], object]):
    """What an action made of a valid form; None, with its refusal in the form."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act()
    except ValidationError as error:
        if hasattr(form, "refuse"):
            form.refuse(error)
        else:
            _add(form, error)
    except IntegrityError as error:
        form.add_error(None, sentences(error))
    return None


def _add(form, error):
    told = error.error_dict if hasattr(error, "error_dict") else {None: error}
    for name, found in told.items():
        form.add_error(name if name in form.fields else None, found)


def sentences(error: ValidationError | IntegrityError) -> list[str]:
    """The sentences of a refusal; an error of ours that has none is raised again."""
    if isinstance(error, ValidationError):
        return error.messages
    if sentence := refusals.sentence(error):
        return [sentence]
    raise error
