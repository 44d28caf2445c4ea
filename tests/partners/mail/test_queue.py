import pytest
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.db import transaction
from post_office.models import STATUS, Email

from partners.mail import queue as messages


@pytest.fixture(autouse=True)
def _letters(settings, tmp_path, db):
    (tmp_path / "partners" / "mail").mkdir(parents=True)
    letter = tmp_path / "partners" / "mail" / "letter.txt"
    letter.write_text("Dear {{ name }},\n{{ said }}\n")
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path]}]


def queue(to="ann@council.example", subject="Hello", name="Ann", said="well"):
    context = {"name": name, "said": said}
    return messages.add_message(
        to=to, subject=subject, template="letter", context=context
    )


def test_a_message_waits_in_the_queue():
    queue()
    kept = Email.objects.get()
    assert (kept.to, kept.subject) == (["ann@council.example"], "Hello")
    assert (kept.message, kept.status) == ("Dear Ann,\nwell\n", STATUS.queued)


def test_plain_text_is_neither_escaped_nor_read_as_a_template():
    assert queue(name="O'Neil & Co", said="{{ name }}{% if").message == (
        "Dear O'Neil & Co,\n{{ name }}{% if\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x0b", "\x85"])
@pytest.mark.parametrize("header", ["to", "subject"])
def test_line_breaks_are_refused_in_address_and_subject(header, end):
    with pytest.raises(BadHeaderError):
        queue(**{header: f"ann@council.example{end}Bcc: x@council.example"})
    with pytest.raises(BadHeaderError):
        queue(**{header: f"ann@council.example{end}"})


@pytest.mark.parametrize("to", ["", "ann", "a@b.example, c@d.example"])
def test_what_is_no_single_address_is_refused(to):
    with pytest.raises(ValidationError):
        queue(to=to)


def test_a_message_falls_with_its_transaction():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Email.objects.exists()
