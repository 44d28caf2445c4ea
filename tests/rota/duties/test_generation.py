"""Laying out duties by rotation: only the future, around what is by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from rota.duties import changes, generation
from rota.models import Duty, DutyChange
from tests.factories import make_partner, make_person
from tests.rota_makers import (
    make_block,
    make_crew,
    make_demand,
    make_duty,
    make_rota,
    make_rotation,
    utc,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNTIL = utc("2026-12-21 00:00")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def lay(rota, until_at=UNTIL):
    return generation.generate(by=None, rota=rota, until_at=until_at)


def by_week(rota):
    """Who has the Monday night of each week."""
    rows = rota.duties.current().order_by("starts_at").select_related("staff")
    return [d.staff.name for d in rows if d.starts_at.weekday() == 0]


def test_everybody_has_their_week_of_nights():
    rota, people = make_crew()
    lay(rota)
    first = people[46 % 3].name  # 46 weeks after 5 January
    assert by_week(rota)[0] == first
    assert rota.duties.current().count() == 28
    assert len(set(by_week(rota)[:3])) == 3


def test_laying_out_again_changes_nothing():
    rota, _ = make_crew()
    lay(rota)
    before = list(rota.duties.values())
    assert lay(rota) is None
    assert list(rota.duties.values()) == before


def test_laid_out_further_the_first_part_stays():
    rota, _ = make_crew()
    lay(rota)
    change = lay(rota, utc("2027-01-04 00:00"))
    assert change.replaced.count() == 0
    assert change.made.count() == 14


@time_machine.travel("2026-11-26 20:00:00Z", tick=False)
def test_what_has_begun_stays_and_what_comes_follows_the_new_order():
    rota, people = make_crew()
    with time_machine.travel(NOW, tick=False):
        lay(rota)
    past = rota.duties.filter(starts_at__lte=datetime.now(UTC))
    before = list(past.values())
    rota.rotations.get().members.get(staff=people[1]).delete()
    change = lay(rota)
    assert list(past.values()) == before
    assert people[1].pk not in {d.staff_id for d in change.made.all()}
    assert all(d.starts_at > datetime.now(UTC) for d in change.replaced.all())


def test_what_was_arranged_by_hand_stays():
    rota, people = make_crew()
    lay(rota)
    duty = rota.duties.current().order_by("starts_at")[3]
    ben = make_person(people[0].partner, "Ben")
    window = changes.Window.of(duty, until_at=duty.starts_at + timedelta(hours=4))
    put = changes.Assignment(window, ben.partner_id, ben.pk, "cover")
    changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
    assert lay(rota) is None
    assert rota.duties.current().filter(staff=ben).count() == 1


def test_a_night_that_goes_on_is_laid_out_from_the_next_minute():
    rota, _ = make_crew()
    with time_machine.travel("2026-11-23 20:00:30Z", tick=False):
        lay(rota)
        first = rota.duties.order_by("starts_at").first()
        assert first.starts_at == utc("2026-11-23 20:01")
        assert first.ends_at == utc("2026-11-24 09:00")


def test_nobody_is_laid_out_on_two_rotas_at_once():
    rota, people = make_crew(1)
    other = make_rota(partners=[people[0].partner])
    make_duty(other, people[0], "2026-11-25 20:00", "2026-11-25 21:00")
    layout = generation.preview(rota, UNTIL)
    assert [p.starts_at for p in layout.clashes] == [utc("2026-11-25 17:00")]
    lay(rota)
    assert rota.duties.current().count() == 27
    assert lay(rota) is None


def test_days_arranged_by_hand_are_left_alone():
    rota, _ = make_crew()
    make_block(rota, date(2026, 12, 1), date(2026, 12, 3))
    lay(rota)
    assert rota.duties.current().count() == 25


def test_a_partner_in_turn_owes_somebody():
    boston, lincoln = make_partner("Boston"), make_partner("Lincoln")
    rota = make_rota(partners=[boston, lincoln])
    make_demand(rota)
    make_rotation(rota, [boston, lincoln])
    lay(rota)
    owed = rota.duties.current().order_by("starts_at")
    assert {d.staff for d in owed} == {None}
    assert [owed[0].partner, owed[7].partner] == [boston, lincoln]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2026, 11, 22), "has passed"), (date(2029, 1, 1), "two years")],
)
def test_a_last_day_that_is_no_use_is_refused(day, sentence):
    with pytest.raises(ValidationError, match=sentence):
        generation.until(make_rota(), day)


def test_an_empty_rota_is_laid_out_as_nothing():
    assert lay(make_rota()) is None
    assert Duty.objects.count() == 0
