"""The pages of invitations: sending, listing, withdrawing and accepting them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from partners.accounts.invitations import invite
from partners.models import Invitation, StaffMember
from tests.factories import make_invitation, make_person, make_user
from tests.partners.accounts.test_invitations import PASSWORD, token_of
from tests.skills.pages import text

ACCEPT = reverse("partners:invitation")
LIST = reverse("partners:invitations")


@pytest.fixture
def person(boston):
    return make_person(boston, "Ada First")


@pytest.fixture
def keeper(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def invited(person, coordinator):
    invite(person=person, by=coordinator)
    return person


def opened(person, client=None):
    client = client or Client()
    client.get(reverse("partners:invitation_link", args=[token_of(person)]))
    return client


def chosen(client, first=PASSWORD, second=None):
    words = {"password1": first, "password2": first if second is None else second}
    return client.post(ACCEPT, words, follow=True)


def test_the_link_leaves_no_token_in_the_address(invited):
    link = reverse("partners:invitation_link", args=[token_of(invited)])
    response = Client().get(link)
    assert response.url == ACCEPT
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_whoever_is_invited_chooses_a_password_and_is_inside(invited):
    client = opened(invited)
    page = text(client.get(ACCEPT))
    assert "Welcome, Ada First" in page
    assert invited.work_email in page
    chosen(client)
    assert client.get(reverse("skills:search")).status_code == 200
    assert Invitation.objects.get().state == "Used"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("", ""), "Enter your password"),
        (("short", "short"), "at least 12 characters"),
        ((PASSWORD, "three other words"), "same password"),
        (("password1234", "password1234"), "fewer people use"),
    ],
)
def test_a_password_that_will_not_do_is_said(invited, words, says):
    page = text(chosen(opened(invited), *words))
    assert says in page
    assert "There is a problem" in page
    assert Invitation.objects.get().is_open


def used(invitation):
    Invitation.objects.update(used_at=timezone.now())


def withdrawn(invitation):
    Invitation.objects.update(withdrawn_at=timezone.now())


def out_of_date(invitation):
    ago = timezone.now() - timedelta(days=9)
    Invitation.objects.update(invited_at=ago, expires_at=ago + timedelta(days=7))


@pytest.mark.parametrize("spoil", [used, withdrawn, out_of_date])
def test_dead_links_are_told_alike(invited, spoil):
    client = opened(invited)
    spoil(Invitation.objects.get())
    before = text(client.get(ACCEPT))
    assert "This invitation does not work any more" in before
    assert "Ada" not in before
    assert text(chosen(client)) == before
    assert text(Client().get(ACCEPT)) == before


@pytest.mark.parametrize("token", ["guess", "%00", "a" * 3000, "é"])
def test_a_forged_link_is_told_as_a_dead_one(invited, token):
    client = Client()
    page = client.get(f"/invitations/accept/{token}/", follow=True)
    assert "does not work any more" in text(page)


def test_a_link_works_once_from_two_browsers(invited):
    one, other = opened(invited), opened(invited)
    chosen(one)
    assert "does not work any more" in text(chosen(other))


def test_whoever_is_signed_in_as_another_signs_out_first(invited, keeper):
    page = text(opened(invited, keeper).get(ACCEPT))
    assert "You are signed in already" in page
    assert "the invitation is for Ada First" in page
    assert "Sign out first" in text(chosen(keeper))
    assert Invitation.objects.get().is_open


def test_signing_in_by_invitation_begins_a_session_anew(invited):
    client = opened(invited)
    before = client.session.session_key
    chosen(client)
    assert client.session.session_key != before
    assert "invitation" not in client.session


def test_one_person_is_invited_from_their_page(keeper, person):
    page = keeper.get(reverse("skills:person", args=[person.pk]))
    assert "Invite Ada First to sign in" in text(page)
    address = reverse("skills:invite_person", args=[person.pk])
    assert "has been invited by e-mail" in text(keeper.post(address, follow=True))
    assert Email.objects.get().to == [person.work_email]


def test_whoever_has_a_login_is_not_offered_an_invitation(keeper, staff_user):
    page = keeper.get(reverse("skills:person", args=[staff_user.person.pk]))
    assert "to sign in" not in text(page)


def test_many_are_invited_at_once_and_the_others_named(keeper, person, boston):
    login = make_person(boston, "Bea Second")
    make_user(login.work_email, PASSWORD, login)
    address = reverse("skills:invite_people", args=[boston.slug])
    page = keeper.post(address, {"person": [person.pk, login.pk]}, follow=True)
    assert "1 person invited by e-mail" in text(page)
    assert "Bea Second can sign in already" in text(page)
    page = keeper.post(address, {}, follow=True)
    assert "Choose at least one person" in text(page)


def test_another_partner_s_people_are_not_invited(keeper, lincoln, boston):
    theirs = make_person(lincoln)
    keeper.post(reverse("skills:invite_person", args=[theirs.pk]))
    keeper.post(
        reverse("skills:invite_people", args=[lincoln.slug]), {"everybody": "1"}
    )
    address = reverse("skills:invite_people", args=[boston.slug])
    keeper.post(address, {"person": theirs.pk})
    assert not Invitation.objects.exists()


def test_the_list_tells_of_one_s_own_partner_only(keeper, invited, lincoln):
    make_invitation(make_person(lincoln, "Theo Theirs"))
    page = text(keeper.get(LIST))
    assert "Ada First" in page
    assert "Waiting" in page
    assert "Theo Theirs" not in page
    lines = keeper.get(reverse("partners:invitations_export")).getvalue().decode()
    assert "Ada First" in lines
    assert "Theo Theirs" not in lines


def test_a_message_that_failed_is_seen(keeper, invited):
    Email.objects.update(status=1)
    assert "Failed, given up" in text(keeper.get(LIST))


def test_the_list_can_be_narrowed(keeper, invited):
    assert "There is no such invitation" in text(keeper.get(LIST, {"state": "used"}))
    assert "There is no state “x”" in text(keeper.get(LIST, {"state": "x"}))
    Invitation.objects.update(withdrawn_at=timezone.now())
    assert "No invitation is open" in text(keeper.get(LIST))
    assert "Ada First" in text(keeper.get(LIST, {"state": "withdrawn"}))


def test_an_invitation_is_sent_again_and_withdrawn(keeper, invited):
    older = Invitation.objects.get()
    address = reverse("partners:invitation_again", args=[older.pk])
    assert "Ada First is sent a new link" in text(keeper.post(address, follow=True))
    newer = Invitation.objects.still_open().get()
    assert newer.pk != older.pk
    address = reverse("partners:invitation_withdraw", args=[newer.pk])
    assert "works no more" in text(keeper.post(address, follow=True))
    assert "works no more" not in text(keeper.post(address, follow=True))


@pytest.mark.parametrize("name", ["invitation_again", "invitation_withdraw"])
def test_another_partner_s_invitation_is_not_found(keeper, lincoln, name):
    theirs = make_invitation(make_person(lincoln))
    response = keeper.post(reverse(f"partners:{name}", args=[theirs.pk]))
    assert response.status_code == 404
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_asks_as_much_for_twenty(
    keeper, boston, number, django_assert_num_queries
):
    for one in range(number):
        make_invitation(make_person(boston), str(one))
    with django_assert_num_queries(5):
        keeper.get(LIST)


def test_no_page_of_others_shows_a_token(keeper, invited, client_of):
    token = token_of(invited)
    for address in (LIST, reverse("partners:invitations_export")):
        assert token not in keeper.get(address).getvalue().decode()
    assert not any(token in str(row) for row in Invitation.objects.values())


def test_the_person_told_what_is_held_reads_no_token(invited, client_of):
    token = token_of(invited)
    StaffMember.objects.filter(pk=invited.pk).update(user=make_user("a@b.example"))
    invited.refresh_from_db()
    page = client_of(invited.user).get(reverse("about_me_messages"))
    assert token not in page.content.decode()


def test_links_are_not_guessed_at_without_end(invited, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password_from_key": "1/m/ip"}
    guesses = [Client().get(f"/invitations/accept/{n}/") for n in range(2)]
    assert [guess.status_code for guess in guesses] == [302, 429]
