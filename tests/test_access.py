"""Every address, in every role, for one's own partner's things and another's."""

import logging

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from partners.models import User
from tests.access import (
    DEPARTED,
    GONE,
    HIDDEN,
    HUSHED,
    MOBILE,
    REFUSED,
    SIGN_IN,
    THEIRS,
    body,
    fingerprint,
    hostile,
    make_their_secrets,
    make_things,
    outcome,
    routes,
)
from tests.access_table import OF_LINCOLN, ROLES
from tests.access_table import TABLE as BELOW
from tests.own_access import MINE
from tests.rota_rows import ROTA

TABLE = BELOW | ROTA


@pytest.fixture
def cast(
    settings,
    caplog,
    coordinator,
    their_coordinator,
    partnership_coordinator,
    staff_user,
    reader,
    stranger,
    leaver,
):
    """A login for each role, all with a password; their refusals are no news."""
    caplog.set_level(logging.CRITICAL, "django.request")
    User.objects.update(password=make_password("three random words"))
    settings.DEMO = True
    return {
        "nobody": None,
        "leaver": leaver,
        "stranger": stranger,
        "staff": staff_user,
        "reader": reader,
        "ours": coordinator,
        "theirs": their_coordinator,
        "chief": partnership_coordinator,
    }


def browser(login):
    """A browser in which this login has just signed in."""
    client = Client(raise_request_exception=False)
    if login:
        login.refresh_from_db()
        client.force_login(login)
    return client


@pytest.fixture
def things(boston, lincoln):
    """Boston's things, and Lincoln's."""
    theirs = make_their_secrets(lincoln)
    return make_things(boston, theirs.skill, name="Bess Ordinary"), theirs


def test_every_address_has_its_row():
    assert sorted(set(routes()) - set(TABLE)) == []


def test_every_row_has_its_address():
    assert sorted(set(TABLE) - set(routes())) == []


def secrets(route, role):
    """What this role may read in no page of this address."""
    kept = ("admin/", "history", "imports")
    records_of_theirs = role in OF_LINCOLN and any(part in route for part in kept)
    secret = set() if records_of_theirs else {GONE, DEPARTED, HUSHED}
    if role in {"nobody", "leaver", "stranger"}:
        secret |= {THEIRS, MOBILE}
    if role == "reader":
        secret |= {MOBILE}
    if role == "ours" and route.startswith("admin/"):
        secret |= {THEIRS, MOBILE}
    return secret


@pytest.mark.parametrize("role", ROLES)
def test_each_role_meets_what_the_table_says(cast, things, role):
    client, wrong = browser(cast[role]), []
    for route in sorted(set(routes()) & set(TABLE)):
        addresses = [thing.address(route) for thing in things]
        for address, expected in dict(
            zip(addresses, TABLE[route], strict=True)
        ).items():
            response = client.get(address, follow=True)
            found, said = outcome(response, address), body(response)
            leaks = [secret for secret in secrets(route, role) if secret in said]
            if found != expected[role] or leaks:
                wrong.append(f"{address}: {expected[role]}, but {found} {leaks}")
    assert wrong == []


@pytest.mark.parametrize("role", [r for r in ROLES if r not in OF_LINCOLN])
def test_nobody_changes_what_is_not_theirs(cast, things, role):
    client, theirs = browser(cast[role]), things[1]
    before, changed = fingerprint(), []
    for route in sorted(set(routes()) - set(MINE), reverse=True):
        address = theirs.address(route)
        if "accounts/" in route:
            client = browser(cast[role])
        client.post(address, hostile(theirs), follow=True)
        after = fingerprint()
        changed += [f"{address}: {t}" for t in before if before[t] != after[t]]
        before = after
    assert changed == []


@pytest.mark.parametrize("role", ROLES)
def test_somebody_who_left_has_no_page(cast, things, role):
    gone = things[1].partner.people.get(name=GONE)
    response = browser(cast[role]).get(f"/skills/people/{gone.pk}/", follow=True)
    assert outcome(response, "") in {SIGN_IN, REFUSED, HIDDEN}
    assert GONE not in body(response)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "query", ["zenobia gonequick", "kubernetes", "custodian", "zenobia lincoln"]
)
def test_somebody_who_left_is_found_by_no_search(cast, things, role, query):
    for page in ("", "export.csv"):
        response = browser(cast[role]).get(f"/skills/{page}", {"q": query}, follow=True)
        assert GONE not in body(response)
        assert DEPARTED not in body(response)


def test_one_s_own_history_is_one_s_own_to_read(cast, things):
    client = Client(raise_request_exception=False)
    client.force_login(things[1].login)
    response = client.get(things[1].address("skills/people/<int:pk>/history/"))
    assert response.status_code == 200
    assert HUSHED in body(response)
