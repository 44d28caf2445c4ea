"""The pages around signing in with an organisation's account."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from partners.single_sign_on.connections import LAST_WAY
from tests.factories import make_provider

ORGANISATION, WAYS = "/accounts/organisation/", "/accounts/connections/"


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_without_a_provider_nobody_is_led_there(client, boston):
    make_provider(boston, is_active=False)
    assert ORGANISATION not in text(client.get("/accounts/login/"))
    assert "No organisation has set this up yet" in text(client.get(ORGANISATION))


def test_with_a_provider_the_page_asked_for_is_remembered(client, provider):
    page = text(client.get("/accounts/login/?next=/skills/%3Fq%3Dvpn"))
    link = re.search(r'href="(/accounts/organisation/[^"]*)"', page)[1]
    assert 'name="next" value="/skills/?q=vpn"' in text(client.get(link))


def test_the_list_has_the_partners_that_set_it_up(client, provider, lincoln):
    make_provider(lincoln, is_active=False)
    page = text(client.get(ORGANISATION))
    assert "Boston Borough Council: Boston account" in page
    assert "City of Lincoln" not in page


def test_choosing_leads_to_the_provider(client, provider, server):
    fields = {"organisation": provider.partner_id, "next": "/help/"}
    there = client.post(ORGANISATION, fields)
    assert there.url.startswith(f"{server.issuer}/authorize?")


@pytest.mark.parametrize("said", ["", "0", "x", "\0", "9" * 30])
def test_choosing_nothing_that_is_offered_is_told(client, provider, said):
    fields = {"organisation": said, "next": "/help/"}
    page = client.post(ORGANISATION, fields)
    assert page.status_code == 200
    assert "Error: " in text(page)
    assert 'name="next" value="/help/"' in text(page)


def test_the_browser_may_go_on_to_the_providers_in_use(client, provider, server):
    policy = client.get(ORGANISATION).headers["Content-Security-Policy"]
    assert f"form-action 'self' {server.issuer};" in f"{policy};"
    elsewhere = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert server.issuer not in elsewhere


def test_the_way_in_is_pressed_not_followed(client, provider):
    asked = reverse("openid_connect_login", args=[provider.key])
    assert client.get(asked).status_code == 405


def test_who_is_signed_in_is_led_home(client_of, staff_user):
    assert client_of(staff_user).get(ORGANISATION).url == "/"


def test_a_connection_may_go_while_there_is_a_password(
    client_of, connect, staff_user, provider
):
    staff_user.set_password("three random words")
    staff_user.save()
    client, row = client_of(staff_user), connect(staff_user)
    assert "Boston account" in text(client.get(WAYS))
    gone = client.post(WAYS, {"connection": row.pk}, follow=True)
    assert "no longer signs you in" in text(gone)
    assert not SocialAccount.objects.exists()


def test_the_last_way_in_stays(client_of, connect, staff_user):
    client, row = client_of(staff_user), connect(staff_user)
    page = client.post(WAYS, {"connection": row.pk}, follow=True)
    assert LAST_WAY in page.content.decode()
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize("said", ["", "x", "\0", "9" * 30, "-1", "²"])
def test_what_is_no_connection_is_not_there(client_of, staff_user, said):
    answer = client_of(staff_user).post(WAYS, {"connection": said})
    assert answer.status_code == 404


def test_nobody_removes_a_colleagues_connection(
    client_of, connect, staff_user, coordinator
):
    row = connect(coordinator)
    answer = client_of(staff_user).post(WAYS, {"connection": row.pk})
    assert answer.status_code == 404
    assert SocialAccount.objects.exists()


def test_a_connection_to_what_is_switched_off_is_shown_as_that(
    client_of, connect, staff_user, provider
):
    connect(staff_user)
    provider.is_active = False
    provider.save()
    page = text(client_of(staff_user).get(WAYS))
    assert "An account that signs nobody in any more" in page
