"""Who is on duty at a moment, and when a duty is a gap although it stands."""

from datetime import date, timedelta

import pytest

from rota.duties.on_duty import Why, duty_periods
from rota.models import Duty
from tests.factories import make_absence, make_partner, make_person
from tests.rota_makers import make_change, make_duty, make_rota, on_duty, utc

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
STARTS, ENDS = utc("2026-11-23 17:00"), utc("2026-11-24 09:00")


def names(rota, moment, role="primary"):
    return [period.staff.name for period in on_duty(rota, role, moment)]


@pytest.fixture
def rota():
    return make_rota()


@pytest.fixture
def ann():
    return make_person(name="Ann")


def test_a_duty_holds_from_its_first_second_to_before_its_last(rota, ann):
    make_duty(rota, ann)
    ben = make_person(name="Ben")
    make_duty(rota, ben, "2026-11-24 09:00", "2026-11-24 17:00")
    assert names(rota, STARTS - SECOND) == []
    assert names(rota, STARTS) == ["Ann"]
    assert names(rota, ENDS - SECOND) == ["Ann"]
    assert names(rota, ENDS) == ["Ben"]


def test_places_are_told_in_order_and_roles_apart(rota, ann):
    make_duty(rota, make_person(name="Ben"), place=2)
    make_duty(rota, ann)
    make_duty(rota, make_person(name="Cat"), role="secondary")
    assert names(rota, STARTS) == ["Ann", "Ben"]
    assert names(rota, STARTS, "secondary") == ["Cat"]


def test_what_was_replaced_does_not_count(rota, ann):
    duty = make_duty(rota, ann)
    Duty.objects.filter(pk=duty.pk).update(replaced_by=make_change())
    assert names(rota, STARTS) == []


def test_leave_makes_a_gap_from_midnight_to_midnight_where_the_rota_is(rota, ann):
    make_duty(rota, ann, "2026-07-01 16:00", "2026-07-04 08:00")
    make_absence(ann, date(2026, 7, 2), date(2026, 7, 2))
    found = [
        (w.starts_at, w.ends_at, w.open_because) for w in duty_periods(rota.duties)
    ]
    first, after = utc("2026-07-01 23:00"), utc("2026-07-02 23:00")
    assert found == [
        (utc("2026-07-01 16:00"), first, None),
        (first, after, Why.AWAY),
        (after, utc("2026-07-04 08:00"), None),
    ]


def test_leave_without_an_end_is_a_gap_for_good(rota, ann):
    make_duty(rota, ann)
    make_absence(ann, date(2026, 11, 24))
    assert names(rota, utc("2026-11-23 23:59")) == ["Ann"]
    assert names(rota, utc("2026-11-24 00:00")) == []


@pytest.mark.parametrize("who", ["person", "partner"])
def test_whoever_has_left_leaves_a_gap(rota, ann, who):
    make_duty(rota, ann)
    gone = ann if who == "person" else ann.partner
    gone.left_on = date(2026, 11, 24)
    gone.save()
    assert names(rota, utc("2026-11-23 23:59")) == ["Ann"]
    assert names(rota, utc("2026-11-24 00:00")) == []
    assert [w.open_because for w in duty_periods(rota.duties)] == [None, Why.LEFT]


def test_a_partner_that_named_nobody_is_a_gap(rota):
    make_duty(rota, None, partner=make_partner())
    assert names(rota, STARTS) == []
    assert [w.open_because for w in duty_periods(rota.duties)] == [Why.UNNAMED]


def test_one_query_tells_of_any_number_of_duties(rota, django_assert_num_queries):
    for day in range(1, 21):
        start = utc(f"2026-11-{day:02} 17:00")
        person = make_person()
        make_absence(person, date(2026, 11, 1), date(2026, 11, 2))
        make_duty(rota, person, str(start)[:16], str(start + 16 * 3600 * SECOND)[:16])
    with django_assert_num_queries(1):
        assert len(duty_periods(rota.duties)) >= 20
