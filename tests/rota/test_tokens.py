"""Secret addresses: known by their hash, and since when they show what they show."""

from datetime import UTC, datetime

import pytest
import time_machine

from rota import tokens
from rota.models import RotaToken
from tests.factories import make_person
from tests.races import race
from tests.rota_makers import make_token

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Kind = RotaToken.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able")


def test_what_changes_twice_in_a_second_is_later_each_time(ann):
    address = make_token(Kind.OWN, "words", staff=ann)
    since = [
        tokens.note_shown(tokens.find_calendar("words"), text)
        for text in (b"one", b"two", b"two", b"one")
    ]
    steps = [moment - NOW for moment in since]
    assert [step.total_seconds() for step in steps] == [0, 1, 1, 2]
    address.refresh_from_db()
    assert address.shown_since == since[-1]


@pytest.mark.django_db(transaction=True)
def test_two_programs_at_once_are_told_the_same_moment(ann):
    make_token(Kind.OWN, "words", staff=ann)
    kept = [tokens.find_calendar("words") for _ in range(2)]
    since = race(*(lambda a=a: tokens.note_shown(a, b"one") for a in kept))
    assert since == [NOW, NOW]


def test_only_words_in_force_are_found(ann):
    make_token(Kind.OWN, "old", staff=ann, revoked_at=NOW)
    make_token(Kind.SWITCHBOARD, "desk")
    address = make_token(Kind.OWN, "words", staff=ann)
    found = [tokens.find_calendar(w) for w in ("old", "desk", "other", "", "words")]
    assert found == [None, None, None, None, address]
