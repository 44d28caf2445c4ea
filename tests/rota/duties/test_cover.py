"""Covering duties: who may, what is refused, and who could."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from partners.models import Appointment
from rota.duties import cover as covering
from rota.duties.changes import put_instead
from rota.models import Duty, DutyChange
from tests.factories import (
    appoint,
    make_absence,
    make_held,
    make_partner,
    make_person,
    make_skill,
    make_user,
)
from tests.rota_makers import make_demand, make_demand_skill, make_duty, make_rota, utc

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
Kind = DutyChange.Kind


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def lincoln():
    return make_partner("Lincoln")


@pytest.fixture
def rota(boston, lincoln):
    return make_rota(partners=[boston, lincoln])


@pytest.fixture
def keeper(boston):
    user = make_user(person=make_person(boston, "Keeper"))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    return user


def cover(by, duty, person, **said):
    put = [put_instead(duty, person, Duty.Cause.COVER)]
    return covering.arrange(by=by, kind=Kind.COVER, put=put, **said)


def on_it(rota):
    return [d.staff and d.staff.name for d in rota.duties.current()]


def test_a_coordinator_puts_one_of_their_people_for_another(rota, keeper, boston):
    duty = make_duty(rota, make_person(boston, "Ann"))
    cover(keeper, duty, make_person(boston, "Ben"))
    assert on_it(rota) == ["Ben"]


@pytest.mark.parametrize("goes_is_ours", [True, False])
def test_people_of_others_are_not_theirs_to_arrange(
    rota, keeper, boston, lincoln, goes_is_ours
):
    goes, comes = make_person(boston, "Ann"), make_person(lincoln, "Lin")
    if not goes_is_ours:
        goes, comes = comes, goes
    duty = make_duty(rota, goes)
    with pytest.raises(PermissionDenied):
        cover(keeper, duty, comes)
    assert on_it(rota) == [goes.name]


def test_a_short_rest_wants_a_reason(rota, keeper, boston):
    ben = make_person(boston, "Ben")
    make_duty(make_rota(), ben, "2026-11-23 09:00", "2026-11-23 15:00")
    duty = make_duty(rota, make_person(boston, "Ann"))
    with pytest.raises(ValidationError, match="only 2 hours of rest"):
        cover(keeper, duty, ben)
    with pytest.raises(ValidationError, match="give a reason"):
        cover(keeper, duty, ben, go_ahead=True, why=" ")
    change = cover(keeper, duty, ben, go_ahead=True, why="Rests on Tuesday")
    assert (on_it(rota), change.why) == (["Ben"], "Rests on Tuesday")


def test_leave_is_refused_whatever_the_reason(rota, keeper, boston):
    ben = make_person(boston, "Ben")
    make_absence(ben, date(2026, 11, 23))
    duty = make_duty(rota, make_person(boston))
    with pytest.raises(ValidationError, match="Ben is away"):
        cover(keeper, duty, ben, go_ahead=True, why="Please")


def test_two_people_exchange_their_duties(rota, keeper, boston):
    first = make_duty(rota, make_person(boston, "Ann"))
    second = make_duty(
        rota, make_person(boston, "Ben"), "2026-11-30 17:00", "2026-12-01 09:00"
    )
    put = covering.exchange(first, second)
    covering.arrange(by=keeper, kind=Kind.ASSIGNED, put=put)
    assert on_it(rota) == ["Ben", "Ann"]
    with pytest.raises(ValidationError, match="One person has both"):
        covering.exchange(first, first)


@time_machine.travel("2026-11-23 22:00:00Z", tick=False)
def test_somebody_who_falls_ill_is_off_from_now(rota, keeper, boston):
    ann = make_person(boston, "Ann")
    make_duty(rota, ann)
    make_duty(make_rota(), ann, "2026-11-25 17:00", "2026-11-26 09:00")
    change = covering.take_off_duty(by=keeper, person=ann)
    left = [(d.staff, d.starts_at) for d in change.made.all() if d.staff is None]
    assert left == [
        (None, utc("2026-11-23 22:00")),
        (None, utc("2026-11-25 17:00")),
    ]
    assert on_it(rota) == ["Ann", None]


def test_only_the_person_or_their_coordinator_says_so(rota, keeper, lincoln):
    lin = make_person(lincoln)
    make_duty(rota, lin)
    with pytest.raises(PermissionDenied):
        covering.take_off_duty(by=keeper, person=lin)
    assert covering.take_off_duty(by=make_user(person=lin), person=lin)
    assert covering.take_off_duty(by=lin.user, person=lin) is None


def test_who_could_is_ranked_by_what_speaks_against_it_then_by_load(rota, boston):
    skill = make_skill("Firewalls")
    make_demand_skill(make_demand(rota), skill, 3)
    able = [make_person(boston, name) for name in ("Busy", "Idle", "Away")]
    for person in able:
        make_held(person, skill, 3)
    make_person(boston, "Unskilled")
    make_duty(rota, able[0], "2026-11-01 17:00", "2026-11-02 09:00")
    make_absence(able[2], date(2026, 11, 24))
    duty = make_duty(rota, make_person(boston, "Ann"))
    found = covering.candidates(duty)
    assert [c.person.name for c in found] == ["Idle", "Busy", "Unskilled"]
    assert found[1].sentences[-1] == "16 hours on duty in the last 13 weeks"
    assert found[2].sentences[0] == ("Does not hold Firewalls at Practitioner or above")


def test_ranking_more_people_asks_no_more(rota, boston, django_assert_num_queries):
    make_demand_skill(make_demand(rota), make_skill(), 3)
    duty = make_duty(rota, make_person(boston))
    make_person(boston)
    with django_assert_num_queries(14):
        covering.candidates(duty)
    for _ in range(20):
        make_person(boston)
    with django_assert_num_queries(14):
        covering.candidates(duty)
