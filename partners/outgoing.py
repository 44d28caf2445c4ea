"""Sending what is queued: each message by one worker, and none twice by itself.

Taking a message is written down before it is handed over. Whoever vanishes in
between leaves that mark, and a person decides: only they can ask whether it came.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from post_office.connections import connections
from post_office.models import STATUS, Email, Log

from partners.models import Delivery

# How long to wait after each try that failed, in minutes; then it is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440, 1440)
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
TAKEN_AS_SENT = "Taken as sent by hand"


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
    message = _take()
    if message is None:
        return False
    try:
        connection = connections[message.backend_alias or "default"]
        prepared = message.email_message()
        prepared.connection = connection
        prepared.send()
    except Exception as error:  # whatever the mail server or the message objects to
        _failed(message, error)
    else:
        _settle(message, STATUS.sent)
    return True


def send_all() -> int:
    """Hand over all that waits; how many there were."""
    number = 0
    while send_next():
        number += 1
    if number:
        connections.close()
    return number


def _take():
    """One message, marked as in hand before anything is said to a mail server."""
    while True:
        try:
            with transaction.atomic():
                free = waiting().select_for_update(of=("self",), skip_locked=True)
                message = free.first()
                if message:
                    Delivery.objects.create(message=message)
                return message
        except IntegrityError:
            # Another worker took it between our look and our mark: on to the next.
            continue


def _failed(message, error):
    tries = (message.number_of_retries or 0) + 1
    is_given_up = tries > len(PAUSES)
    scheduled = None
    if not is_given_up:
        scheduled = timezone.now() + timedelta(minutes=PAUSES[tries - 1])
    _settle(
        message,
        STATUS.failed if is_given_up else STATUS.requeued,
        said=str(error)[:2000],
        kind=type(error).__name__,
        number_of_retries=tries,
        scheduled_time=scheduled,
    )


@transaction.atomic
def _settle(message, status, said="", kind="", **fields):
    """Write down what came of it; the mark goes in the same moment."""
    now = timezone.now()
    Email.objects.filter(pk=message.pk).update(
        status=status, last_updated=now, **fields
    )
    outcome = STATUS.sent if status == STATUS.sent else STATUS.failed
    Log.objects.create(email=message, status=outcome, message=said, exception_type=kind)
    Delivery.objects.filter(message=message).delete()


def in_trouble() -> Q:
    """Which messages somebody should look at: given up, failing, or lost on the way."""
    return Q(status__in=[STATUS.failed, STATUS.requeued]) | Q(
        delivery__in=Delivery.objects.lost()
    )


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
def take_as_sent(message_id: int) -> bool:
    """Leave a message that went wrong; False where nothing went wrong with it."""
    message = _in_trouble(message_id)
    if message is None:
        return False
    _settle(message, STATUS.sent, said=TAKEN_AS_SENT)
    return True


def _in_trouble(message_id):
    locked = Email.objects.select_for_update(of=("self",))
    return locked.filter(in_trouble(), pk=message_id).first()


def state(message: Email) -> str:
    """How far a message has come, in words; its delivery is read with it."""
    delivery = getattr(message, "delivery", None)
    if delivery:
        return "May have been sent" if delivery.is_lost else "Being sent"
    if message.status == STATUS.requeued:
        return "Failed, will be tried again"
    known = {STATUS.sent: "Sent", STATUS.failed: "Failed, given up"}
    return known.get(message.status, "Waiting")
