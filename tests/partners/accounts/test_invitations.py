"""Invitations: sent to one person, good once and for a week."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from post_office.models import Email

from partners.accounts.invitations import accept, find, invite, invite_all, withdraw
from partners.models import Appointment, Invitation, StaffMember, User
from partners.refusals import sentence
from tests.factories import appoint, make_invitation, make_person, make_user
from tests.races import lost, race

PASSWORD = "three random words"
LINK = re.compile(r"/invitations/accept/([\w-]+)/")


@pytest.fixture
def person(boston):
    return make_person(boston, "Ada First")


def token_of(person):
    message = Email.objects.filter(to=[person.work_email]).latest("pk")
    return LINK.search(message.message)[1]


def test_an_invitation_leads_its_person_in(person, coordinator):
    invite(person=person, by=coordinator)
    user = accept(invitation=find(token_of(person)), password=PASSWORD)
    person.refresh_from_db()
    assert person.user == user
    assert user.email == person.work_email
    assert user.check_password(PASSWORD)


def test_the_message_says_who_invites_and_until_when(person, coordinator):
    invitation = invite(person=person, by=coordinator)
    text = invitation.message.message
    assert text.startswith("Dear Ada First,")
    assert coordinator.get_full_name() in text
    assert f"{timezone.localtime(invitation.expires_at):%-d %B %Y}" in text


def test_only_a_hash_of_the_token_is_kept(person, coordinator):
    invitation = invite(person=person, by=coordinator)
    assert token_of(person).encode() not in bytes(invitation.digest)
    assert len(token_of(person)) >= 43


def test_a_link_works_once(person, coordinator):
    invite(person=person, by=coordinator)
    token = token_of(person)
    invitation = find(token)
    accept(invitation=invitation, password=PASSWORD)
    assert find(token) is None
    with pytest.raises(ValidationError, match="was used"):
        accept(invitation=invitation, password="another three words")


def test_a_link_works_for_seven_days(person, coordinator):
    invitation = invite(person=person, by=coordinator)
    assert invitation.expires_at - invitation.invited_at == timedelta(days=7)
    Invitation.objects.update(
        invited_at=timezone.now() - timedelta(days=8),
        expires_at=timezone.now() - timedelta(seconds=1),
    )
    assert find(token_of(person)) is None
    with pytest.raises(ValidationError):
        accept(invitation=invitation, password=PASSWORD)


def test_a_newer_link_replaces_the_older(person, coordinator):
    invite(person=person, by=coordinator)
    older = token_of(person)
    invite(person=person, by=coordinator)
    assert find(older) is None
    assert find(token_of(person))


def test_a_withdrawn_link_works_no_more(person, coordinator):
    invitation = invite(person=person, by=coordinator)
    withdraw(invitation=invitation, by=coordinator)
    assert find(token_of(person)) is None
    with pytest.raises(ValidationError):
        withdraw(invitation=invitation, by=coordinator)


@pytest.mark.parametrize("token", ["", "guess", "é" * 43, "\x00", "a" * 5000, "\ud800"])
def test_a_forged_token_finds_nothing(person, coordinator, token):
    invite(person=person, by=coordinator)
    assert find(token) is None


def test_a_leaver_s_link_works_no_more(person, coordinator):
    invite(person=person, by=coordinator)
    StaffMember.objects.filter(pk=person.pk).update(left_on=timezone.localdate())
    assert find(token_of(person)) is None


def test_nobody_invites_another_partner_s_person(lincoln, coordinator):
    with pytest.raises(PermissionDenied):
        invite(person=make_person(lincoln), by=coordinator)


def test_nobody_withdraws_another_partner_s_invitation(lincoln, coordinator):
    with pytest.raises(PermissionDenied):
        withdraw(invitation=make_invitation(make_person(lincoln)), by=coordinator)


def has_left(person):
    StaffMember.objects.filter(pk=person.pk).update(left_on=timezone.localdate())


def is_switched_off(person):
    user = make_user(person.work_email, None, person)
    User.objects.filter(pk=user.pk).update(is_active=False)


def can_sign_in(person):
    make_user(person.work_email, PASSWORD, person)


def is_somebody_else_s(person):
    make_user(person.work_email.upper(), PASSWORD)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (has_left, "is not in post"),
        (is_switched_off, "is switched off"),
        (can_sign_in, "can sign in already"),
        (is_somebody_else_s, "is the e-mail of another login"),
    ],
)
def test_who_cannot_be_invited_is_told_of(person, partnership_coordinator, spoil, says):
    spoil(person)
    _, refused = invite_all(people=[person], by=partnership_coordinator)
    assert says in refused[0]
    assert not Invitation.objects.exists()
    assert not Email.objects.exists()


def test_whoever_has_a_login_without_a_password_is_invited(person, coordinator):
    user = make_user(person.work_email, None, person)
    invite(person=person, by=coordinator)
    assert accept(invitation=find(token_of(person)), password=PASSWORD) == user


def test_nobody_below_invites_a_partnership_coordinator(
    person, coordinator, partnership_coordinator
):
    user = make_user(person.work_email, None, person)
    appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    with pytest.raises(ValidationError, match="coordinates the whole partnership"):
        invite(person=person, by=coordinator)
    assert invite(person=person, by=partnership_coordinator).is_open


def test_a_login_made_meanwhile_is_not_taken_over(person, coordinator):
    invite(person=person, by=coordinator)
    make_user(person.work_email, "a password of one's own", person)
    with pytest.raises(ValidationError, match="can sign in already"):
        accept(invitation=find(token_of(person)), password=PASSWORD)


def test_what_is_used_stays_as_it_is(person):
    now = timezone.now()
    make_invitation(person, used_at=now)
    with pytest.raises(IntegrityError) as caught:
        Invitation.objects.update(used_at=None)
    assert "used or withdrawn meanwhile" in sentence(caught.value)


def test_the_table_keeps_one_open_invitation_a_person(person):
    make_invitation(person)
    with pytest.raises(IntegrityError) as caught:
        make_invitation(person, "another token")
    assert sentence(caught.value) == "Somebody invited this person meanwhile"


@pytest.mark.parametrize(
    "broken",
    [
        {"used_at": timezone.now(), "withdrawn_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(days=9)},
    ],
)
def test_the_table_refuses_what_cannot_be(person, broken):
    with pytest.raises(IntegrityError):
        make_invitation(person, **broken)


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_at_once_let_one_in():
    invitation = make_invitation(make_person())
    outcomes = race(
        lambda: accept(invitation=invitation, password="one three words"),
        lambda: accept(invitation=invitation, password="other three words"),
    )
    [error] = lost(outcomes)
    assert isinstance(error, ValidationError)
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepting_while_it_is_withdrawn_does_one_of_both():
    invitation = make_invitation(make_person())
    taken_back = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True)
    race(
        lambda: accept(invitation=invitation, password=PASSWORD),
        lambda: taken_back.update(withdrawn_at=timezone.now()),
    )
    invitation.refresh_from_db()
    assert (invitation.state == "Used") is User.objects.exists()
