"""An edit shows what it does to duties before it is saved, and for whom."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine

from partners.history import changes
from rota.duties import generation, preview
from rota.models import Block, Duty, DutyChange, Rotation
from tests.factories import make_person
from tests.races import lost, race
from tests.rota.pages import confirmed, typed
from tests.rota_makers import (
    make_block,
    make_crew,
    make_demand,
    make_duty,
    make_rota,
    make_rotation,
    utc,
)
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNTIL = utc("2026-12-21 00:00")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def crew():
    """A rota of three people by week, laid out for four weeks."""
    rota, people = make_crew()
    generation.generate(by=None, rota=rota, until_at=UNTIL)
    return rota, people


def standing(rota):
    return [(d.starts_at, d.staff_id) for d in rota.duties.current()]


def test_nothing_is_saved_before_it_is_read(chief, crew):
    rota, _ = crew
    before = standing(rota)
    days = {"name": "Strike", "from_on": "30 11 2026", "until_on": "1 12 2026"}
    answer = chief.post(f"/rota/{rota.slug}/blocks/add/", days)
    assert "nothing is saved yet" in text_of(answer)
    assert Block.objects.count() == 0
    assert changes.events(Block).count() == 0
    assert standing(rota) == before
    assert DutyChange.objects.count() == 1


def test_what_was_read_is_saved_with_its_effect(chief, crew, partnership_coordinator):
    rota, people = crew
    days = {"name": "Strike", "from_on": "30 11 2026", "until_on": "1 12 2026"}
    shown, done = confirmed(chief, f"/rota/{rota.slug}/blocks/add/", days)
    assert "2 duties go and 0 come" in text_of(shown)
    change = DutyChange.objects.latest("pk")
    assert done.headers["Location"] == f"/rota/changes/{change.pk}/"
    assert (change.replaced.count(), change.made.count()) == (2, 0)
    assert change.made_by == partnership_coordinator
    assert change.why == "Days arranged by hand added"


def test_for_whom_is_told_with_hours(chief, crew):
    rota, people = crew
    rotation = rota.rotations.get()
    address = f"/rota/{rota.slug}/rotations/{rotation.pk}/order/"
    first, last = rotation.members.order_by("position").first(), people[2]
    mine = typed(chief, address) | {"order-0-until_on": "1 12 2026"}
    answer = chief.post(address, mine)
    shares = {s.who: (len(s.lost), len(s.gained)) for s in answer.context["shares"]}
    assert first.staff.name in shares
    assert shares[first.staff.name][0] > 0
    assert sum(gained for _, gained in shares.values()) > 0
    assert last.name in text_of(answer)


def test_back_leads_to_what_was_typed(chief, crew):
    rota, _ = crew
    days = {"name": "Strike", "from_on": "30 11 2026", "until_on": "1 12 2026"}
    address = f"/rota/{rota.slug}/blocks/add/"
    shown = chief.post(address, days)
    again = chief.post(address, typed(chief, shown) | {"again": "1"})
    assert 'value="Strike"' in text_of(again)
    assert "There is a problem" not in text_of(again)
    assert Block.objects.count() == 0


def test_duties_changed_while_it_was_read_are_told_anew(chief, crew):
    rota, people = crew
    days = {"name": "Strike", "from_on": "30 11 2026", "until_on": "1 12 2026"}
    address = f"/rota/{rota.slug}/blocks/add/"
    read = typed(chief, chief.post(address, days))
    make_block(rota, date(2026, 12, 8), date(2026, 12, 9))
    answer = chief.post(address, read)
    assert "The duties changed while you were reading" in text_of(answer)
    assert Block.objects.count() == 1
    assert chief.post(address, typed(chief, answer)).status_code == 302


def test_a_minute_later_it_is_still_what_was_read(
    client_of, partnership_coordinator, crew
):
    rota, _ = crew
    with time_machine.travel("2026-11-23 16:00:10Z", tick=False):
        chief = client_of(partnership_coordinator)
        make_demand(rota, "Days", "09:00", timedelta(hours=8))
        address = f"/rota/{rota.slug}/rotations/{rota.rotations.get().pk}/"
        read = typed(chief, chief.post(address, typed(chief, address)))
    with time_machine.travel("2026-11-23 16:03:10Z", tick=False):
        assert chief.post(address, read).status_code == 302


def test_the_past_and_what_has_begun_stay(client_of, partnership_coordinator, crew):
    rota, _ = crew
    with time_machine.travel("2026-11-30 20:00:00Z", tick=False):
        chief = client_of(partnership_coordinator)
        begun = list(rota.duties.filter(starts_at__lte=datetime.now(UTC)).values())
        address = f"/rota/{rota.slug}/rotations/{rota.rotations.get().pk}/remove/"
        confirmed(chief, address, typed(chief, address))
        past = rota.duties.filter(starts_at__lte=datetime.now(UTC))
        assert list(past.values()) == begun
    assert Rotation.objects.count() == 0
    later = rota.duties.current().filter(starts_at__gt=utc("2026-12-01 09:00"))
    assert later.count() == 0


def test_a_rota_that_is_not_laid_out_is_changed_at_once(chief):
    rota, _ = make_crew()
    days = {"name": "Strike", "from_on": "30 11 2026", "until_on": "1 12 2026"}
    answer = chief.post(f"/rota/{rota.slug}/blocks/add/", days)
    assert answer.headers["Location"] == f"/rota/{rota.slug}/"


def test_closing_takes_away_what_comes_after_and_opens_again(chief, crew):
    rota, _ = crew
    address = f"/rota/{rota.slug}/close/"
    mine = typed(chief, address) | {"closed_on": "7 12 2026"}
    shown, _ = confirmed(chief, address, mine)
    assert "15 duties go and 1 comes" in text_of(shown)
    last = rota.duties.current().latest("ends_at")
    assert last.ends_at == utc("2026-12-07 00:00")
    rota.refresh_from_db()
    assert "This rota closes on 7 December 2026" in text_of(
        chief.get(f"/rota/{rota.slug}/")
    )
    with pytest.raises(generation.ValidationError, match="closes on 7 December"):
        generation.until(rota, date(2026, 12, 20))


def test_a_rota_does_not_close_in_the_past(chief):
    rota = make_rota("Servers")
    mine = typed(chief, "/rota/servers/close/") | {"closed_on": "1 1 2026"}
    assert "Enter today or a later date" in text_of(
        chief.post("/rota/servers/close/", mine)
    )
    rota.refresh_from_db()
    assert rota.closed_on is None


def test_somebody_put_on_duty_meanwhile_is_a_sentence(chief, crew, monkeypatch):
    rota, people = crew
    error = preview.generation.ValidationError("On duty at that time already")
    monkeypatch.setattr(preview.changes, "write", _raises(error))
    address = f"/rota/{rota.slug}/rotations/{rota.rotations.get().pk}/"
    mine = typed(chief, address) | {"every": "2"}
    _, answer = confirmed(chief, address, mine)
    assert "On duty at that time already" in text_of(answer)
    assert Rotation.objects.get().every == 1


def _raises(error):
    def raiser(**_):
        raise error

    return raiser


def test_a_turn_left_open_by_a_clash_is_told(chief, crew):
    rota, people = crew
    other = make_rota("Other", [people[0].partner])
    make_demand(other)
    make_rotation(other, people)
    answer = chief.get("/rota/other/lay-out/?last_day=20+12+2026")
    assert "Turns with nobody" in text_of(answer)
    assert people[0].name in text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_is_told():
    rota, people = make_crew()
    block = make_block(rota, date(2026, 12, 24), date(2026, 12, 27))

    def edit(name):
        mine = Block.objects.get(pk=block.pk)
        mine.name = name
        return partial(preview.keep, by=None, rota=rota, save=mine.save, why=name)

    outcomes = race(edit("One"), edit("Other"))
    assert len(lost(outcomes)) == 1
    assert Block.objects.get().version == 2
    assert Duty.objects.count() == 0


def test_sharing_out_counts_hours_of_a_partner_that_names_nobody(crew):
    rota, people = crew
    make_duty(rota, None, partner=people[0].partner, role="secondary")
    layout = preview.Layout(preview.Arrangement(replaced=list(rota.duties.all())))
    shares = preview.Effect.of(layout).shares()
    assert [s.hours for s in shares if s.who == preview.NOBODY] == [-16]
    assert make_person().name not in {s.who for s in shares}
