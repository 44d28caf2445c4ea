"""Asking colleagues to take a duty: who may, what is checked, what becomes of it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from post_office.models import Email

from partners.models import Appointment
from rota.duties import changes, cover, swaps
from rota.duties.changes import Assignment, Window, put_instead
from rota.models import Duty, DutyChange, Swap
from tests.factories import (
    appoint,
    make_absence,
    make_held,
    make_partner,
    make_person,
    make_skill,
    make_user,
)
from tests.races import lost, race
from tests.rota_makers import make_demand, make_demand_skill, make_duty, make_rota, utc

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
State = Swap.State


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def boston():
    return make_partner("Boston")


@pytest.fixture
def rota(boston):
    return make_rota("Servers", partners=[boston, make_partner("Lincoln")])


@pytest.fixture
def ann(boston):
    return make_user(person=make_person(boston, "Ann"))


@pytest.fixture
def ben(boston):
    return make_user(person=make_person(boston, "Ben"))


@pytest.fixture
def keeper(boston):
    user = make_user(person=make_person(boston, "Keeper"))
    appoint(user, Appointment.Role.COORDINATOR, boston)
    return user


@pytest.fixture
def duty(rota, ann):
    return make_duty(rota, ann.person)


def holders(rota):
    rows = rota.duties.current().order_by("starts_at").select_related("staff")
    return [d.staff and d.staff.name for d in rows]


def state(swap):
    swap.refresh_from_db()
    return swap.state


def subjects():
    return sorted((e.to[0], e.subject) for e in Email.objects.all())


def test_somebody_asks_everybody_and_whoever_accepts_has_it(rota, duty, ann, ben):
    swap = swaps.ask(by=ann, duty=duty)
    change = swaps.accept(by=ben, swap=swap, person=ben.person)
    assert holders(rota) == ["Ben"]
    assert (state(swap), swap.accepted_by, swap.change) == (
        State.ACCEPTED, ben.person, change,
    )  # fmt: skip
    assert subjects() == [(ann.person.work_email, "Your duties on call have changed")]


def test_part_of_a_duty_is_taken(rota, duty, ann, ben):
    from_at = utc("2026-11-24 03:00")
    swap = swaps.ask(by=ann, duty=duty, starts_at=from_at)
    swaps.accept(by=ben, swap=swap, person=ben.person)
    assert holders(rota) == ["Ann", "Ben"]


def test_two_duties_are_exchanged_within_one_night(rota, duty, ann, ben):
    second = make_duty(rota, ben.person, role="secondary")
    swap = swaps.ask(by=ann, duty=duty, offered=second)
    swaps.accept(by=ben, swap=swap, person=ben.person)
    held = {d.role: d.staff.name for d in rota.duties.current()}
    assert held == {"primary": "Ben", "secondary": "Ann"}


def test_nobody_asks_for_others_nor_answers_for_them(duty, ann, ben, keeper):
    with pytest.raises(PermissionDenied):
        swaps.ask(by=ben, duty=duty)
    swap = swaps.ask(by=ann, duty=duty, asked=[keeper.person])
    with pytest.raises(PermissionDenied):
        swaps.accept(by=ben, swap=swap, person=ben.person)
    with pytest.raises(PermissionDenied):
        swaps.accept(by=ben, swap=swap, person=keeper.person)
    with pytest.raises(PermissionDenied):
        swaps.withdraw(by=ben, swap=swap)


def test_a_coordinator_acts_for_somebody_who_is_ill(rota, duty, keeper, ben):
    swap = swaps.ask(by=keeper, duty=duty, asked=[ben.person])
    swaps.accept(by=keeper, swap=swap, person=ben.person)
    assert holders(rota) == ["Ben"]


def test_somebody_of_a_partner_outside_the_rota_does_not_take_it(duty, ann):
    stranger = make_user(person=make_person())
    swap = swaps.ask(by=ann, duty=duty)
    with pytest.raises(PermissionDenied):
        swaps.accept(by=stranger, swap=swap, person=stranger.person)


@pytest.mark.parametrize("why_not", ["away", "on duty"])
def test_leave_and_overlap_are_refused_whatever_is_said(duty, ann, ben, why_not):
    swap = swaps.ask(by=ann, duty=duty)
    if why_not == "away":
        make_absence(ben.person, date(2026, 11, 24))
    else:
        make_duty(make_rota(), ben.person)
    with pytest.raises(ValidationError, match=why_not):
        swaps.accept(by=ben, swap=swap, person=ben.person, why="!", go_ahead=True)
    assert state(swap) == State.OPEN


@pytest.mark.parametrize("why_not", ["rest", "would have"])
def test_rest_and_skill_want_a_reason(rota, duty, ann, ben, why_not):
    if why_not == "rest":
        make_duty(rota, ben.person, "2026-11-23 09:00", "2026-11-23 15:00")
    else:
        skill = make_skill()
        make_held(ann.person, skill, 3)
        make_demand_skill(make_demand(rota), skill, 3)
    swap = swaps.ask(by=ann, duty=duty)
    said = {"by": ben, "swap": swap, "person": ben.person}
    with pytest.raises(ValidationError, match=why_not):
        swaps.accept(**said)
    swaps.accept(**said, why="Agreed with Ann", go_ahead=True)
    assert state(swap) == State.ACCEPTED


def test_nobody_is_asked_twice_for_the_same_hours(duty, ann):
    swaps.ask(by=ann, duty=duty)
    with pytest.raises(ValidationError, match="already been asked to take these hours"):
        swaps.ask(by=ann, duty=duty)
    assert Swap.objects.count() == 1


def test_hours_that_have_begun_are_not_asked_for(rota, ann):
    begun = make_duty(rota, ann.person, "2026-11-22 09:00", "2026-11-22 20:00")
    with pytest.raises(ValidationError, match="have started"):
        swaps.ask(by=ann, duty=begun)


def test_a_request_follows_a_duty_that_is_cut(rota, duty, ann, ben, keeper):
    swap = swaps.ask(by=ann, duty=duty, starts_at=utc("2026-11-23 20:00"))
    window = Window.of(duty, from_at=utc("2026-11-24 05:00"))
    put = Assignment(window, ben.person.partner_id, ben.person.pk)
    cover.arrange(by=keeper, kind=DutyChange.Kind.COVER, put=[put])
    assert state(swap) == State.OPEN
    assert swap.duty == rota.duties.current().get(staff=ann.person)
    assert (swap.starts_at, swap.ends_at) == (
        utc("2026-11-23 20:00"), utc("2026-11-24 05:00"),
    )  # fmt: skip


def test_a_request_lapses_with_a_message_where_the_duty_goes(duty, ann, ben, keeper):
    swap = swaps.ask(by=ann, duty=duty)
    put = put_instead(duty, ben.person, Duty.Cause.COVER)
    cover.arrange(by=keeper, kind=DutyChange.Kind.COVER, put=[put])
    assert (state(swap), swap.answer) == (
        State.LAPSED, "the duty was changed",
    )  # fmt: skip
    assert (ann.person.work_email, "Your swap request has lapsed") in subjects()


def test_a_request_nobody_took_lapses_as_it_begins(duty, ann, ben):
    swap = swaps.ask(by=ann, duty=duty)
    with time_machine.travel("2026-11-23 17:00:01Z", tick=False):
        with pytest.raises(ValidationError, match="has since"):
            swaps.accept(by=ben, swap=swap, person=ben.person)
        assert swaps.lapse_over() == 1
        assert swaps.lapse_over() == 0
    assert state(swap) == State.LAPSED


def test_all_who_were_asked_say_no(duty, ann, ben, keeper):
    swap = swaps.ask(by=ann, duty=duty, asked=[ben.person, keeper.person])
    swaps.decline(by=ben, swap=swap, person=ben.person)
    assert state(swap) == State.OPEN
    swaps.decline(by=keeper, swap=swap, person=keeper.person, answer="Away")
    assert (state(swap), swap.answer) == (State.DECLINED, "Away")


def test_a_request_is_withdrawn_and_those_asked_are_told(duty, ann, ben):
    swap = swaps.ask(by=ann, duty=duty, asked=[ben.person])
    swaps.withdraw(by=ann, swap=swap)
    assert state(swap) == State.WITHDRAWN
    told = [subject for to, subject in subjects() if to == ben.person.work_email]
    assert told == ["A swap request has been withdrawn", "Can you take a duty on call?"]


def test_what_is_closed_stays_closed(duty, ann):
    swap = swaps.ask(by=ann, duty=duty)
    swaps.withdraw(by=ann, swap=swap)
    rows = Swap.objects.filter(pk=swap.pk)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        rows.update(state=State.OPEN)


def test_an_open_place_is_offered_to_those_who_could(rota, boston, keeper, ben):
    owed = make_duty(rota, None, partner=boston)
    swap = swaps.ask(by=keeper, duty=owed, asked=[ben.person])
    swaps.accept(by=ben, swap=swap, person=ben.person)
    assert holders(rota) == ["Ben"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_has_it():
    boston = make_partner()
    rota = make_rota(partners=[boston])
    users = [make_user(person=make_person(boston)) for _ in range(3)]
    duty = make_duty(rota, users[0].person)
    swap = swaps.ask(by=users[0], duty=duty)
    outcomes = race(
        *(
            lambda user=user: swaps.accept(by=user, swap=swap, person=user.person)
            for user in users[1:]
        )
    )
    (error,) = lost(outcomes)
    assert "has since" in error.message
    assert changes.Duty.objects.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_swap_and_a_cover_at_once_do_not_wait_for_each_other():
    boston = make_partner()
    rota = make_rota(partners=[boston])
    ann, ben = (make_user(person=make_person(boston)) for _ in range(2))
    duty = make_duty(rota, ann.person)
    swap = swaps.ask(by=ann, duty=duty)
    put = put_instead(duty, make_person(boston), Duty.Cause.COVER)
    outcomes = race(
        lambda: swaps.accept(by=ben, swap=swap, person=ben.person),
        lambda: changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put]),
    )
    assert all(isinstance(error, ValidationError) for error in lost(outcomes))
    assert rota.duties.current().count() == 1
