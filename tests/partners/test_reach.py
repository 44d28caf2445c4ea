"""Which number to ring now, and whose it is."""

import pytest

from partners.reach import Colleague, Desk, NumberToCall, number_to_ring

OPEN = Desk("Boston", "01632 960110", "01632 960119", is_open=True)
SHUT = Desk("Boston", "01632 960110", "01632 960119", is_open=False)
DESK = NumberToCall("01632 960110", "Boston service desk", "Ada is away")
NIGHT = NumberToCall("01632 960119", "Boston out of hours", "Ada is away")


def ada(**facts):
    return Colleague(**{"name": "Ada", "number": "01632 960001"} | facts)


def bob(**facts):
    return Colleague(**{"name": "Bob", "number": "01632 960002"} | facts)


OWN = NumberToCall("01632 960001", "Ada", "")
COVER = NumberToCall("01632 960002", "Bob", "covers for Ada")


@pytest.mark.parametrize(
    ("person", "cover", "desk", "ring"),
    [
        (ada(is_at_work=True), None, OPEN, OWN),
        (ada(is_at_work=True), bob(), SHUT, OWN),
        (ada(is_at_work=None), None, SHUT, OWN),
        (ada(is_away=True), bob(is_at_work=True), OPEN, COVER),
        (ada(is_away=True), bob(is_at_work=None), OPEN, COVER),
        (ada(is_away=True), bob(is_away=True), OPEN, DESK),
        (ada(is_away=True), bob(is_at_work=False), SHUT, NIGHT),
        (ada(is_away=True), bob(number=""), OPEN, DESK),
        (ada(is_away=True), None, OPEN, DESK),
        (ada(is_away=True), None, SHUT, NIGHT),
    ],
)
def test_own_number_then_the_cover_then_the_desk(person, cover, desk, ring):
    assert number_to_ring(person, cover, desk) == ring


def test_who_covers_is_not_rung_for_somebody_who_merely_went_home():
    ring = number_to_ring(ada(is_at_work=False), bob(is_at_work=True), SHUT)
    assert ring.number == "01632 960119"
    assert ring.why == "Ada is not at work now"


def test_without_an_out_of_hours_number_the_desk_is_rung():
    desk = Desk("Boston", "01632 960110", "", is_open=False)
    assert number_to_ring(ada(is_away=True), None, desk) == DESK


def test_without_any_desk_the_own_number_is_better_than_none():
    desk = Desk("Boston", "", "", is_open=True)
    ring = number_to_ring(ada(is_at_work=False), None, desk)
    assert ring == NumberToCall("01632 960001", "Ada", "Ada is not at work now")


def test_a_person_without_a_number_is_reached_by_the_desk():
    ring = number_to_ring(ada(number="", is_at_work=True), None, OPEN)
    assert ring.number == "01632 960110"
    assert ring.why == "no number is recorded for Ada"


def test_nothing_recorded_is_an_empty_number():
    desk = Desk("Boston", "", "", is_open=True)
    assert number_to_ring(ada(number=""), None, desk).number == ""
