"""Guessing at the door: limits all workers share, and answers that tell nothing."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import make_person, make_user
from tests.skills.pages import text

PASSWORD = "three random words"
LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")
KNOWN, UNKNOWN = "known@council.example", "unknown@council.example"
TOO_MANY = 429


@pytest.fixture
def known(boston):
    return make_user(KNOWN, PASSWORD, make_person(boston))


@pytest.fixture(autouse=True)
def _nobody_has_tried(db):
    cache.clear()
    yield
    # What another process counted stays, unless it is taken away.
    cache.clear()


def guess(email=KNOWN, words="guessed", **more):
    fields = {"login": email, "password": words}
    return Client().post(LOGIN, fields, **more)


def test_one_login_is_guessed_at_five_times(known, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    for _ in range(5):
        assert "is not right" in text(guess())
    assert "There were too many tries with this e-mail" in text(guess())
    assert "There were too many tries" in text(guess(words=PASSWORD))


def test_another_login_is_not_shut_out_by_it(known, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1/5m/key"}
    guess(UNKNOWN)
    guess(UNKNOWN)
    assert guess(words=PASSWORD).status_code == 302


def from_behind(address):
    return {"headers": {"x-forwarded-for": address}}


def test_behind_a_proxy_each_visitor_is_counted_apart(known, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    assert guess(**from_behind("192.0.2.1")).status_code == 200
    assert guess(**from_behind("192.0.2.1")).status_code == TOO_MANY
    assert guess(**from_behind("192.0.2.2")).status_code == 200


def test_behind_a_proxy_nobody_makes_up_an_address(known, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    guess(**from_behind("192.0.2.1"))
    forged = from_behind("198.51.100.7, 192.0.2.1")
    assert guess(**forged).status_code == TOO_MANY


def test_without_a_proxy_a_made_up_address_is_not_believed(known, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    guess(**from_behind("192.0.2.1"))
    assert guess(**from_behind("192.0.2.2")).status_code == TOO_MANY


ELSEWHERE = """
import django
django.setup()
from django.test import Client
fields = {"login": "somebody@council.example", "password": "guessed"}
clients = [Client(SERVER_NAME="localhost") for _ in range(20)]
print([client.post("/accounts/login/", fields).status_code for client in clients])
"""


def tried_elsewhere():
    """What another worker answers to twenty guesses, at the database of the tests."""
    named = connection.settings_dict["NAME"]
    address = urlsplit(site.DATABASE_URL)._replace(path=f"/{named}").geturl()
    env = os.environ | {"DATABASE_URL": address, "DEMO": "on", "DEBUG": "on"}
    env |= {"DJANGO_SETTINGS_MODULE": "lincs_ict.settings"}
    command = [sys.executable, "-c", ELSEWHERE]
    done = subprocess.run(  # noqa: S603 - our own words to our own program
        command, cwd=site.BASE_DIR, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_the_limits_are_shared_by_all_workers():
    first, second = tried_elsewhere(), tried_elsewhere()
    assert str(TOO_MANY) not in first
    assert second.endswith(f"{TOO_MANY}]\n")


def test_known_and_unknown_addresses_get_the_same_answer(known):
    said = text(guess()).replace(KNOWN, "it")
    assert said == text(guess(UNKNOWN)).replace(UNKNOWN, "it")
    asked = [Client().post(RESET, {"email": e}) for e in (KNOWN, UNKNOWN)]
    assert asked[0].url == asked[1].url


def test_known_and_unknown_addresses_cost_the_same_work(known, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    guess()
    known_cost = len(hashed)
    guess(UNKNOWN)
    assert len(hashed) == 2 * known_cost > 0


def test_a_session_from_before_is_not_carried_inside(known):
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.session.session_key
    client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    assert client.session.session_key != before
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"],
)
def test_no_step_of_signing_in_leads_to_another_site(known, wanted):
    client = Client()
    fields = {"login": KNOWN, "password": PASSWORD, "next": wanted}
    assert client.post(LOGIN, fields).url == "/"
    again = reverse("account_reauthenticate")
    said = client.post(again, {"password": PASSWORD, "next": wanted})
    assert "evil" not in said.get("location", "")
    assert "javascript" not in said.get("location", "")
