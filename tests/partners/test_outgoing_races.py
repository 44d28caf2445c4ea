"""Workers that come back late, lines that break, and who decides in between."""

import smtplib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from post_office.connections import connections
from post_office.models import STATUS, Email

from partners.mail import sending
from partners.mail.sending import leave, send_all, send_next, state, try_again
from partners.models import Delivery
from tests.mail_sink import sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    kept = {"default": "django.core.mail.backends.smtp.EmailBackend"}
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": kept}
    connections.close()
    with sink() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server
        connections.close()


def write(number=1, **fields):
    fields = {"message": "Text", "status": STATUS.queued} | fields
    return Email.objects.bulk_create(
        Email(
            from_email="us@council.example",
            to=[f"person{n}@council.example"],
            subject=f"Message {n}",
            **fields,
        )
        for n in range(number)
    )


def states():
    found = Email.objects.select_related("delivery").order_by("pk")
    return [state(message) for message in found]


def meanwhile(monkeypatch, act):
    """Do this while the message is being handed over, which then succeeds or not."""
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: act())


def forget():
    """So long ago that the worker is taken to have vanished."""
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(hours=1))


def test_a_mail_server_that_hangs_up_after_each_message_gets_them_all(mailbox):
    mailbox.hangs_up = True
    write(3)
    while send_next():
        pass
    assert states() == ["Sent"] * 3
    assert mailbox.received == [f"Message {n}" for n in range(3)]


def test_a_line_that_broke_is_not_used_again(mailbox):
    mailbox.cut.add("Message 0")
    write(2)
    send_all()
    assert mailbox.received == ["Message 0", "Message 1"]
    assert states() == ["May have been sent", "Sent"]


def test_a_line_that_breaks_after_the_text_is_for_a_person_to_judge(mailbox):
    mailbox.cut.add("Message 0")
    [message] = write()
    send_all()
    assert states() == ["May have been sent"]
    assert Email.objects.filter(sending.in_trouble()).exists()
    assert send_next() is False
    assert try_again(message.pk)


def test_nobody_listening_is_tried_again(mailbox, settings):
    settings.EMAIL_PORT = 1
    write()
    send_all()
    assert states() == ["Failed, will be tried again"]


def test_a_worker_that_comes_back_late_does_not_undo_a_decision(mailbox, monkeypatch):
    [message] = write()

    def slow():
        forget()
        leave(message.pk)
        raise ConnectionRefusedError("late")

    meanwhile(monkeypatch, slow)
    send_next()
    assert states() == ["Left as it is"]
    assert send_next() is False


def test_a_worker_that_comes_back_late_leaves_the_next_one_s_mark(mailbox, monkeypatch):
    [message] = write()

    def slow():
        forget()
        try_again(message.pk)
        Delivery.objects.create(message=message)

    meanwhile(monkeypatch, slow)
    send_next()
    assert states() == ["Being sent"]


def test_a_late_success_spares_the_message_a_second_sending(mailbox, monkeypatch):
    [message] = write()

    def slow():
        forget()
        try_again(message.pk)

    meanwhile(monkeypatch, slow)
    send_next()
    assert states() == ["Sent"]


def test_what_is_being_tried_again_is_in_nobody_else_s_hands():
    [message] = write(status=STATUS.requeued)
    Delivery.objects.create(message=message)
    assert try_again(message.pk) is False
    assert leave(message.pk) is False
    assert not Email.objects.filter(sending.in_trouble()).exists()


def test_a_reason_is_one_line_that_the_database_takes(mailbox, monkeypatch):
    [message] = write()

    def refuse():
        raise smtplib.SMTPDataError(554, b"no\x00t\r\nhere \xff")

    meanwhile(monkeypatch, refuse)
    send_next()
    assert message.logs.get().message == "The mail server said: 554 no t here \ufffd"


def test_a_message_deleted_meanwhile_stops_no_worker(mailbox, monkeypatch):
    write()
    meanwhile(monkeypatch, lambda: Email.objects.all().delete())
    assert send_next()
    assert send_next() is False


@pytest.mark.parametrize("was", [STATUS.failed, STATUS.requeued])
def test_what_is_left_is_not_called_sent(was):
    [message] = write(status=was)
    assert leave(message.pk)
    assert states() == ["Left as it is"]
    assert not Email.objects.filter(sending.in_trouble()).exists()
    assert not sending.waiting().exists()


def test_the_old_line_in_cron_sends_in_the_same_way(mailbox):
    [message, _] = write(2)
    Delivery.objects.create(message=message)
    call_command("send_queued_mail")
    assert mailbox.received == ["Message 1"]


def test_no_mail_server_is_waited_for_without_end(settings):
    assert 0 < settings.EMAIL_TIMEOUT < 600
