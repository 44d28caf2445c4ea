"""Two at once at one transfer: one of them wins, and the other is told."""

import pytest
from django.core.exceptions import ValidationError

from partners.models import Appointment, Transfer
from partners.people import transfers
from tests.factories import (
    appoint,
    make_partner,
    make_person,
    make_transfer,
    make_user,
)
from tests.races import broken_constraint, lost, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief():
    user = make_user()
    appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    assert user.standing.is_partnership_coordinator
    return user


@pytest.fixture
def open_one():
    return make_transfer(make_person(make_partner()), make_partner())


def test_one_of_two_answers_counts(chief, open_one):
    outcomes = race(
        lambda: transfers.accept(by=chief, transfer=open_one),
        lambda: transfers.decline(by=chief, transfer=open_one),
    )
    [error] = lost(outcomes)
    assert isinstance(error, ValidationError)
    moved = Transfer.objects.get().state == "done"
    assert (open_one.staff.transfers.get().state == "done") is moved


def test_accepting_twice_moves_once(chief, open_one):
    accept = lambda: transfers.accept(by=chief, transfer=open_one)  # noqa: E731
    assert len(lost(race(accept, accept))) == 1
    open_one.staff.refresh_from_db()
    assert open_one.staff.version == 2


def test_one_of_two_releases_stands(chief):
    person = make_person(make_partner())
    partners = make_partner(), make_partner()
    outcomes = race(
        *(
            lambda to=to: transfers.release(by=chief, person=person, to_partner=to)
            for to in partners
        )
    )
    [error] = lost(outcomes)
    if not isinstance(error, ValidationError):
        assert broken_constraint(error) == "partners_transfer_one_open_a_person"
    assert Transfer.objects.count() == 1
