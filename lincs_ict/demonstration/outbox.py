"""Messages waiting in the queue of the demonstration."""

from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.mail import queue

SENDER = "Margaret Ellershaw"


def make_messages(people: list[Person], stale: dict[str, int]) -> None:
    """A welcome to each coordinator, and a reminder where records are stale."""
    for slug, keeper in keepers(people).items():
        _queue(keeper, "You keep the records of your partner", "coordinator_welcome")
        if count := stale.get(slug):
            subject = "Records that want confirming"
            _queue(keeper, subject, "records_to_confirm", count=count)


def _queue(keeper, subject, template, **context):
    queue.add_message(
        to=keeper.work_email,
        subject=subject,
        template=template,
        context={
            "name": keeper.name,
            "partner": keeper.partner.name,
            "sender": SENDER,
            **context,
        },
    )
