"""Sending what is queued: nothing is lost, and nothing sent twice by itself."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email

from partners.mail import sending
from partners.mail.sending import leave, send_all, send_next, state, try_again
from partners.models import Delivery
from tests.mail_sink import sink

BACKENDS = "django.core.mail.backends"


@pytest.fixture
def sends(settings):
    kept = {"default": f"{BACKENDS}.locmem.EmailBackend"}
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": kept}


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


def statuses():
    return [*Email.objects.order_by("pk").values_list("status", flat=True)]


def test_what_waits_is_sent_the_oldest_first(db, sends):
    write(3)
    assert send_all() == 3
    assert [m.subject for m in mail.outbox] == [f"Message {n}" for n in range(3)]
    assert statuses() == [STATUS.sent] * 3
    assert not Delivery.objects.exists()


def test_what_is_sent_is_not_sent_again(db, sends):
    write()
    send_all()
    assert send_next() is False
    assert len(mail.outbox) == 1


def test_what_is_due_later_waits(db, sends):
    write(scheduled_time=timezone.now() + timedelta(hours=1))
    assert send_next() is False


def refuse(monkeypatch):
    def open_line(self):
        raise ConnectionRefusedError("nobody listens there")

    monkeypatch.setattr(f"{BACKENDS}.locmem.EmailBackend.open", open_line)


def test_what_fails_is_tried_again_later_and_later(db, sends, monkeypatch):
    refuse(monkeypatch)
    [message] = write()
    pauses = []
    for _ in sending.PAUSES:
        Email.objects.update(scheduled_time=None)
        assert send_next()
        message.refresh_from_db()
        pauses.append(round((message.scheduled_time - timezone.now()) / MINUTE))
    assert pauses == [*sending.PAUSES]
    assert message.status == STATUS.requeued
    assert message.logs.last().message.endswith("reached: nobody listens there")


MINUTE = timedelta(minutes=1)


def test_what_fails_too_often_is_given_up(db, sends, monkeypatch):
    refuse(monkeypatch)
    write(number_of_retries=len(sending.PAUSES))
    send_next()
    assert statuses() == [STATUS.failed]
    assert send_next() is False


def test_a_message_in_hand_is_left_to_who_has_it(db, sends):
    [message] = write()
    Delivery.objects.create(message=message)
    assert send_next() is False
    assert state(Email.objects.get()) == "Being sent"


def lost_on_the_way(**fields):
    [message] = write(**fields)
    ago = timezone.now() - timedelta(minutes=11)
    Delivery.objects.create(message=message, claimed_at=ago)
    return message


def test_what_a_worker_left_in_hand_may_have_been_sent(db, sends):
    lost_on_the_way()
    assert send_next() is False
    assert state(Email.objects.get()) == "May have been sent"


def test_a_person_sends_it_again_or_leaves_it(db, sends):
    again, left = lost_on_the_way(), lost_on_the_way()
    assert try_again(again.pk)
    assert leave(left.pk)
    assert send_all() == 1
    assert statuses() == [STATUS.sent, STATUS.failed]


@pytest.mark.parametrize("act", [try_again, leave])
@pytest.mark.parametrize("status", [STATUS.sent, STATUS.queued])
def test_nothing_is_done_to_a_message_that_is_well(db, act, status):
    [message] = write(status=status)
    assert act(message.pk) is False
    assert act(0) is False
    assert statuses() == [status]


def test_the_demonstration_sends_nothing(db):
    with pytest.raises(CommandError, match="EMAIL_URL is missing"):
        call_command("send_messages")


def worker(mailbox):
    """A worker of its own, at the database of the tests."""
    named = connection.settings_dict["NAME"]
    address = urlsplit(settings.DATABASE_URL)._replace(path=f"/{named}")
    env = os.environ | {
        "DATABASE_URL": address.geturl(),
        "EMAIL_URL": mailbox.url,
        "DEMO": "on",
    }
    command = [sys.executable, "manage.py", "send_messages"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env)  # noqa: S603 - our own


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once():
    write(200)
    with sink() as mailbox:
        workers = [worker(mailbox) for _ in range(2)]
        assert [one.wait(60) for one in workers] == [0, 0]
    assert Counter(mailbox.received) == {f"Message {n}": 1 for n in range(200)}
    assert statuses() == [STATUS.sent] * 200


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_between_loses_and_doubles_nothing():
    write(20)
    with sink() as mailbox:
        mailbox.slow.add("Message 7")
        killed = worker(mailbox)
        assert mailbox.reached.wait(60)
        other = worker(mailbox)
        assert other.wait(60) == 0
        killed.kill()
        killed.wait(60)
    assert Counter(mailbox.received) == {f"Message {n}": 1 for n in range(20)}
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    [unsure] = Email.objects.exclude(status=STATUS.sent)
    assert (unsure.subject, state(unsure)) == ("Message 7", "May have been sent")


@pytest.mark.django_db(transaction=True)
def test_what_a_mail_server_refuses_is_kept_with_its_reason():
    write(2)
    with sink() as mailbox:
        mailbox.refused.add("Message 0")
        assert worker(mailbox).wait(60) == 0
    refused, sent = Email.objects.order_by("pk")
    assert state(refused) == "Failed, will be tried again"
    assert refused.logs.get().message == "The mail server said: 550 no such mailbox"
    assert sent.status == STATUS.sent
