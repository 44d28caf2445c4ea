"""Who keeps records meets nothing but the second factor before showing it."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from partners.models import User
from tests.access import fingerprint, hostile, make_their_secrets, make_things, routes
from tests.factories import appoint
from tests.lincs_ict.test_second_factor import (
    PASSWORD,
    SECRET,
    STEP,
    code,
    enter,
    shown_key,
    sign_in,
    text_of,
)

SET_UP = "/accounts/second-factor/"
SHOW = "/accounts/second-factor/reauthenticate/"
# What everybody may read without signing in, or the door itself.
PUBLIC = {"healthz", "help/", "privacy/", "accessibility/"}
PUBLIC |= {"accounts/login/", "accounts/logout/", "accounts/signup/"}
PUBLIC |= {"accounts/password/reset/", "accounts/password/reset/done/"}
PUBLIC |= {"accounts/password/reset/key/done/"}
PUBLIC |= {r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"}
PUBLIC |= {"accounts/second-factor/authenticate/"}
PUBLIC |= {"accounts/second-factor/passkeys/login/", "accounts/organisation/"}
PUBLIC |= {"accounts/oidc/<slug:provider_id>/login/", "accounts/oidc/cancelled/"}
PUBLIC |= {"accounts/oidc/<slug:provider_id>/login/callback/"}
PUBLIC |= {"invitations/accept/", "invitations/accept/<str:token>/"}
PUBLIC |= {"on-call/<str:token>/", "rota/api/on-call/"}
PUBLIC |= {"rota/feeds/<str:words>/duties.ics"}
OWN = {"accounts/password/change/", "accounts/password/set/"}
OWN |= {"accounts/reauthenticate/", "accounts/second-factor/reauthenticate/"}
OWN |= {"accounts/", "accounts/second-factor/passkeys/reauthenticate/"}
SETTING_UP = {"accounts/second-factor/", "accounts/second-factor/app/set-up/"}
SETTING_UP |= {"accounts/second-factor/passkeys/add/"}


@pytest.fixture(autouse=True)
def _required(settings, caplog, monkeypatch):
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: [STEP])
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.SECOND_FACTOR_REQUIRED = True
    # The demonstration's outbox is open during the walk.
    settings.DEMO = True


@pytest.fixture
def things(boston, lincoln):
    theirs = make_their_secrets(lincoln)
    return make_things(boston, theirs.skill, name="Bess Ordinary")


def browser(user):
    if not user.check_password(PASSWORD):
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
        user.refresh_from_db()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def led(response):
    """Where an answer leads, without what comes after."""
    return response.get("Location", "").split("?")[0]


def kept(*opened):
    """Every address save those named, and the public ones."""
    return sorted(set(routes()) - PUBLIC - OWN - set().union(*opened))


@pytest.fixture(params=["coordinator", "partnership_coordinator"])
def keeper(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_without_one_every_address_leads_to_setting_one_up(keeper, things, method):
    client, wrong = browser(keeper), []
    for route in kept(SETTING_UP):
        address = things.address(route)
        if led(getattr(client, method)(address)) != SET_UP:
            wrong.append(address)
    assert wrong == []


def test_without_one_nothing_is_changed(keeper, things):
    client, before = browser(keeper), fingerprint()
    for route in kept(SETTING_UP):
        client.post(things.address(route), hostile(things))
    assert fingerprint() == before


def test_with_one_that_was_not_shown_every_address_asks_for_it(keeper, things):
    client, wrong = browser(keeper), []
    TOTP.activate(keeper, SECRET)
    for route in kept():
        address = things.address(route)
        for answer in (client.get(address), client.post(address, hostile(things))):
            if led(answer) != SHOW:
                wrong.append(address)
    assert wrong == []


def test_what_everybody_may_read_stays_open(keeper, things):
    client = browser(keeper)
    for route in sorted(PUBLIC):
        assert led(client.get(things.address(route))) not in {SET_UP, SHOW}


def test_signing_out_and_the_password_stay_open(coordinator):
    client = browser(coordinator)
    assert client.get(reverse("account_change_password")).status_code == 200
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_page_says_why_and_leads_on_to_what_was_wanted(coordinator):
    page = browser(coordinator).get("/skills/?q=vpn", follow=True)
    assert page.redirect_chain == [(f"{SET_UP}?next=%2Fskills%2F%3Fq%3Dvpn", 302)]
    assert "You keep records of other people" in text_of(page)
    assert "app/set-up/?next=%2Fskills%2F%3Fq%3Dvpn" in text_of(page)


def test_nobody_is_led_on_to_another_site(coordinator):
    page = browser(coordinator).get(SET_UP, {"next": "https://evil.example/"})
    assert "evil.example" not in text_of(page)


def test_who_keeps_no_records_is_asked_for_nothing(staff_user, reader, stranger):
    assert browser(staff_user).get("/skills/").status_code == 200
    assert browser(reader).get("/skills/").status_code == 200
    assert browser(stranger).get("/skills/").status_code == 403


def test_a_new_coordinator_signs_in_anew_and_is_asked(staff_user, boston):
    client = browser(staff_user)
    assert client.get("/skills/").status_code == 200
    appoint(staff_user, "coordinator", boston)
    assert led(client.get("/skills/")) == "/accounts/login/"
    assert led(browser(staff_user).get("/skills/")) == SET_UP


def test_where_it_is_not_required_nobody_is_led_anywhere(coordinator, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert browser(coordinator).get("/admin/").status_code == 200


def test_setting_one_up_counts_for_this_session(coordinator):
    client = browser(coordinator)
    key = shown_key(client)
    page = enter(client, code(key), "mfa_activate_totp", next="/admin/")
    assert page.request["PATH_INFO"] == reverse("mfa_view_recovery_codes")
    assert 'href="/admin/">Go on' in text_of(page)
    assert client.get("/admin/").status_code == 200


def test_a_session_elsewhere_still_shows_it_first(coordinator):
    client, elsewhere = browser(coordinator), browser(coordinator)
    enter(client, code(shown_key(client)), "mfa_activate_totp")
    assert led(elsewhere.get("/admin/")) == SHOW


def test_showing_it_opens_what_was_wanted(coordinator):
    client = browser(coordinator)
    TOTP.activate(coordinator, SECRET)
    page = enter(client, code(), "mfa_reauthenticate", next="/admin/")
    assert page.request["PATH_INFO"] == "/admin/"
    assert page.status_code == 200


def test_the_password_again_is_no_second_factor(coordinator):
    client = browser(coordinator)
    TOTP.activate(coordinator, SECRET)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert led(client.get("/admin/")) == SHOW
    assert led(client.get(reverse("mfa_view_recovery_codes"))) == SHOW


def test_signing_in_with_it_opens_everything(coordinator):
    client = browser(coordinator)
    client.logout()
    TOTP.activate(coordinator, SECRET)
    sign_in(client, coordinator, next="/admin/")
    assert enter(client, code()).request["PATH_INFO"] == "/admin/"


def test_who_needs_one_keeps_it(coordinator):
    client = browser(coordinator)
    TOTP.activate(coordinator, SECRET)
    enter(client, code(), "mfa_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for answer in (client.get, client.post):
        page = text_of(answer(reverse("mfa_deactivate_totp")))
        assert "Your second factor stays on, because you keep records" in page
    assert Authenticator.objects.filter(user=coordinator).exists()


def test_who_needs_none_removes_it(staff_user):
    client = browser(staff_user)
    TOTP.activate(staff_user, SECRET)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "Your app is removed: your password alone signs you in" in text_of(page)
    assert not Authenticator.objects.filter(user=staff_user).exists()


def test_one_that_is_gone_opens_nothing_any_more(coordinator):
    client = browser(coordinator)
    TOTP.activate(coordinator, SECRET)
    enter(client, code(), "mfa_reauthenticate")
    Authenticator.objects.all().delete()
    assert led(client.get("/admin/")) == SET_UP
