import pytest
from post_office.models import STATUS, Email

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


def test_the_outbox_is_the_demonstrations_only(client_of, partnership_coordinator):
    assert client_of(partnership_coordinator).get(ADDRESS).status_code == 404


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
    assert "Failed" in page
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
        with django_assert_num_queries(5):
            browser.get(ADDRESS)
