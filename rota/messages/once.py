"""Messages that somebody gets once for their occasion, however often it is looked."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.db import connection, transaction
from django.utils import timezone

from partners.mail import queue
from partners.models import Reminder, StaffMember

logger = logging.getLogger(__name__)

# No occasion comes back after so long.
KEPT = timedelta(days=90)
_ONE_RUN = "SELECT pg_advisory_xact_lock(hashtext('rota_send_notices'))"


@dataclass(frozen=True, slots=True)
class Due:
    """A message that somebody has not had yet, and all that it tells of."""

    person: StaffMember
    occasions: tuple[tuple[str, str], ...]
    subject: str
    template: str
    context: dict


@transaction.atomic
def send(find: Callable[[datetime], Iterable[Due]]) -> list[Due]:
    """Queue what is due, each message in one transaction with its record.

    Two runs at once send nothing twice: one waits, and finds it done.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_RUN)
    sent = [due for due in find(timezone.now()) if _queued(due)]
    Reminder.objects.bulk_create(
        Reminder(staff=due.person, kind=kind, occasion=occasion)
        for due in sent
        for kind, occasion in due.occasions
    )
    return sent


def _queued(due):
    try:
        queue.add_message(
            to=due.person.work_email,
            subject=due.subject,
            template=due.template,
            context={"name": due.person.name, **due.context},
        )
    except (ValidationError, BadHeaderError):
        # One wrong address is no reason for nobody else to be told.
        logger.warning("No message could be addressed to person %s", due.person.pk)
        return False
    return True


def known(*kinds: str) -> set[tuple[int, str, str]]:
    """What people were told of already: the person, the kind and the occasion."""
    since = timezone.now() - KEPT
    told = Reminder.objects.filter(kind__in=kinds, queued_at__gt=since).order_by()
    return set(told.values_list("staff", "kind", "occasion"))
