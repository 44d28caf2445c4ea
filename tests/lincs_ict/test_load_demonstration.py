"""The commands of the demonstration work only where it is on, and destroy nothing."""

import io

import pytest
from django.core.management import CommandError, call_command

from lincs_ict.demonstration.logins import LOGINS
from lincs_ict.demonstration.management.commands import load_demonstration
from partners.models import User
from tests.factories import make_person, make_user


@pytest.fixture
def made(monkeypatch):
    """The days for which a partnership was made."""
    days = []
    monkeypatch.setattr(load_demonstration, "make_partnership", days.append)
    return days


@pytest.fixture
def load(db, settings, made):
    def load(**options):
        said = io.StringIO()
        call_command("load_demonstration", stdout=said, **options)
        return said.getvalue()

    settings.DEMO = True
    return load


@pytest.mark.parametrize("command", ["load_demonstration", "demo_logins"])
def test_outside_the_demonstration_nothing_happens(settings, made, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command(command)
    assert made == []


def test_an_empty_database_is_filled(load, made):
    assert "Demonstration: 0 partners" in load(today="2026-11-24")
    assert [day.isoformat() for day in made] == ["2026-11-24"]


def test_a_filled_database_is_left_alone(load, made):
    make_user()
    assert "There are partners here already, so none were added." in load()
    assert made == []


def test_invented_people_make_way_for_fresh_ones(load, made):
    make_user("somebody@boston.example")
    load(fresh=True)
    assert not User.objects.exists()
    assert len(made) == 1


@pytest.mark.parametrize("who", ["login", "person"])
def test_real_people_are_never_thrown_away(load, made, who):
    if who == "login":
        make_user("somebody@boston.gov.uk")
    else:
        make_person(work_email="somebody@boston.gov.uk")
    with pytest.raises(CommandError, match="There are real people here"):
        load(fresh=True)
    assert made == []


def test_a_day_that_is_none_is_refused(load, made):
    with pytest.raises(CommandError, match="“soon” is not a date like 2026-11-22"):
        load(today="soon")
    assert made == []


def test_the_logins_are_printed_as_a_table(settings):
    settings.DEMO = True
    said = io.StringIO()
    call_command("demo_logins", stdout=said)
    header, *rows = said.getvalue().splitlines()
    assert header.split() == ["Role", "E-mail", "Password"]
    for login, row in zip(LOGINS, rows, strict=True):
        assert row.startswith(login.role)
        assert login.email in row
        assert row.endswith(login.password)
