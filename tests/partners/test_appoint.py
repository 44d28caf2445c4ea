"""The command that makes the first partnership coordinator."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from partners.models import Appointment, User

NEW = "new.person@boston.example"


def said(*arguments):
    output = io.StringIO()
    call_command("appoint", *arguments, stdout=output)
    return output.getvalue()


def test_the_first_partnership_coordinator_is_made(db):
    output = said(NEW, "partnership-coordinator")
    assert User.objects.get(email=NEW).standing.is_partnership_coordinator
    assert f"{NEW} is appointed: Partnership coordinator, since" in output
    assert "They choose a password with “Forgot your password?”" in output


def test_a_coordinator_is_made_for_a_partner(boston):
    output = said(NEW, "coordinator", "--partner", boston.slug, "--since", "2026-03-02")
    appointment = Appointment.objects.get()
    assert (appointment.partner, appointment.since) == (boston, date(2026, 3, 2))
    assert "Coordinator of Boston Borough Council, since 2 March 2026" in output


def test_a_password_is_taken_from_the_input(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("geese over the marsh\n"))
    output = said(NEW, "reader", "--password-from-stdin")
    assert User.objects.get(email=NEW).check_password("geese over the marsh")
    assert "Forgot" not in output


def test_a_weak_password_appoints_nobody(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        said(NEW, "reader", "--password-from-stdin")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody", "reader"], "“nobody” is not a work e-mail"),
        ([NEW, "king"], "“king” is not a role: choose one of coordinator"),
        ([NEW, "coordinator"], "Choose a partner for a coordinator"),
        ([NEW, "reader", "--partner", "boston"], "and none for other roles"),
        ([NEW, "coordinator", "--partner", "x"], "choose one of boston"),
        ([NEW, "reader", "--since", "soon"], "“soon” is not a date like 2026-11-22"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(boston, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        said(*arguments)
    assert not User.objects.exists()
