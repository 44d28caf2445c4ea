"""All screens agree, a second before and after every handover and at it."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
import vobject

from rota.duties import changes, generation
from rota.duties.calendar import shown
from rota.duties.changes import Assignment, Window
from rota.models import DutyChange, RotaToken
from rota.on_call import on_call_rotas
from tests.factories import make_absence, make_person, make_user
from tests.rota_makers import make_crew, make_token, on_duty, utc

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SPANS = [("2026-03-27", "2026-04-03"), ("2026-10-23", "2026-10-30")]
pytestmark = pytest.mark.django_db


@pytest.fixture
def rota():
    """Laid out over both changes of the clock, with cover, leave and a leaver."""
    with time_machine.travel(NOW, tick=False):
        rota, people = make_crew(3)
        generation.generate(by=None, rota=rota, until_at=utc("2026-12-01 00:00"))
        helper = make_person(people[0].partner, "Helper")
        for day in ("2026-03-28", "2026-10-24"):
            hours = utc(f"{day} 22:00"), utc(f"{day} 23:30")
            window = Window(rota.pk, "primary", 1, *hours)
            put = Assignment(window, helper.partner_id, helper.pk)
            changes.make(by=None, kind=DutyChange.Kind.COVER, put=[put])
        for person in people:
            make_absence(person, date(2026, 3, 31), date(2026, 3, 31))
        people[0].left_on = date(2026, 10, 29)
        people[0].save()
    return rota


def handovers(rota, first, last):
    """Every moment at which something begins or ends, and those beside it."""
    edges = set()
    for period in shown([rota], utc(f"{first} 00:00"), utc(f"{last} 00:00"))[
        0
    ].duty_periods:
        edges |= {period.starts_at, period.ends_at}
    return sorted(m for e in edges for m in (e - SECOND, e, e + SECOND))


def by_resolver(rota, moment):
    return [period.staff.name for period in on_duty(rota, "primary", moment)]


def by_board(rota, moment):
    (board,) = on_call_rotas([rota], lambda _: moment)
    return [place.now.staff.name for place in board.places if place.now]


def by_calendar(duty_periods, moment):
    return [w.staff.name for w in duty_periods if w.is_held and w.holds_at(moment)]


def by_csv(rows, moment):
    return [name for starts, ends, name in rows if starts <= moment < ends]


def rows_of(client, rota, day):
    """The lines of the CSV of the calendar that name somebody, by their UTC."""
    asked = f"/rota/calendar.csv?rota={rota.slug}&on={day}"
    text = client.get(asked).getvalue().decode().splitlines()
    return [
        (*(datetime.fromisoformat(row[n]) for n in (9, 10)), row[5])
        for row in list(csv.reader(text))[1:]
        if row[5]
    ]


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_resolver_board_and_calendar_say_the_same(rota, first, last):
    duty_periods = shown([rota], utc(f"{first} 00:00"), utc(f"{last} 00:00"))[
        0
    ].duty_periods
    ends = utc(f"{first} 00:00"), utc(f"{last} 00:00")
    moments = [m for m in handovers(rota, first, last) if ends[0] <= m < ends[1]]
    assert len(moments) > 40
    for moment in moments:
        expected = by_resolver(rota, moment)
        assert by_board(rota, moment) == expected
        assert by_calendar(duty_periods, moment) == expected


def _month(rota, moment):
    return f"{moment.astimezone(rota.zone):%Y-%m}"


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_the_csv_says_the_same(client, rota, first, last):
    client.force_login(make_user(person=make_person()))
    rows = rows_of(client, rota, first)
    for moment in handovers(rota, first, last):
        if _month(rota, moment) == first[:7]:
            assert by_csv(rows, moment) == by_resolver(rota, moment)


def test_the_page_and_the_telephone_say_the_same(client, rota):
    make_token(RotaToken.Kind.TELEPHONY, "words")
    client.force_login(make_user(person=make_person()))
    headers = {"Authorization": "Bearer words"}
    for moment in handovers(rota, *SPANS[0])[::2]:
        asked = f"?at={moment:%Y-%m-%dT%H:%M:%SZ}"
        told = client.get(f"/rota/api/on-call/{asked}", headers=headers).json()
        names = [p["now"]["name"] for p in told["rotas"][0]["on_call"] if p["now"]]
        assert names == by_resolver(rota, moment)
        page = client.get(f"/rota/on-call/{asked}").content.decode()
        assert all(f"<strong>{name}</strong>" in page for name in names)


def by_feed(read, moment):
    return [
        event.summary.value.split(": ")[1].split(" (")[0]
        for event in read.contents["vevent"]
        if event.status.value == "CONFIRMED" and "Gap" not in event.summary.value
        if event.dtstart.value <= moment < event.dtend.value
    ]


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_the_feed_says_the_same(client, rota, first, last):
    make_token(RotaToken.Kind.ROTA, "words", rota=rota)
    with time_machine.travel(NOW, tick=False):
        text = client.get("/rota/feeds/words/duties.ics").content.decode()
    read = vobject.readOne(text)
    for moment in handovers(rota, first, last):
        assert by_feed(read, moment) == by_resolver(rota, moment)


@pytest.mark.parametrize(
    ("starts", "hours"), [("2026-03-28 17:00", 15), ("2026-10-24 16:00", 17)]
)
def test_nights_at_the_changes_are_an_hour_short_and_long(rota, starts, hours):
    ends = utc(starts) + timedelta(hours=hours)
    found = rota.duties.current().filter(starts_at__gte=utc(starts), ends_at__lte=ends)
    real = [duty.ends_at - duty.starts_at for duty in found]
    assert sum(real, timedelta()) == timedelta(hours=hours)
