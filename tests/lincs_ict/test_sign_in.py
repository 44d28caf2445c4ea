"""The way in: sign-in, sign-out, passwords, and who stays outside."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import NoReverseMatch, reverse
from post_office.models import Email

from lincs_ict.demonstration.logins import LOGINS

PASSWORD = "three random words"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def sign_in(client, email, password=PASSWORD, **more):
    fields = {"login": email, "password": password} | more
    return client.post(reverse("account_login"), fields)


def test_a_wrong_password_keeps_the_email_and_says_what_to_check(client, db):
    response = sign_in(client, "sandy@council.example")
    page = text_of(response)
    assert "<title>Error: Sign in" in page
    assert 'href="#id_login">The e-mail or the password is not right' in page
    assert 'value="sandy@council.example"' in page


def test_an_empty_sign_in_says_what_to_enter(client, db):
    page = text_of(sign_in(client, "", ""))
    assert 'href="#id_login">Enter your work e-mail</a>' in page
    assert 'href="#id_password">Enter your password</a>' in page
    assert 'aria-describedby="id_password_error"' in page
    assert "This field is required" not in page


def test_browsers_may_fill_the_sign_in_form(client, db):
    page = text_of(client.get(reverse("account_login")))
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page


def test_signing_in_goes_on_to_the_page_asked_for(client, staff_user):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    response = sign_in(client, staff_user.email, next="/skills/?q=vpn")
    assert response.url == "/skills/?q=vpn"


def test_signing_in_never_leads_to_another_site(client, staff_user):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    response = sign_in(client, staff_user.email, next="https://evil.example/")
    assert response.url == "/"


def test_a_leaver_cannot_sign_in(client, leaver):
    leaver.set_password(PASSWORD)
    leaver.save()
    assert "This login is closed" in text_of(sign_in(client, leaver.email))
    assert "_auth_user_id" not in client.session


def test_a_login_that_was_switched_off_cannot_sign_in(client, staff_user):
    staff_user.set_password(PASSWORD)
    staff_user.is_active = False
    staff_user.save()
    assert "This login is closed" in text_of(sign_in(client, staff_user.email))


def test_a_closed_login_looks_like_any_other_without_its_password(client, leaver):
    assert "is not right" in text_of(sign_in(client, leaver.email, "guessed"))


def test_a_leaver_is_sent_no_link(client, leaver):
    client.post(reverse("account_reset_password"), {"email": leaver.email})
    assert mail.outbox == []


def test_signing_out_takes_a_press_of_a_button(client_of, staff_user):
    client = client_of(staff_user)
    assert "Do you want to sign out?" in text_of(client.get(reverse("account_logout")))
    page = client.post(reverse("account_logout"), follow=True)
    assert "You are signed out" in text_of(page)
    assert "_auth_user_id" not in client.session


def test_the_demonstration_shows_its_logins(client, db, settings):
    settings.DEMO = True
    page = text_of(client.get(reverse("account_login")))
    assert all(login.email in page for login in LOGINS)


def test_outside_the_demonstration_no_login_is_shown(client, db):
    page = text_of(client.get(reverse("account_login")))
    assert not any(login.email in page for login in LOGINS)


def test_nobody_can_sign_up(client, db):
    fields = {"email": "new@council.example", "password1": PASSWORD}
    page = text_of(client.post(reverse("account_signup"), fields))
    assert "Logins are given by coordinators" in page
    assert "<input" not in page.replace('<input type="hidden"', "")


@pytest.mark.parametrize("name", ["account_email", "account_inactive"])
def test_pages_that_are_not_offered_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_too_many_tries_are_answered_in_the_house_style(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "sandy@council.example")
    response = sign_in(client, "sandy@council.example")
    assert response.status_code == 429
    assert "Wait five minutes" in text_of(response)


def test_five_wrong_passwords_make_the_sixth_wait(client, db):
    for _ in range(5):
        sign_in(client, "sandy@council.example")
    page = text_of(sign_in(client, "sandy@council.example"))
    assert "There were too many tries" in page


def test_a_forgotten_password_is_changed_through_the_mail(client, staff_user):
    fields = {"email": staff_user.email}
    assert client.post(reverse("account_reset_password"), fields).status_code == 302
    message = mail.outbox[0]
    assert message.subject == "Choose a new password for Shared ICT support"
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Your password is changed" in text_of(done)
    assert sign_in(client, staff_user.email).url == "/"


def test_the_mail_is_queued_before_it_is_sent(client, staff_user, settings):
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    client.post(reverse("account_reset_password"), {"email": staff_user.email})
    assert [message.to for message in Email.objects.all()] == [[staff_user.email]]
    assert mail.outbox == []


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, db):
    fields = {"email": "nobody@council.example"}
    page = client.post(reverse("account_reset_password"), fields, follow=True)
    assert "If there is a login with that address" in text_of(page)
    assert mail.outbox == []


def test_an_old_link_is_answered_with_a_way_to_a_new_one(client, db):
    link = reverse("account_reset_password_from_key", args=("1", "abc-def"))
    page = text_of(client.get(link))
    assert "This link does not work any more" in page
    assert "Error:" not in page


def test_the_mail_and_the_page_tell_how_long_a_link_lasts():
    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 60 * 60


def test_a_short_new_password_is_refused_with_the_number_to_reach(
    client_of, staff_user
):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    new = {"oldpassword": "wrong", "password1": "elevenchars", "password2": "x"}
    page = client_of(staff_user).post(reverse("account_change_password"), new)
    assert "Make the new password at least 12 characters" in text_of(page)
    assert "The current password is not right: enter it again" in text_of(page)


def test_a_login_without_password_chooses_one(client_of, staff_user):
    client = client_of(staff_user)
    response = client.get(reverse("account_change_password"), follow=True)
    assert "Your login has no password yet" in text_of(response)


def test_a_changed_password_is_announced_to_its_owner(client_of, staff_user):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    new = dict.fromkeys(("password1", "password2"), "another four random words")
    fields = {"oldpassword": PASSWORD} | new
    client_of(staff_user).post(reverse("account_change_password"), fields)
    assert mail.outbox[0].to == [staff_user.email]
    assert "If this was not you" in mail.outbox[0].body
