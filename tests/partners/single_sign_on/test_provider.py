"""What is believed of a provider: nothing that is not signed, ours and of now."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from partners.single_sign_on import provider as asking
from tests.provider import STRANGE, begin, sign_in

DISCOVERY = "/.well-known/openid-configuration"
LONG_AGO, LATER = time.time() - 7200, time.time() + 7200


def assert_outside(client, page):
    assert page.status_code == 401
    assert "Signing in did not work" in page.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.fixture
def tried(client, provider, server, connect, staff_user):
    """Tries to sign in somebody who is connected, and finds the door shut."""
    connect(staff_user)

    def outside(**instead):
        assert_outside(client, sign_in(client, provider, server, **instead))

    return outside


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"aud": ["our-client", "another-client"]},
        {"aud": []},
        {"azp": "another-client"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": LONG_AGO},
        {"iat": LONG_AGO},
        {"iat": LATER},
        {"iat": "soon"},
        {"nbf": LATER},
        {"sub": ""},
        {"sub": 7},
        {"sub": None},
    ],
)
def test_a_token_that_says_something_else_is_not_believed(tried, server, claims):
    server.claims = claims
    tried()


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_token_that_leaves_something_out_is_not_believed(tried, server, name):
    server.without = {name}
    tried()


def test_a_token_signed_by_somebody_else_is_not_believed(tried, server):
    server.key = STRANGE
    tried()


def test_a_token_nobody_signed_is_not_believed(tried, server):
    server.key, server.algorithm = None, "none"
    tried()


def test_a_token_signed_with_what_both_know_is_not_believed(tried, server):
    server.key, server.algorithm = "hush" * 8, "HS256"
    tried()


def test_only_the_one_algorithm_is_taken(tried, server):
    server.algorithm = "RS512"
    tried()


def test_a_key_the_provider_does_not_have_is_not_looked_for(tried, server):
    server.kid = "another-key"
    tried()


def test_a_state_that_nobody_gave_is_refused(tried):
    tried(state="made up")


def test_a_state_is_good_once(client, provider, server, connect, staff_user):
    connect(staff_user)
    there = parse_qs(urlsplit(begin(client, provider).url).query)
    server.nonce, server.client_id = there["nonce"][0], "our-client"
    back = f"/accounts/oidc/{provider.key}/login/callback/"
    asked = {"code": "1", "state": there["state"][0]}
    assert client.get(back, asked).status_code == 302
    client.post("/accounts/logout/")
    assert_outside(client, client.get(back, asked))


def test_a_state_of_somebody_elses_browser_is_refused(tried, provider):
    theirs = parse_qs(urlsplit(begin(Client(), provider).url).query)
    tried(state=theirs["state"][0])


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b"{}", b"[" * 100_000, b"\xff\0"]
)
def test_rubbish_is_answered_with_a_page(client, provider, server, path, body):
    if path == DISCOVERY:
        server.lie(path, body)
        assert_outside(client, begin(client, provider))
    else:
        server.lie(path, body)
        assert_outside(client, sign_in(client, provider, server))


@pytest.mark.parametrize("keys", [7, {}, [7], [{"kid": "the-key", "kty": "RSA"}]])
def test_rubbish_keys_are_answered_with_a_page(tried, server, keys):
    server.lie("/keys", {"keys": keys})
    tried()


@pytest.mark.parametrize("path", ["/token", "/keys"])
@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 500])
def test_an_answer_that_sends_us_elsewhere_is_not_followed(tried, server, path, status):
    server.lie(path, {}, status=status, Location=f"{server.issuer}/elsewhere")
    tried()
    assert "/elsewhere" not in [asked for asked, _ in server.asked]


@pytest.mark.parametrize("token", [None, 7, "", "a.b.c", "x" * 100_000])
def test_a_token_that_is_none_is_not_believed(tried, server, token):
    server.lie("/token", {"access_token": "unused", "id_token": token})
    tried()


@pytest.mark.parametrize("name", ["issuer", *asking.NEEDED])
@pytest.mark.parametrize(
    "address", ["https://evil.example/keys", "http://127.0.0.1:1/", None, 7, "//x"]
)
def test_a_provider_that_points_elsewhere_is_not_gone_to(
    client, provider, server, name, address
):
    server.lie(DISCOVERY, server.about(**{name: address}))
    assert_outside(client, begin(client, provider))


def test_a_provider_that_is_down_is_told_in_words(client, provider, server):
    provider.issuer = "http://127.0.0.1:9"
    provider.save()
    assert_outside(client, begin(client, provider))


def test_an_answer_without_end_is_cut_off(client, provider, server):
    server.lie(DISCOVERY, b" " * asking.MOST_BYTES + b"{}")
    assert_outside(client, begin(client, provider))


def test_a_slow_provider_is_not_waited_for(client, provider, server, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    monkeypatch.setattr(server, "right_answer", lambda path: time.sleep(0.6) or {})
    assert_outside(client, begin(client, provider))


def test_the_code_goes_with_what_proves_who_asks(
    client, provider, server, connect, staff_user
):
    connect(staff_user)
    sign_in(client, provider, server)
    said = next(said for path, said in server.asked if path == "/token")
    assert said["client_secret"] == ["hush"]
    assert len(said["code_verifier"][0]) > 40


def test_stopping_at_the_provider_is_told_as_that(client, provider, server):
    page = sign_in(client, provider, server, error="access_denied")
    assert page.url == "/accounts/oidc/cancelled/"
    assert "You stopped signing in" in client.get(page.url).content.decode()


def test_microsoft_speaks_for_the_organisation_it_names(monkeypatch):
    issuer = "https://login.microsoftonline.com/our-tenant/v2.0"
    said = {"aud": "us", "nonce": "n", "iat": time.time(), "sub": "s"}
    assert not asking._problem(said | {"tid": "our-tenant"}, issuer, "us", "n")
    for tid in ("another", "", None, "v2.0"):
        assert "another organisation" in asking._problem(
            said | {"tid": tid}, issuer, "us", "n"
        )
