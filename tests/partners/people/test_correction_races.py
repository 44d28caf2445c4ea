"""Two at once at one request: one of them answers, and the other is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from partners.models import Appointment, CorrectionRequest
from partners.models.correction import CLOSED_STAYS_CLOSED
from partners.people import corrections
from tests.factories import appoint, make_correction, make_person, make_user
from tests.races import broken_constraint, lost, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chief():
    user = make_user()
    appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    assert user.standing.is_partnership_coordinator
    return user


def test_one_of_two_answers_counts(chief):
    asked = make_correction(make_person())
    outcomes = race(
        lambda: corrections.answer(by=chief, request=asked, state="done"),
        lambda: corrections.answer(
            by=chief, request=asked, state="declined", answer="No"
        ),
    )
    [error] = lost(outcomes)
    assert isinstance(error, ValidationError)
    [kept] = [outcome for outcome in outcomes if outcome is not error]
    assert CorrectionRequest.objects.get().state == kept.state


def test_past_the_action_the_table_refuses_the_second(chief):
    asked = make_correction(make_person())
    rows = CorrectionRequest.objects.filter(pk=asked.pk)
    answer = {"state": "done", "answered_at": asked.asked_at}
    outcomes = race(*(lambda: rows.update(**answer) for _ in range(2)))
    [error] = lost(outcomes)
    assert isinstance(error, IntegrityError)
    assert broken_constraint(error) == CLOSED_STAYS_CLOSED
