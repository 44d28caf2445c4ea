from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from partners.models import Delivery

ADDRESS = "/outbox/"


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def write(number=1, **fields):
    Email.objects.bulk_create(
        Email(
            from_email="us@council.example",
            to=[f"person{n}@council.example"],
            **{"subject": f"Message {n}", "message": "<b>Text</b>", "status": 2}
            | fields,
        )
        for n in range(number)
    )


def test_what_a_message_says_is_shown_in_the_demonstration_only(
    client_of, partnership_coordinator
):
    write()
    page = client_of(partnership_coordinator).get(ADDRESS).content.decode()
    assert "Message 0" in page
    assert "&lt;b&gt;Text&lt;/b&gt;" not in page


def test_a_message_that_failed_shows_why_and_is_sent_again(
    client_of, partnership_coordinator
):
    write(status=STATUS.requeued)
    message = Email.objects.get()
    message.logs.create(status=1, message="550 no such mailbox", exception_type="X")
    browser = client_of(partnership_coordinator)
    page = browser.get(ADDRESS, {"state": "trouble"}).content.decode()
    assert "550 no such mailbox" in page
    page = browser.post(ADDRESS, {"again": message.pk}, follow=True)
    assert "The message is sent again" in page.content.decode()
    message.refresh_from_db()
    assert message.status == STATUS.queued


def test_a_message_lost_on_the_way_is_left_by_hand(client_of, partnership_coordinator):
    write()
    ago = timezone.now() - timedelta(hours=1)
    message = Email.objects.get()
    Delivery.objects.create(message=message, claimed_at=ago)
    browser = client_of(partnership_coordinator)
    assert "May have been sent" in browser.get(ADDRESS).content.decode()
    page = browser.post(ADDRESS, {"leave": message.pk}, follow=True).content.decode()
    assert "The message is left as it is" in page
    assert "Left as it is</strong>" in page
    assert 'name="again"' not in page


@pytest.mark.parametrize("typed", ["", "x", "0", "9" * 40, "\x00"])
def test_a_forged_message_is_told(client_of, partnership_coordinator, typed):
    page = client_of(partnership_coordinator).post(
        ADDRESS, {"again": typed}, follow=True
    )
    assert "Nothing is wrong with that message any more" in page.content.decode()


def test_nothing_to_look_at_is_said(client_of, partnership_coordinator):
    page = client_of(partnership_coordinator).get(ADDRESS, {"state": "trouble"})
    assert "no message has failed" in page.content.decode()


@pytest.mark.parametrize("role", ["coordinator", "staff_user", "reader"])
def test_the_outbox_is_not_there_for_others(client_of, demo, request, role):
    write()
    response = client_of(request.getfixturevalue(role)).get(ADDRESS)
    assert response.status_code == 404
    assert "Message 0" not in response.content.decode()


def test_the_outbox_shows_messages_as_text(client_of, demo, partnership_coordinator):
    write(status=STATUS.failed)
    page = client_of(partnership_coordinator).get(ADDRESS).content.decode()
    assert "Message 0" in page
    assert "person0@council.example" in page
    assert "Failed, given up" in page
    assert "&lt;b&gt;Text&lt;/b&gt;" in page


def test_the_newest_message_comes_first(client_of, demo, partnership_coordinator):
    write(30)
    response = client_of(partnership_coordinator).get(ADDRESS)
    subjects = [message.subject for message in response.context["page"]]
    assert subjects[0] == "Message 29"
    assert len(subjects) == 25


def test_an_empty_outbox_says_so(client_of, demo, partnership_coordinator):
    response = client_of(partnership_coordinator).get(ADDRESS)
    assert b"No message has been written yet" in response.content


def test_the_outbox_asks_as_often_for_many_as_for_one(
    client_of, demo, partnership_coordinator, django_assert_num_queries
):
    browser = client_of(partnership_coordinator)
    for number in (1, 19):
        write(number)
        with django_assert_num_queries(6):
            browser.get(ADDRESS)
