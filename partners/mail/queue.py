"""Messages to people: put into the queue with the change they tell of, sent later."""

from email.utils import make_msgid

from django.conf import settings
from django.core.mail import BadHeaderError
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template
from post_office.models import PRIORITY, STATUS, Email


def add_message(*, to: str, subject: str, template: str, context: dict) -> Email:
    """Keep a message to one address, with the text of partners/mail/<template>.txt.

    It stands or falls with the transaction it is called in. Raises BadHeaderError for
    a line break in address or subject, ValidationError for what is no address.
    """
    for header in (to, subject):
        if "".join(header.splitlines()) != header:
            raise BadHeaderError("A subject or an address has no line breaks")
    validate_email(to)
    return Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        subject=subject,
        message=_text(template, context),
        priority=PRIORITY.medium,
        status=STATUS.queued,
        message_id=make_msgid(domain=settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
    )


def absolute_url(address: str) -> str:
    """The whole web address of a page of ours, for a message to lead to."""
    return settings.SITE_ADDRESS + address


def _text(template, context):
    # Plain text: an apostrophe in a name must not arrive as “&#x27;”.
    found = get_template(f"partners/mail/{template}.txt").template
    return found.render(Context(context, autoescape=False))
