"""Whom a partner's provider signs in, and whom it does not."""

from urllib.parse import parse_qs, urlsplit

from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from partners.people import transfers
from partners.single_sign_on.adapter import CLOSED, ELSEWHERE, UNKNOWN
from tests.factories import make_person, make_provider, make_transfer, make_user
from tests.provider import begin, sign_in


def is_in(client):
    return "_auth_user_id" in client.session


def text(response):
    return response.content.decode()


def test_who_is_connected_comes_in_by_the_name_there(
    client, provider, server, connect, staff_user
):
    connect(staff_user)
    assert sign_in(client, provider, server).url == "/"
    assert client.session["_auth_user_id"] == str(staff_user.pk)


def test_another_email_changes_nothing(client, provider, server, connect, staff_user):
    connect(staff_user)
    server.claims = {"email": "other@council.example", "email_verified": True}
    sign_in(client, provider, server)
    assert client.session["_auth_user_id"] == str(staff_user.pk)
    staff_user.refresh_from_db()
    assert staff_user.email != "other@council.example"
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_somebody_elses_email_opens_nothing(client, provider, server, staff_user):
    server.claims = {"email": staff_user.email, "email_verified": True}
    page = sign_in(client, provider, server)
    assert UNKNOWN in text(page)
    assert (page.status_code, is_in(client)) == (403, False)
    assert not SocialAccount.objects.exists()


def test_a_leaver_stays_outside(client, provider, server, connect, leaver):
    connect(leaver)
    assert CLOSED in text(sign_in(client, provider, server))
    assert not is_in(client)


def test_a_login_that_is_switched_off_stays_closed(
    client, provider, server, connect, staff_user
):
    connect(staff_user)
    staff_user.is_active = False
    staff_user.save()
    assert CLOSED in text(sign_in(client, provider, server))


def test_who_went_to_another_partner_is_no_longer_vouched_for(
    client, provider, server, connect, staff_user, lincoln, partnership_coordinator
):
    connect(staff_user)
    gone = make_transfer(staff_user.person, lincoln, state="released")
    transfers.accept(by=partnership_coordinator, transfer=gone)
    assert ELSEWHERE in text(sign_in(client, provider, server))
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_login_without_a_person_belongs_to_no_partner(
    client, provider, server, connect, partnership_coordinator
):
    connect(partnership_coordinator)
    sign_in(client, provider, server)
    assert not is_in(client)


def test_the_same_name_elsewhere_is_somebody_else(
    client, provider, server, connect, staff_user, lincoln
):
    theirs = make_provider(lincoln, issuer=server.issuer, client_id="their-client")
    connect(make_user(person=make_person(lincoln)), to=theirs)
    assert UNKNOWN in text(sign_in(client, provider, server))


def test_another_client_at_the_same_place_names_others(
    client, provider, server, connect, staff_user
):
    connect(staff_user)
    provider.client_id = "another-client"
    provider.save()
    assert UNKNOWN in text(sign_in(client, provider, server))


def test_a_provider_that_is_switched_off_lets_nobody_in(
    client, provider, server, connect, staff_user
):
    connect(staff_user)
    there = begin(client, provider)
    provider.is_active = False
    provider.save()
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    back = f"/accounts/oidc/{provider.key}/login/callback/"
    assert client.get(back, {"code": "1", "state": state}).status_code == 404
    assert begin(client, provider).status_code == 404


def test_a_provider_that_nobody_knows_is_not_there(client, db):
    for key in ("partner-0", "openid_connect", "google"):
        assert client.post(f"/accounts/oidc/{key}/login/").status_code == 404


def test_what_the_browser_adds_is_not_passed_on(client, provider):
    asked = f"/accounts/oidc/{provider.key}/login/?process=connect&scope=mail"
    there = client.post(f"{asked}&auth_params=prompt%3Dnone")
    said = parse_qs(urlsplit(there.url).query)
    assert said["scope"] == ["openid"]
    assert "prompt" not in said
    assert said["code_challenge_method"] == ["S256"]
    assert len(said["nonce"][0]) > 30


def test_the_page_asked_for_is_on_this_site(
    provider, server, connect, staff_user, monkeypatch
):
    connect(staff_user)
    for asked, met in [("/skills/?q=vpn", "/skills/?q=vpn"), ("//evil.example", "/")]:
        client = Client()
        there = parse_qs(urlsplit(begin(client, provider, next=asked).url).query)
        server.nonce, server.client_id = there["nonce"][0], "our-client"
        back = f"/accounts/oidc/{provider.key}/login/callback/"
        came = client.get(back, {"code": "1", "state": there["state"][0]})
        assert came.url == met


def test_a_secret_no_key_opens_is_told_in_words(client, provider, server, caplog):
    provider.sealed_secret = "sealed long ago"
    provider.save()
    server.lie("/token", {"error": "invalid_client"}, status=401)
    assert sign_in(client, provider, server).status_code == 401
    assert "must be entered again" in caplog.text
