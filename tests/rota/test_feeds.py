"""Calendar feeds, read back by a library that did not write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
import vobject

from partners.models import Absence, Partner, StaffMember
from rota import feeds
from rota.duties import changes
from rota.duties.changes import Window
from rota.models import Duty, DutyChange, RotaToken
from tests.factories import make_absence, make_partner, make_person, make_skill
from tests.rota_makers import (
    make_change,
    make_demand,
    make_demand_skill,
    make_duty,
    make_rota,
    make_token,
    utc,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Kind = RotaToken.Kind
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]
PAGE = "/rota/feeds/words/duties.ics"


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rota(boston):
    return make_rota("Servers", partners=[boston], covers="Servers, and storage")


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able")


@pytest.fixture
def own(ann):
    return make_token(Kind.OWN, "words", staff=ann)


def events(client, page=PAGE):
    """What a calendar program makes of it, by start."""
    read = vobject.readOne(client.get(page).content.decode())
    return sorted(read.contents.get("vevent", []), key=lambda e: e.dtstart.value)


def told(client, page=PAGE):
    """Start, end, and whether it is on or cancelled."""
    return [
        (e.dtstart.value, e.dtend.value, e.status.value) for e in events(client, page)
    ]


def uids(client):
    return {e.uid.value for e in events(client) if e.status.value == "CONFIRMED"}


@pytest.mark.usefixtures("own")
def test_another_library_reads_the_duty_back(client, rota, ann):
    duty = make_duty(rota, ann)
    (event,) = events(client)
    assert event.uid.value.startswith(f"{duty.uid}@")
    assert event.dtstart.value == duty.starts_at
    assert event.dtend.value == duty.ends_at
    assert event.summary.value == "On call: Servers, primary"
    assert "5pm on Monday 23 November 2026 to 9am" in event.description.value
    assert event.url.value.endswith(f"/rota/duties/{duty.pk}/")
    assert event.sequence.value == str(duty.made_by_id)
    assert event.last_modified.value == duty.made_by.made_at
    alarms = [alarm.trigger.value for alarm in event.contents["valarm"]]
    assert alarms == [timedelta(days=-1), timedelta(hours=-1)]


@pytest.mark.usefixtures("own")
def test_times_are_told_in_utc_also_as_clocks_change(client, rota, ann):
    make_duty(rota, ann, "2026-10-24 16:00", "2026-10-25 09:00")
    make_duty(rota, ann, "2027-03-27 17:00", "2027-03-28 08:00")
    text = client.get(PAGE).content.decode()
    for line in ("DTSTART:20261024T160000Z", "DTEND:20261025T090000Z"):
        assert line in text
    lengths = [ends - starts for starts, ends, _ in told(client)]
    assert lengths == [timedelta(hours=17), timedelta(hours=15)]


@pytest.mark.usefixtures("own")
def test_the_same_duties_make_the_same_bytes(client, rota, ann):
    for day in range(10, 20):
        make_duty(rota, ann, f"2026-12-{day} 17:00", f"2026-12-{day + 1} 09:00")
    first = client.get(PAGE).content
    with time_machine.travel(NOW + timedelta(hours=9), tick=False):
        assert client.get(PAGE).content == first


@pytest.mark.usefixtures("own")
def test_a_program_is_told_when_nothing_changed(client, rota, ann, boston):
    make_duty(rota, ann)
    first = client.get(PAGE)
    by_tag = {"If-None-Match": first["ETag"]}
    by_day = {"If-Modified-Since": first["Last-Modified"]}
    for headers in (by_tag, by_day):
        assert client.get(PAGE, headers=headers).status_code == 304
    # Within the same second, and without any change of duties.
    make_absence(ann, begins_on=date(2026, 11, 23), ends_on=date(2026, 11, 30))
    for headers in (by_tag, by_day):
        assert client.get(PAGE, headers=headers).status_code == 200
    assert client.get(PAGE)["Last-Modified"] > first["Last-Modified"]


@pytest.mark.usefixtures("own")
def test_it_does_not_say_whose_it_is(client, rota, ann):
    make_duty(rota, ann)
    assert b"Ann Able" not in client.get(PAGE).content


def test_nobody_may_keep_it_for_others(client, rota, ann, own):
    response = client.get(PAGE)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    own.refresh_from_db()
    assert own.last_used_on == NOW.date()


@pytest.mark.usefixtures("own")
def test_a_duty_somebody_else_took_is_cancelled_for_sixty_days(client, rota, ann):
    duty = make_duty(rota, ann, "2027-01-20 17:00", "2027-01-21 09:00")
    ben = make_person(ann.partner, "Ben Bold")
    put = changes.put_instead(duty, ben, Duty.Cause.COVER)
    change = changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
    (event,) = events(client)
    assert (event.status.value, event.sequence.value) == ("CANCELLED", str(change.pk))
    assert event.uid.value.startswith(str(duty.uid))
    assert "valarm" not in event.contents
    for days, still in ((60, True), (61, False)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert bool(events(client)) == still


@pytest.mark.usefixtures("own")
def test_a_duty_cut_short_is_the_same_with_a_higher_sequence(client, rota, ann):
    duty = make_duty(rota, ann)
    (before,) = events(client)
    window = Window.of(duty, from_at=utc("2026-11-24 03:00"))
    changes.make(by=None, kind=DutyChange.Kind.ASSIGNED, clear=[window])
    (after,) = events(client)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtend.value == utc("2026-11-24 03:00")
    assert after.status.value == "CONFIRMED"


@pytest.mark.usefixtures("own")
def test_leave_cuts_a_duty_and_its_end_brings_it_back(client, rota, ann):
    make_duty(rota, ann, "2026-11-23 17:00", "2026-11-26 09:00")
    before = uids(client)
    make_absence(ann, date(2026, 11, 25), date(2026, 11, 25))
    starts, ends = utc("2026-11-23 17:00"), utc("2026-11-26 09:00")
    assert told(client) == [
        (starts, utc("2026-11-25 00:00"), "CONFIRMED"),
        (starts, ends, "CANCELLED"),
        (utc("2026-11-26 00:00"), ends, "CONFIRMED"),
    ]
    assert len(uids(client)) == 2
    assert not before & uids(client)
    Absence.objects.all().delete()
    assert uids(client) == before


@pytest.mark.usefixtures("own")
def test_undoing_within_a_duty_leaves_every_uid_once(client, rota, ann):
    duty = make_duty(rota, ann, "2026-11-23 10:00", "2026-11-24 09:00")
    ben = make_person(ann.partner, "Ben Bold")
    bounds = {"from_at": utc("2026-11-23 20:00"), "until_at": utc("2026-11-23 22:00")}
    put = changes.put_instead(duty, ben, Duty.Cause.COVER, **bounds)
    change = changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
    changes.undo(by=None, change=change)
    found = [e.uid.value for e in events(client)]
    assert len(found) == len(set(found))
    on = [row for row in told(client) if row[2] == "CONFIRMED"]
    assert sum((ends - starts for starts, ends, _ in on), timedelta()) == timedelta(
        hours=23
    )


@pytest.mark.parametrize("page", ["/rota/feeds/other/duties.ics", PAGE])
def test_unknown_and_withdrawn_are_alike(client, page, ann):
    make_token(Kind.OWN, "words", staff=ann, revoked_at=NOW)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("kind", [Kind.SWITCHBOARD, Kind.TELEPHONY])
def test_the_words_of_another_kind_open_no_calendar(client, kind):
    make_token(kind, "words")
    assert client.get(PAGE).status_code == 404


@pytest.mark.usefixtures("own")
def test_it_is_dead_at_once_when_the_person_left(client, rota, ann):
    make_duty(rota, ann)
    leaves = StaffMember.objects.filter(pk=ann.pk)
    leaves.update(left_on=date(2026, 11, 24))
    assert client.get(PAGE).status_code == 200
    leaves.update(left_on=date(2026, 11, 23))
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("kind", [Kind.OWN, Kind.PARTNER])
def test_it_is_dead_when_the_partner_left(client, ann, boston, kind):
    whose = {"staff": ann} if kind == Kind.OWN else {"partner": boston}
    make_token(kind, "words", **whose)
    assert client.get(PAGE).status_code == 200
    Partner.objects.filter(pk=boston.pk).update(left_on=NOW.date())
    assert client.get(PAGE).status_code == 404


def test_a_rota_s_calendar_names_everybody_and_shows_its_gaps(client, rota, ann):
    make_token(Kind.ROTA, "words", rota=rota)
    make_demand(rota, weekdays=[1])
    make_duty(rota, ann)
    said = [(e.dtstart.value, e.summary.value) for e in events(client)]
    assert said[0] == (utc("2026-11-23 17:00"), "Servers, primary: Ann Able (Boston)")
    assert said[1] == (utc("2026-11-30 17:00"), "Servers, primary: Gap: nobody")
    # As far as the weeks ahead go where nothing is laid out.
    assert len(said) == 8
    assert all("valarm" not in e.contents for e in events(client))


def test_a_leaver_is_a_gap_in_the_rota_s_calendar(client, rota, ann):
    make_token(Kind.ROTA, "words", rota=rota)
    make_demand(rota, weekdays=[1])
    make_duty(rota, ann)
    StaffMember.objects.update(left_on=date(2026, 11, 24))
    said = [e.summary.value for e in events(client)][:3]
    assert "Servers, primary: Gap: nobody" in said
    assert "Cancelled: Servers, primary: Ann Able (Boston)" in said
    assert sum("Ann Able" in line for line in said) == 2


def test_a_partner_s_calendar_shows_its_people_and_what_it_owes(client, rota, ann):
    lincoln = make_partner("Lincoln")
    rota.memberships.create(partner=lincoln)
    make_token(Kind.PARTNER, "words", partner=ann.partner)
    make_demand(rota, weekdays=[1, 2, 3])
    make_duty(rota, ann)
    make_duty(rota, None, "2026-11-24 17:00", "2026-11-25 09:00", partner=ann.partner)
    make_duty(rota, None, "2026-11-25 17:00", "2026-11-26 09:00", partner=lincoln)
    assert [e.summary.value for e in events(client)] == [
        "Servers, primary: Ann Able (Boston)",
        "Servers, primary: Gap: nobody",
    ]


def test_a_skill_that_is_missing_is_named(client, rota, ann):
    make_token(Kind.ROTA, "words", rota=rota)
    make_demand_skill(make_demand(rota, weekdays=[1]), make_skill("Firewalls"))
    make_duty(rota, ann)
    said = [e.summary.value for e in events(client)]
    assert "Servers, primary: Skill missing: Firewalls at Working or above" in said


@pytest.mark.parametrize("kind", [Kind.OWN, Kind.ROTA, Kind.PARTNER])
def test_the_number_of_queries_does_not_grow(
    client, rota, ann, kind, django_assert_num_queries
):
    whose = {"own": {"staff": ann}, "rota": {"rota": rota}}
    make_token(kind, "words", **whose.get(kind, {"partner": ann.partner}))
    make_demand(rota)
    number = {Kind.OWN: 4, Kind.ROTA: 7, Kind.PARTNER: 8}[kind]
    for week in range(2, 5):
        for day in range(week * 6, week * 6 + 5):
            make_duty(rota, ann, f"2026-12-{day} 17:00", f"2026-12-{day + 1} 09:00")
        client.get(PAGE)
        with django_assert_num_queries(number):
            client.get(PAGE)


def test_a_year_of_nights_is_told_in_one_calendar(client, rota, ann):
    make_token(Kind.ROTA, "words", rota=rota)
    change = make_change()
    for day in range(366):
        at = utc("2026-11-24 17:00") + timedelta(days=day)
        starts, ends = (f"{m:%Y-%m-%d %H:%M}" for m in (at, at + timedelta(hours=9)))
        make_duty(rota, ann, starts, ends, made_by=change)
    assert len(events(client)) == feeds.AHEAD.days - 1
