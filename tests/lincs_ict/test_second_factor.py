"""Signing in with a second factor, and nothing without one where it is needed."""

import re

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse

from partners.forms.second_factor import AuthenticateForm
from tests.factories import make_user
from tests.races import race

PASSWORD = "three random words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REFUSED = "This code is not right, or it was used already"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


STEP = 58_000_000


@pytest.fixture(autouse=True)
def _the_clock_stands(monkeypatch):
    """A code stays the same however slow the machine is."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: [STEP])


def code(secret=SECRET):
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, STEP))


@pytest.fixture
def armed(staff_user):
    """A login with a password, an app and recovery codes."""
    staff_user.set_password(PASSWORD)
    staff_user.save()
    TOTP.activate(staff_user, SECRET)
    RecoveryCodes.activate(staff_user)
    return staff_user


@pytest.fixture
def at_the_door(client, armed):
    """A browser in which the password was entered, and the code is asked for."""
    sign_in(client, armed)
    return client


def sign_in(client, user, **more):
    fields = {"login": user.email, "password": PASSWORD} | more
    return client.post(reverse("account_login"), fields, follow=True)


def enter(client, text, name="mfa_authenticate", **more):
    return client.post(reverse(name), {"code": text} | more, follow=True)


def is_in(client):
    return "_auth_user_id" in client.session


def recovery_codes(user):
    found = Authenticator.objects.get(user=user, type="recovery_codes")
    return found.wrap().get_unused_codes()


def test_signing_in_asks_for_the_code(client, armed):
    page = text_of(sign_in(client, armed, next="/skills/?q=vpn"))
    assert '<h1 class="govuk-heading-l">Enter your code</h1>' in page
    assert not is_in(client)
    assert enter(client, code()).request["PATH_INFO"] == "/skills/"
    assert is_in(client)


def test_an_empty_code_is_asked_for(at_the_door):
    page = text_of(enter(at_the_door, ""))
    assert 'href="#id_code">Enter your code</a>' in page
    assert "<title>Error: Enter your code" in page


@pytest.mark.parametrize("wrong", ["000", "ÄÖÜ", "1" * 5000])
def test_a_wrong_code_is_refused_with_what_to_do(at_the_door, wrong):
    assert REFUSED in text_of(enter(at_the_door, wrong))
    assert not is_in(at_the_door)


def test_characters_nobody_sees_are_refused(at_the_door):
    page = text_of(enter(at_the_door, "123\x00456"))
    assert "Remove the invisible characters from your code" in page


def test_a_code_works_once(client, at_the_door, armed):
    used = code()
    enter(at_the_door, used)
    client.post(reverse("account_logout"))
    sign_in(client, armed)
    assert REFUSED in text_of(enter(client, used))
    assert not is_in(client)


def test_a_recovery_code_works_once(client, at_the_door, armed):
    used = recovery_codes(armed)[0]
    enter(at_the_door, used)
    assert is_in(client)
    client.post(reverse("account_logout"))
    sign_in(client, armed)
    assert REFUSED in text_of(enter(client, used))
    assert used not in recovery_codes(armed)


def test_five_wrong_codes_make_the_right_one_wait(at_the_door):
    for _ in range(5):
        enter(at_the_door, "000000")
    page = text_of(enter(at_the_door, code()))
    assert "There were too many tries. Wait five minutes" in page
    assert not is_in(at_the_door)


def test_signing_in_can_be_given_up(at_the_door):
    at_the_door.post(reverse("account_logout"))
    page = at_the_door.get(reverse("mfa_authenticate"), follow=True)
    assert page.request["PATH_INFO"] == reverse("account_login")


def test_a_closed_login_gets_no_further_by_its_code(at_the_door, armed):
    armed.is_active = False
    armed.save()
    page = enter(at_the_door, code())
    assert page.request["PATH_INFO"] != "/skills/"
    assert at_the_door.get("/skills/").status_code == 302


@pytest.fixture
def setting_up(client, staff_user):
    """A browser on the page that sets up an app, and the key it shows."""
    staff_user.set_password(PASSWORD)
    staff_user.save()
    sign_in(client, staff_user)
    return client, shown_key(client)


def shown_key(client):
    client.get(reverse("mfa_activate_totp"))
    again = {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
    page = client.post(reverse("account_reauthenticate"), again, follow=True)
    return re.search(r'<code class="app-key">(\w+)</code>', text_of(page))[1]


def test_the_password_is_entered_once_more_before_setting_up(client, staff_user):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    sign_in(client, staff_user)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Enter your password again" in text_of(page)
    wrong = client.post(reverse("account_reauthenticate"), {"password": "guessed"})
    assert "The password is not right: enter it again" in text_of(wrong)


def test_the_key_is_shown_as_an_image_and_in_letters(setting_up):
    client, key = setting_up
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in text_of(page)
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert len(key) == 32


@pytest.mark.parametrize("address", ["/skills/", "/accounts/second-factor/"])
def test_elsewhere_no_image_stands_within_a_page(setting_up, address):
    assert "data:" not in setting_up[0].get(address)["Content-Security-Policy"]


def test_a_wrong_first_code_keeps_the_key(setting_up):
    client, key = setting_up
    page = text_of(enter(client, "000000", "mfa_activate_totp"))
    assert "This code is not right. Enter the newest one" in page
    assert key in page
    assert not Authenticator.objects.exists()


def test_the_first_code_sets_it_up_and_shows_recovery_codes(setting_up, staff_user):
    client, key = setting_up
    page = text_of(enter(client, code(key), "mfa_activate_totp"))
    codes = recovery_codes(staff_user)
    assert len(codes) == 10
    assert all(code in page for code in codes)


def test_the_first_code_signs_nobody_in(setting_up, staff_user):
    client, key = setting_up
    enter(client, code(key), "mfa_activate_totp")
    client.post(reverse("account_logout"))
    sign_in(client, staff_user)
    assert REFUSED in text_of(enter(client, code(key)))
    cache.clear()
    assert enter(client, code(key)).request["PATH_INFO"] == "/skills/"


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_used_twice_at_once_counts_once():
    cache.clear()
    user = make_user("twice@council.example")
    codes = RecoveryCodes.activate(user)
    code = codes.get_unused_codes()[0]

    def enter():
        form = AuthenticateForm({"code": code}, user=user)
        with context.request_context(RequestFactory().post("/")):
            return form.is_valid()

    assert sorted(race(enter, enter)) == [False, True]
