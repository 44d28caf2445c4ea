"""The list of rotas, the page of one, and its history."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from rota.duties import generation
from rota.models import Rota
from tests.factories import make_partner, make_person, make_skill
from tests.rota_makers import (
    make_block,
    make_crew,
    make_demand,
    make_demand_skill,
    make_exclusion,
    make_member,
    make_rota,
    make_rotation,
    utc,
)
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(client_of, staff_user):
    return client_of(staff_user)


def test_an_empty_list_says_so(staff, client_of, partnership_coordinator):
    assert "There are no rotas yet" in text_of(staff.get("/rota/"))
    assert "Add a rota" not in text_of(staff.get("/rota/"))
    assert "Add a rota" in client_of(partnership_coordinator).get("/rota/").text


def test_the_list_tells_partners_roles_and_how_far(staff, boston, lincoln):
    rota = make_rota("Servers", [lincoln, boston], covers="All servers")
    make_demand(rota)
    make_demand(rota, "Deputies", role="secondary")
    make_rotation(rota, [make_person(boston)])
    generation.generate(by=None, rota=rota, until_at=utc("2026-12-21 00:00"))
    page = text_of(staff.get("/rota/"))
    for said in ("All servers", "Boston, Lincoln", "Primary, Secondary"):
        assert said in page
    assert "20 December 2026" in page


def test_closed_rotas_come_last(staff):
    make_rota("Aged", closed_on=date(2026, 1, 1))
    make_rota("Zealous")
    page = text_of(staff.get("/rota/"))
    assert page.index("Zealous") < page.index("Aged")
    assert "Closed on 1 January 2026" in page


def test_the_list_is_taken_away(staff, boston):
    make_rota("=Servers", [boston], slug="servers")
    answer = staff.get("/rota/export.csv").getvalue().decode()
    (row,) = csv.DictReader(answer.splitlines())
    assert row["Rota"] == "'=Servers"
    assert row["Partners"] == "Boston"


def test_the_list_asks_as_often_for_many_as_for_one(
    staff, boston, django_assert_max_num_queries
):
    counted = []
    for number in (1, 19):
        for _ in range(number):
            make_demand(make_rota(partners=[boston]))
        with django_assert_max_num_queries(15) as asked:
            staff.get("/rota/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_one_rota_tells_everything_that_decides_it(staff, boston):
    rota = make_rota("Servers", [boston], on_site_within=60, last_resort="The mayor")
    demand = make_demand(rota, weekdays=[6, 7], people=2, on_holidays="only")
    make_demand_skill(demand, make_skill("Firewalls"), 3)
    rotation = make_rotation(rota, [boston], every=2)
    make_exclusion(rotation.members.get(), date(2027, 1, 1), date(2027, 1, 7))
    make_block(rota, date(2026, 12, 24), date(2026, 12, 27))
    page = text_of(staff.get("/rota/servers/"))
    for said in (
        *("60 minutes", "The mayor", "Saturday and Sunday, 5pm to 9am the next day"),
        *("Only on bank holidays (the substitute day", "2 people"),
        *("Firewalls, Practitioner or above", "a turn lasts 2 weeks"),
        *("put off from 1 January 2027", "24 December 2026 to 27 December 2026"),
    ):
        assert said in page


def test_whose_turn_it_is_and_who_is_next_are_told(staff):
    rota, people = make_crew()
    page = text_of(staff.get(f"/rota/{rota.slug}/"))
    now, following = people[45 % 3], people[46 % 3]
    assert f"<strong>Turn now: {now.name}</strong>, until 5pm on Monday 23" in page
    assert f"Next: {following.name}, from 5pm on Monday 23 November 2026" in page


def test_a_rotation_that_ended_is_nobody_s_turn(staff):
    rota, _ = make_crew(until_on=date(2026, 11, 1))
    page = text_of(staff.get(f"/rota/{rota.slug}/"))
    assert "It is nobody’s turn now" in page
    assert "Next:" not in page


def test_who_left_is_not_named(staff):
    rota, people = make_crew()
    people[0].left_on = date(2026, 11, 1)
    people[0].save()
    assert people[0].name not in text_of(staff.get(f"/rota/{rota.slug}/"))


def test_only_who_may_is_offered_to_change_it(
    staff, client_of, coordinator, partnership_coordinator, boston
):
    make_rota("Servers", [boston])
    assert "Create duties" not in text_of(staff.get("/rota/servers/"))
    ours = text_of(client_of(coordinator).get("/rota/servers/"))
    assert "History of this rota" in ours
    assert "Add hours to cover" not in ours
    chief = client_of(partnership_coordinator).get("/rota/servers/").text
    assert "Add hours to cover" in chief


def test_one_rota_asks_as_often_with_much_in_it_as_with_little(
    staff, boston, django_assert_max_num_queries
):
    rota, counted = make_rota("Servers", [boston]), []
    for number in (1, 19):
        for _ in range(number):
            many = Rota.objects.get().demands.count()
            demand = make_demand(rota, f"Hours {many}")
            make_demand_skill(demand, make_skill())
            rotation = make_rotation(rota, [make_person(boston)], f"Turns {many}")
            make_exclusion(rotation.members.get(), date(2027, 1, 1))
            make_member(rotation, boston, position=2)
            day = date(2027, 1, 1) + timedelta(days=many)
            make_block(rota, day, day)
        with django_assert_max_num_queries(30) as asked:
            staff.get("/rota/servers/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_its_history_tells_of_all_that_decides_it(client_of, coordinator, boston):
    rota = make_rota("Servers", [boston])
    demand = make_demand(rota, weekdays=[1, 2])
    make_demand_skill(demand, make_skill("Firewalls"))
    rotation = make_rotation(rota, [boston])
    make_exclusion(rotation.members.get(), date(2027, 1, 1))
    make_block(rota, date(2026, 12, 24), date(2026, 12, 27))
    rotation.members.get().exclusions.all().delete()
    page = client_of(coordinator).get("/rota/servers/history/").text
    for said in (
        *("Rota: Servers", "Partner in a rota", "Hours to cover: Nights", "16 hours"),
        *("Monday, Tuesday", "Firewalls", "Rotation: Turns", "Place in a rotation"),
        *("Turn put off", "removed", "Days arranged by hand: Christmas"),
    ):
        assert said in page


def test_its_history_is_taken_away(client_of, coordinator, boston):
    rota = make_rota("Servers", [boston])
    Rota.objects.filter(pk=rota.pk).update(covers="=All")
    answer = client_of(coordinator).get("/rota/servers/history.csv")
    rows = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert ("What it covers", "", "'=All") in [
        (row["Field"], row["Was"], row["Is"]) for row in rows
    ]


def test_what_is_not_there_is_not_found(staff):
    assert staff.get("/rota/nothing/").status_code == 404
    assert staff.get("/rota/?page=x").status_code == 200
    assert make_partner().rotas.count() == 0
