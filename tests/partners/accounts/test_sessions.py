"""Where somebody is signed in, and when that ends."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.accounts.sessions import USED_AT, browser, places, tidy_up
from partners.models import Appointment, User
from tests.factories import appoint
from tests.skills.pages import text

PASSWORD = "three random words"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/1"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
PAGE = reverse("partners:signed_in")


def sign_in(user, agent=FIREFOX):
    user.set_password(PASSWORD)
    user.save()
    return signed_in_again(user, agent)


def signed_in_again(user, agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    fields = {"login": user.email, "password": PASSWORD}
    client.post(reverse("account_login"), fields)
    return client


def is_inside(client):
    return client.get(reverse("skills:search")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/1 Safari/1 Edg/1",
            "Edge on Mac",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/1 Safari/1", "Chrome on Android"),
        ("curl/8.1", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert browser(agent) == words


@pytest.mark.parametrize(("first", "second"), [(FIREFOX, IPHONE), (IPHONE, FIREFOX)])
def test_the_page_lists_every_browser_this_one_first(staff_user, first, second):
    client = sign_in(staff_user, first)
    signed_in_again(staff_user, second)
    page = text(client.get(PAGE))
    assert page.index(f"{browser(first)} This browser") < page.index(browser(second))


def test_another_browser_is_signed_out_at_once(staff_user):
    mine, other = sign_in(staff_user), signed_in_again(staff_user, IPHONE)
    place = next(p for p in places(staff_user, mine.session.session_key)[1:])
    page = text(mine.post(PAGE, {"end": place.session.pk}, follow=True))
    assert "That browser is signed out" in page
    assert "Safari on iPhone" not in page
    assert is_inside(mine)
    assert not is_inside(other)


def test_signing_out_everywhere_ends_this_browser_too(staff_user):
    mine, other = sign_in(staff_user), signed_in_again(staff_user)
    mine.post(PAGE, {"everywhere": "yes"})
    assert not is_inside(mine)
    assert not is_inside(other)
    assert not UserSession.objects.exists()


def test_nobody_signs_out_somebody_else(staff_user, coordinator):
    mine, other = sign_in(staff_user), sign_in(coordinator)
    theirs = UserSession.objects.get(user=coordinator)
    page = text(mine.post(PAGE, {"end": theirs.pk}, follow=True))
    assert "signed out already" in page
    assert is_inside(other)


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "\x00"])
def test_a_forged_browser_is_told(client_of, staff_user, typed):
    page = client_of(staff_user).post(PAGE, {"end": typed}, follow=True)
    assert "signed out already" in text(page)


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_asks_as_much_for_twenty(
    client_of, staff_user, number, django_assert_num_queries
):
    for _ in range(number):
        sign_in(staff_user)
    client = client_of(staff_user)
    with django_assert_num_queries(5):
        client.get(PAGE)


def test_a_new_role_ends_every_session(staff_user, boston):
    client = sign_in(staff_user)
    appoint(staff_user, Appointment.Role.COORDINATOR, boston)
    assert not is_inside(client)


def test_a_role_that_ends_or_goes_ends_every_session(coordinator):
    client = sign_in(coordinator)
    coordinator.appointments.update(until=timezone.localdate())
    assert not is_inside(client)
    client = signed_in_again(coordinator)
    coordinator.appointments.all().delete()
    assert not is_inside(client)


def test_a_changed_password_ends_the_other_sessions(staff_user):
    mine, other = sign_in(staff_user), signed_in_again(staff_user)
    words = dict.fromkeys(("password1", "password2"), "four other random words")
    mine.post(reverse("account_change_password"), {"oldpassword": PASSWORD} | words)
    assert is_inside(mine)
    assert not is_inside(other)


def test_leaving_ends_every_session(staff_user):
    client = sign_in(staff_user)
    person = staff_user.person
    person.left_on = timezone.localdate()
    person.save()
    assert not is_inside(client)


def test_a_login_read_earlier_revives_no_session(staff_user):
    client, read_before = sign_in(staff_user), User.objects.get(pk=staff_user.pk)
    User.objects.filter(pk=staff_user.pk).update(session_edition=9)
    read_before.save()
    assert not is_inside(client)


def unused(client, hours):
    session = client.session
    session[USED_AT] = int(time.time() - hours * 3600)
    session.save()


def test_a_coordinator_is_signed_out_after_twelve_hours_without_use(coordinator):
    client = sign_in(coordinator)
    unused(client, 12.1)
    response = client.get(reverse("skills:search"), follow=True)
    assert "was not used for 12 hours" in text(response)
    assert "_auth_user_id" not in client.session


def test_a_coordinator_who_uses_it_stays(coordinator):
    client = sign_in(coordinator)
    unused(client, 11.9)
    assert is_inside(client)
    assert client.session[USED_AT] > time.time() - 60


def test_staff_stay_signed_in_until_they_close_the_browser(staff_user):
    client = sign_in(staff_user)
    unused(client, 13)
    assert is_inside(client)
    assert client.session.get_expire_at_browser_close()


def test_use_is_noted_every_five_minutes(staff_user):
    client = sign_in(staff_user)
    unused(client, 0.2)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    is_inside(client)
    row = UserSession.objects.get()
    assert timezone.now() - row.last_seen_at < timedelta(minutes=1)


def test_a_session_that_ran_out_is_not_listed(staff_user):
    client = sign_in(staff_user)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert places(staff_user, client.session.session_key) == []


def test_a_browser_from_before_may_still_end_it_all(client_of, staff_user):
    page = text(client_of(staff_user).get(PAGE))
    assert "before such a list was kept" in page
    assert "Sign out everywhere" in page


def test_what_is_over_is_forgotten_daily(staff_user):
    sign_in(staff_user)
    signed_in_again(staff_user)
    over = UserSession.objects.first().session_key
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(pk=over).update(expire_date=yesterday)
    assert tidy_up() == 1
    assert UserSession.objects.exclude(session_key=over).count() == 1
    assert not UserSession.objects.filter(session_key=over).exists()


def test_a_session_counts_as_used_from_its_first_moment(staff_user):
    assert sign_in(staff_user).session[USED_AT] > time.time() - 60
