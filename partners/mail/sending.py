"""Sending what is queued: each message by one worker, and none twice by itself.

Taking a message is written down before it is handed over. Whoever vanishes in
between leaves that mark, and a person decides: only they can ask whether it came.
So does a line that breaks before the mail server has said yes or no.
"""

import smtplib
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend

from partners.models import Delivery

# How long to wait after each try that failed, in minutes; then it is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440, 1440)
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
LEFT_BY_HAND = "Left as it is, by hand"
# The mail server, or we ourselves, said clearly that the message was not taken.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


def sends() -> bool:
    """Whether this site sends its messages on; the demonstration keeps them."""
    return settings.POST_OFFICE["BACKENDS"]["default"] != NOWHERE


def waiting() -> QuerySet[Email]:
    """Messages whose time has come and which nobody has in hand, the oldest first."""
    now = timezone.now()
    in_hand = Delivery.objects.filter(message=OuterRef("pk"))
    is_due = Q(scheduled_time__isnull=True) | Q(scheduled_time__lte=now)
    queued = Email.objects.filter(status__in=[STATUS.queued, STATUS.requeued])
    return queued.filter(is_due, ~Exists(in_hand)).order_by("pk")


def send_next() -> bool:
    """Hand over one message; whether there was one."""
    taken = _take()
    if taken is None:
        return False
    try:
        _hand_over(taken.message)
    except _UnsureError as error:
        _unsure(taken, error)
    except Exception as error:  # whatever the mail server or the message objects to
        _failed(taken, error)
    else:
        _settle(taken, STATUS.sent)
    return True


def send_all() -> int:
    """Hand over all that waits; how many there were."""
    number = 0
    while send_next():
        number += 1
    return number


class _UnsureError(Exception):
    """The line broke with the message on it: only the recipient knows."""


def _hand_over(message):
    """Over a line of its own: one kept open is closed by the other end in time."""
    connection = get_connection(get_backend(message.backend_alias or "default"))
    prepared = message.email_message()
    prepared.connection = connection
    connection.open()
    try:
        prepared.send()
    except REFUSALS:
        raise
    except OSError as error:
        raise _UnsureError from error
    finally:
        # What is said of the farewell changes nothing.
        with suppress(OSError):
            connection.close()


def _take():
    """One message, marked as in hand before anything is said to a mail server."""
    while True:
        try:
            with transaction.atomic(durable=True):
                free = waiting().select_for_update(of=("self",), skip_locked=True)
                message = free.first()
                return message and Delivery.objects.create(message=message)
        except IntegrityError:
            # Another worker took it between our look and our mark: on to the next.
            continue


def _failed(taken, error):
    tries = (taken.message.number_of_retries or 0) + 1
    is_given_up = tries > len(PAUSES)
    scheduled = None
    if not is_given_up:
        scheduled = timezone.now() + timedelta(minutes=PAUSES[tries - 1])
    _settle(
        taken,
        STATUS.failed if is_given_up else STATUS.requeued,
        said=_reason(error),
        kind=type(error).__name__,
        number_of_retries=tries,
        scheduled_time=scheduled,
    )


def _reason(error):
    """Why it failed, as the mail server put it, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(_answer(*answer) for answer in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _answer(error.smtp_code, error.smtp_error)
    elif isinstance(error, OSError):
        said = f"The mail server could not be reached: {error}"
    else:
        said = f"The message could not be put together: {error}"
    return " ".join(said.replace("\x00", " ").split())[:2000]


def _answer(code, text):
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"The mail server said: {code} {text}"


@transaction.atomic
def _settle(taken, status, said="", kind="", **fields):
    """Write down what came of it; the mark goes in the same moment."""
    if not _is_still_ours(taken, is_sent=status == STATUS.sent):
        return
    now = timezone.now()
    found = Email.objects.filter(pk=taken.message_id)
    found.update(status=status, last_updated=now, **fields)
    _note(taken.message_id, status, said, kind)
    Delivery.objects.filter(message=taken.message_id).delete()


@transaction.atomic
def _unsure(taken, error):
    if _is_still_ours(taken, is_sent=False):
        cause = error.__cause__
        said = "The line broke before the mail server had answered"
        _note(taken.message_id, STATUS.failed, said, type(cause).__name__)
        Delivery.objects.filter(pk=taken.pk).update(outcome=Delivery.Outcome.UNSURE)


def _is_still_ours(taken, is_sent):
    """Whether what a worker has to say counts: it may be late.

    Meanwhile the message may be deleted, left, queued once more or in another hand.
    That it was sent is true even if it was queued once more: once is enough.
    """
    if not Email.objects.select_for_update().filter(pk=taken.message_id).exists():
        return False
    now = Delivery.objects.filter(message=taken.message_id).first()
    if now is None:
        return is_sent
    return now.pk == taken.pk and (is_sent or now.outcome == Delivery.Outcome.NONE)


def _note(message_id, status, said, kind=""):
    outcome = STATUS.sent if status == STATUS.sent else STATUS.failed
    Log.objects.create(
        email_id=message_id, status=outcome, message=said, exception_type=kind
    )


def in_trouble() -> Q:
    """Which messages somebody should look at: given up, failing, or lost on the way."""
    went_wrong = Q(status__in=[STATUS.failed, STATUS.requeued], delivery__isnull=True)
    return went_wrong | Q(delivery__in=Delivery.objects.lost())


@transaction.atomic
def try_again(message_id: int) -> bool:
    """Send a message once more, at once; False where nothing went wrong with it."""
    message = _in_trouble(message_id)
    if message is None:
        return False
    Delivery.objects.filter(message=message).delete()
    Email.objects.filter(pk=message.pk).update(
        status=STATUS.queued, number_of_retries=None, scheduled_time=None
    )
    return True


@transaction.atomic
def leave(message_id: int) -> bool:
    """Leave a message that went wrong; False where nothing went wrong with it."""
    message = _in_trouble(message_id)
    if message is None:
        return False
    # To every other sender it has failed; ours leave what has a mark.
    Email.objects.filter(pk=message.pk).update(
        status=STATUS.failed, scheduled_time=None, last_updated=timezone.now()
    )
    Delivery.objects.update_or_create(
        message=message, defaults={"outcome": Delivery.Outcome.LEFT}
    )
    _note(message.pk, STATUS.failed, LEFT_BY_HAND)
    return True


def _in_trouble(message_id):
    locked = Email.objects.select_for_update(of=("self",))
    return locked.filter(in_trouble(), pk=message_id).first()


def state(message: Email) -> str:
    """How far a message has come, in words; its delivery is read with it."""
    delivery = getattr(message, "delivery", None)
    if delivery and delivery.outcome == Delivery.Outcome.LEFT:
        return delivery.get_outcome_display()
    if delivery:
        return "May have been sent" if delivery.is_lost else "Being sent"
    if message.status == STATUS.requeued:
        return "Failed, will be tried again"
    known = {STATUS.sent: "Sent", STATUS.failed: "Failed, given up"}
    return known.get(message.status, "Waiting")
