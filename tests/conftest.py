"""The cast, the closed network, and what stands in for a missing browser."""

import os
import shutil
import socket
import time
from datetime import date

import pytest
from django.db import connection
from django.test import Client, override_settings

from lincs_ict import devdb
from partners.accounts.sessions import USED_AT
from partners.models import Appointment
from skills.catalogue import loaded
from tests.factories import appoint, make_partner, make_person, make_user
from tests.support import databases

# The shell draws nothing on a screen, and takes two thirds of the time.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
NO_BROWSER = "no Chromium on this machine"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_real_connect = socket.socket.connect


class NetworkIsClosedError(Exception):
    """A test tried to speak to another machine."""


def _connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in _LOOPBACK:
        raise NetworkIsClosedError(f"tests stay on this machine: {address}")
    return _real_connect(self, address)


def pytest_collection_modifyitems(items):
    """What a module makes once for all its tests is made by one process."""
    for item in items:
        if {"demonstration", "first_made"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_modify_db_settings,
):
    """The tests' database: a copy of a migrated one; kept with --reuse-db."""
    if not os.environ.get("DATABASE_URL"):
        devdb.ensure(durable=False)
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        databases.copy(databases.migrated(), name)
        with databases.connected_to(name):
            yield
        if not django_db_keepdb:
            databases.drop(name)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration partnership, for all tests of a module."""
    name = f"{connection.settings_dict['NAME']}_demonstration"
    with django_db_blocker.unblock():
        databases.copy(databases.demonstration(), name)
        with databases.connected_to(name), override_settings(DEMO=True):
            yield
        databases.drop(name)


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", _connect)


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    # A rolled-back test gives its edition numbers to the next one.
    loaded._held.clear()


def found_browser() -> str:
    """The machine's Chromium; without one its tests wait, and a build fails."""
    if program := next(filter(None, map(shutil.which, BROWSERS)), None):
        return program
    if os.environ.get("CI") == "true":
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if number := sum(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.line(f"{number} browser tests were skipped: {NO_BROWSER}")


@pytest.fixture
def boston(db):
    return make_partner(
        "Boston",
        name="Boston Borough Council",
        service_desk_telephone="01632 960110",
        out_of_hours_telephone="01632 960119",
    )


@pytest.fixture
def lincoln(db):
    return make_partner(
        "Lincoln",
        name="City of Lincoln Council",
        service_desk_telephone="01632 960120",
        out_of_hours_telephone="01632 960129",
    )


def _member(partner, name, role=None, of=None):
    person = make_person(partner, name)
    user = make_user(person=person)
    if role:
        appoint(user, role, of)
    return user


@pytest.fixture
def coordinator(boston):
    """Our coordinator: keeps Boston's records."""
    return _member(boston, "Olive Ours", Appointment.Role.COORDINATOR, boston)


@pytest.fixture
def their_coordinator(lincoln):
    """Theirs: keeps Lincoln's records."""
    return _member(lincoln, "Theo Theirs", Appointment.Role.COORDINATOR, lincoln)


@pytest.fixture
def partnership_coordinator(db):
    """Keeps everything, and has no record as a person."""
    user = make_user("whole.partnership@council.example")
    appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    return user


@pytest.fixture
def staff_user(boston):
    """A member of Boston's staff without a role."""
    return _member(boston, "Sandy Staff")


@pytest.fixture
def reader(db):
    """A senior sponsor: reads, and has no record as a person."""
    user = make_user("senior.sponsor@council.example")
    appoint(user, Appointment.Role.READER)
    return user


@pytest.fixture
def stranger(db):
    """A login with neither person nor role."""
    return make_user("stranger@council.example")


@pytest.fixture
def leaver(boston):
    """The login of somebody who has left, with a role nobody ended."""
    user = _member(boston, "Lee Leaver")
    user.person.left_on = date(2026, 1, 1)
    user.person.save()
    appoint(user, Appointment.Role.COORDINATOR, boston)
    return user


@pytest.fixture
def client_of(db):
    """A browser in which this login is signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        # Used a moment ago: that it is used now need not be written down.
        session = client.session
        session[USED_AT] = int(time.time())
        session.save()
        return client

    return signed_in
