"""A mobile number its owner hides is read by them and their coordinators only."""

import logging

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from partners.models import StaffMember, User
from partners.people import transfers
from tests.access import MOBILE, body, make_their_secrets, make_things, routes
from tests.factories import make_absence, make_person

SPELLINGS = (MOBILE, MOBILE.replace(" ", ""))
WORDS = ("", "kubernetes")
SEARCHES = [f"/skills/{page}?q={q}" for page in ("", "export.csv") for q in WORDS]


@pytest.fixture
def things(settings, caplog, boston, lincoln):
    """Boston's things: the person hides the only number they have, and covers."""
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.DEMO = True
    skill = make_their_secrets(lincoln).skill
    StaffMember.objects.update(mobile="")
    hidden = {"mobile": MOBILE, "is_mobile_hidden": True}
    made = make_things(boston, skill, name="Hester Hush", **hidden)
    away = make_person(boston, "Awa Away")
    make_absence(away, timezone.localdate(), cover=made.person)
    return made


def read(login, things):
    """The addresses whose answer gives the number away."""
    User.objects.update(password=make_password("three random words"))
    login.refresh_from_db()
    found = []
    for address in {*SEARCHES, *map(things.address, routes())}:
        if "logout" in address:
            continue
        client = Client(raise_request_exception=False)
        client.force_login(login)
        said = body(client.get(address, follow=True))
        found += [address] if any(number in said for number in SPELLINGS) else []
    return found


def test_a_colleague_is_shown_it_nowhere(things, staff_user):
    assert read(staff_user, things) == []


def test_another_partner_s_coordinator_is_shown_it_nowhere(things, their_coordinator):
    assert read(their_coordinator, things) == []


def test_a_reader_is_shown_it_nowhere(things, reader):
    assert read(reader, things) == []


def test_the_own_coordinator_reads_and_dials_it(things, coordinator):
    found = read(coordinator, things)
    pk = things.person.pk
    assert {f"/skills/people/{pk}/", f"/admin/partners/staffmember/{pk}/change/"} <= (
        {*found}
    )
    assert SEARCHES[0] in found
    assert "/skills/export.csv?q=kubernetes" in found


def test_the_partnership_coordinator_reads_it(things, partnership_coordinator):
    page = f"/skills/people/{things.person.pk}/"
    assert page in read(partnership_coordinator, things)


def test_oneself_reads_it(things):
    found = read(things.login, things)
    assert {"/skills/my-record/", f"/skills/people/{things.person.pk}/"} <= {*found}


@pytest.mark.parametrize("is_hidden", [True, False])
def test_a_former_coordinator_reads_no_hidden_number_in_histories(
    client_of, coordinator, their_coordinator, boston, lincoln, is_hidden
):
    person = make_person(boston, mobile=MOBILE)
    transfer = transfers.release(by=coordinator, person=person, to_partner=lincoln)
    transfers.accept(by=their_coordinator, transfer=transfer)
    StaffMember.objects.filter(pk=person.pk).update(is_mobile_hidden=is_hidden)
    for page in ("history/", "history.csv"):
        said = body(client_of(coordinator).get(f"/skills/partners/boston/{page}"))
        assert person.name in said
        assert (MOBILE in said) is not is_hidden
    own = f"/skills/people/{person.pk}/history/"
    assert MOBILE in body(client_of(their_coordinator).get(own))
