"""Changing who is on duty: cuts, exchanges, the past, and two hands at once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rota.duties import changes
from rota.duties.changes import Assignment, Window
from rota.models import Duty, DutyChange
from tests.factories import make_partner, make_person
from tests.races import lost, race
from tests.rota_makers import make_change, make_duty, make_rota, utc

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
Kind = DutyChange.Kind


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rota():
    return make_rota()


@pytest.fixture
def ann():
    return make_person(name="Ann")


@pytest.fixture
def ben():
    return make_person(name="Ben")


def put(duty, person, starts=None, ends=None, cause="cover"):
    window = Window.of(duty, starts and utc(starts), ends and utc(ends))
    return Assignment(window, person.partner_id, person.pk, cause)


def standing(rota):
    rows = rota.duties.current().order_by("starts_at", "place")
    return [
        (d.staff and d.staff.name, f"{d.starts_at:%d %H}", f"{d.ends_at:%d %H}")
        for d in rows
    ]


def test_a_cover_in_the_middle_leaves_both_ends_with_the_person(rota, ann, ben):
    duty = make_duty(rota, ann)
    cover = put(duty, ben, "2026-11-23 20:00", "2026-11-23 23:00")
    changes.make(by=None, kind=Kind.COVER, put=[cover])
    assert standing(rota) == [
        ("Ann", "23 17", "23 20"),
        ("Ben", "23 20", "23 23"),
        ("Ann", "23 23", "24 09"),
    ]


def test_what_was_replaced_keeps_its_values_and_says_by_what(rota, ann, ben):
    duty = make_duty(rota, ann)
    change = changes.make(by=None, kind=Kind.COVER, put=[put(duty, ben)], why="Ill")
    duty.refresh_from_db()
    assert (duty.replaced_by, duty.staff, duty.starts_at) == (
        change, ann, utc("2026-11-23 17:00"),
    )  # fmt: skip


def test_two_people_exchange_places_within_one_night(rota, ann, ben):
    first = make_duty(rota, ann)
    second = make_duty(rota, ben, role="secondary")
    swap = [put(first, ben, cause="swap"), put(second, ann, cause="swap")]
    changes.make(by=None, kind=Kind.SWAP, put=swap)
    held = {d.role: d.staff for d in rota.duties.current()}
    assert held == {"primary": ben, "secondary": ann}


def test_nobody_is_on_duty_twice_anywhere_in_the_partnership(rota, ann, ben):
    make_duty(make_rota(), ben)
    duty = make_duty(rota, ann)
    with pytest.raises(ValidationError, match="already on duty at that time"):
        changes.make(by=None, kind=Kind.COVER, put=[put(duty, ben)])
    assert standing(rota) == [("Ann", "23 17", "24 09")]
    assert DutyChange.objects.filter(kind=Kind.COVER).count() == 0


def test_a_shadow_may_be_on_duty_elsewhere(rota, ann):
    make_duty(rota, ann)
    make_duty(rota, ann, role="shadow")
    assert rota.duties.current().count() == 2


def two_holders(rota, ann, ben):
    with transaction.atomic():
        make_duty(rota, ann)
        make_duty(rota, ben)
        changes.check_now()


def test_a_place_has_one_holder(rota, ann, ben):
    with pytest.raises(IntegrityError, match="rota_duty_one_holder"):
        two_holders(rota, ann, ben)


def test_one_duty_ends_as_the_next_begins(rota, ann):
    make_duty(rota, ann)
    make_duty(rota, ann, "2026-11-24 09:00", "2026-11-24 17:00")
    changes.check_now()


def test_the_past_is_not_changed_but_for_a_correction_with_a_reason(rota, ann, ben):
    duty = make_duty(rota, ann, "2026-11-20 17:00", "2026-11-21 09:00")
    with pytest.raises(ValidationError, match="past cannot be changed"):
        changes.make(by=None, kind=Kind.COVER, put=[put(duty, ben)])
    with pytest.raises(ValidationError, match="Say why"):
        changes.make(by=None, kind=Kind.CORRECTION, put=[put(duty, ben)])
    changes.make(by=None, kind=Kind.CORRECTION, put=[put(duty, ben)], why="Ben came")
    assert standing(rota) == [("Ben", "20 17", "21 09")]


@time_machine.travel("2026-11-23 22:00:00Z", tick=False)
def test_a_duty_that_has_begun_is_split_at_now(rota, ann, ben):
    duty = make_duty(rota, ann)
    changes.make(by=None, kind=Kind.SICKNESS, put=[put(duty, ben, "2026-11-23 22:00")])
    assert standing(rota) == [("Ann", "23 17", "23 22"), ("Ben", "23 22", "24 09")]


@pytest.mark.parametrize("deed", ["update", "delete", "again"])
def test_the_database_keeps_what_was(rota, ann, ben, deed):
    duty = make_duty(rota, ann)
    duties = Duty.objects.filter(pk=duty.pk)
    if deed == "again":
        duties.update(replaced_by=make_change())
    deeds = {
        "update": lambda: duties.update(staff=ben),
        "delete": duties.delete,
        "again": lambda: duties.update(replaced_by=make_change()),
    }
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        deeds[deed]()


def test_undoing_gives_everybody_their_hours_back(rota, ann, ben):
    duty = make_duty(rota, ann)
    cover = put(duty, ben, "2026-11-23 20:00", "2026-11-23 23:00")
    change = changes.make(by=None, kind=Kind.COVER, put=[cover])
    changes.undo(by=None, change=change)
    assert standing(rota) == [("Ann", "23 17", "24 09")]
    assert rota.duties.current().get().uid == duty.uid
    with pytest.raises(ValidationError, match="already been undone"):
        changes.undo(by=None, change=change)


def test_what_was_changed_again_since_is_not_undone(rota, ann, ben):
    duty = make_duty(rota, ann)
    first = changes.make(by=None, kind=Kind.COVER, clear=[Window.of(duty)])
    changes.make(by=None, kind=Kind.ASSIGNED, put=[put(duty, ben)])
    with pytest.raises(ValidationError, match="changed again later"):
        changes.undo(by=None, change=first)
    assert standing(rota) == [("Ben", "23 17", "24 09")]


def test_a_duty_that_goes_on_is_the_same_in_calendars(rota, ann, ben):
    duty = make_duty(rota, ann)
    cover = put(duty, ben, ends="2026-11-23 20:00")
    changes.make(by=None, kind=Kind.COVER, put=[cover])
    uids = {d.staff.name: d.uid for d in rota.duties.current()}
    assert uids["Ann"] == duty.uid != uids["Ben"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told():
    rota, other, person = make_rota(), make_rota(), make_person(make_partner())
    duties = [make_duty(r, make_person()) for r in (rota, other)]

    def cover(duty):
        return lambda: changes.make(by=None, kind=Kind.COVER, put=[put(duty, person)])

    outcomes = race(*map(cover, duties))
    (error,) = lost(outcomes)
    assert "already on duty at that time" in error.message
    assert Duty.objects.current().filter(staff=person).count() == 1
