"""What speaks against a duty, each with its sentence."""

from datetime import date

import pytest

from rota.duties.changes import Assignment, Window
from rota.duties.checks import problems
from tests.factories import (
    make_absence,
    make_held,
    make_partner,
    make_person,
    make_skill,
)
from tests.rota_makers import (
    make_demand,
    make_demand_skill,
    make_duty,
    make_rota,
    utc,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def rota(boston):
    return make_rota(partners=[boston])


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann")


def put(rota, person, starts="2026-11-23 17:00", ends="2026-11-24 09:00", **fields):
    window = Window(rota.pk, fields.get("role", "primary"), 1, utc(starts), utc(ends))
    return Assignment(window, person.partner_id, person.pk)


def said(*assignments, gone=()):
    return [(p.kind, p.is_refusal) for p in problems(assignments, gone=gone)]


def test_nothing_speaks_against_somebody_who_is_free(rota, ann):
    assert said(put(rota, ann)) == []
    assert said() == []


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), [("away", True)]),
        (date(2026, 11, 20), None, [("away", True)]),
        (date(2026, 11, 25), None, []),
        (date(2026, 11, 20), date(2026, 11, 22), []),
    ],
)
def test_somebody_who_is_away_is_refused(rota, ann, begins, ends, expected):
    make_absence(ann, begins, ends)
    assert said(put(rota, ann)) == expected


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [(date(2026, 11, 24), [("left", True)]), (date(2026, 11, 25), [])],
)
def test_somebody_who_leaves_before_the_end_is_refused(rota, ann, left_on, expected):
    ann.left_on = left_on
    ann.save()
    assert said(put(rota, ann)) == expected


def test_somebody_of_a_partner_outside_the_rota_is_refused(rota):
    assert said(put(rota, make_person())) == [("partner", True)]


def test_somebody_on_duty_elsewhere_is_refused_unless_that_duty_goes(rota, ann):
    duty = make_duty(make_rota(), ann, "2026-11-24 08:00", "2026-11-24 12:00")
    assert said(put(rota, ann)) == [("overlap", True)]
    assert said(put(rota, ann), gone=[duty.pk]) == []


def test_a_shadow_is_refused_nothing_but_absence(rota, ann):
    make_duty(rota, ann)
    assert said(put(rota, ann, role="shadow")) == []


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2026-11-24 19:59", "2026-11-25 01:00", [("rest", False)]),
        ("2026-11-24 20:00", "2026-11-25 01:00", []),
        ("2026-11-24 09:00", "2026-11-25 01:00", []),
        ("2026-11-23 04:00", "2026-11-23 07:00", [("rest", False)]),
    ],
)
def test_eleven_hours_of_rest_are_due_between_duties(rota, ann, starts, ends, expected):
    make_duty(make_rota(), ann)
    assert said(put(rota, ann, starts, ends)) == expected


def test_rest_is_counted_in_hours_and_not_by_the_clock(rota, ann):
    # By the clock there are 11 hours from 10pm to 9am; one of them is skipped.
    make_duty(make_rota(), ann, "2026-03-28 18:00", "2026-03-28 22:00")
    found = problems([put(rota, ann, "2026-03-29 08:00", "2026-03-29 12:00")])
    assert [p.sentence for p in found] == [
        "Ann would have only 10 hours of rest before 29 March 2026 at 9am: 11 are due"
    ]


def test_a_skill_nobody_on_duty_would_have_wants_a_reason(rota, ann):
    skill = make_skill("Firewalls")
    make_demand_skill(make_demand(rota), skill, 3)
    found = problems([put(rota, ann)])
    assert [(p.sentence, p.is_refusal) for p in found] == [
        ("Nobody on duty would have Firewalls at Practitioner or above", False)
    ]
    make_held(ann, skill, 3)
    assert problems([put(rota, ann)]) == []


def test_a_colleague_on_duty_may_have_the_skill(rota, ann, boston):
    skill = make_skill()
    make_demand_skill(make_demand(rota, people=2), skill, 3)
    ben = make_person(boston)
    make_held(ben, skill, 4)
    make_duty(rota, ben, place=2)
    assert said(put(rota, ann)) == []


def test_two_of_one_partner_want_a_reason_where_two_are_asked_for(rota, ann, boston):
    make_demand(rota, people=2, different_partners=True)
    make_duty(rota, make_person(boston), place=2)
    assert said(put(rota, ann)) == [("partners", False)]


def test_the_number_of_queries_does_not_grow(rota, boston, django_assert_num_queries):
    people = [make_person(boston) for _ in range(20)]
    assignments = [
        put(rota, person, f"2026-11-{day:02} 17:00", f"2026-11-{day:02} 23:00")
        for day, person in enumerate(people, 1)
    ]
    for some in (assignments[:1], assignments):
        with django_assert_num_queries(11):
            problems(some)
