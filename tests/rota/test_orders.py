"""The order of a rotation: who is in it, where, and when turns are put off."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from rota.models import MemberExclusion, RotationMember
from tests.factories import make_partner, make_person
from tests.rota.pages import typed
from tests.rota_makers import make_crew, make_exclusion, make_rotation
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
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
    return make_crew()


def address_of(rota):
    return f"/rota/{rota.slug}/rotations/{rota.rotations.earliest('pk').pk}/order/"


def order(rota):
    rows = rota.rotations.earliest("pk").members.order_by("position")
    return [(m.position, m.staff or m.partner) for m in rows]


@pytest.mark.parametrize(
    ("moved", "to", "after"),
    [(0, 3, "120"), (2, 1, "201"), (0, 2, "102"), (2, 2, "021"), (1, 1, "102")],
)
def test_somebody_is_moved_by_a_number(chief, crew, moved, to, after):
    rota, people = crew
    mine = typed(chief, address_of(rota)) | {f"order-{moved}-position": to}
    assert chief.post(address_of(rota), mine).status_code == 302
    wanted = [people[int(number)] for number in after]
    assert order(rota) == [*enumerate(wanted, 1)]


def test_a_person_and_a_partner_join_the_order(chief, crew):
    rota, people = crew
    new, partner = make_person(people[0].partner, "Newcomer"), people[0].partner
    mine = typed(chief, address_of(rota)) | {
        "order-3-who": f"staff-{new.pk}",
        "order-3-position": "1",
        "order-4-who": f"partner-{partner.pk}",
        "order-4-since_on": "1 1 2027",
    }
    assert chief.post(address_of(rota), mine).status_code == 302
    assert [who for _, who in order(rota)] == [new, *people, partner]


def test_somebody_is_taken_out_of_the_order(chief, crew):
    rota, people = crew
    mine = typed(chief, address_of(rota)) | {"order-0-DELETE": "on"}
    assert chief.post(address_of(rota), mine).status_code == 302
    assert order(rota) == [(1, people[1]), (2, people[2])]


@pytest.mark.parametrize("who", ["staff-{}", "partner-{}", "staff-x", "chef-1", "\0"])
def test_who_takes_no_part_in_the_rota_does_not_join(chief, crew, who):
    rota, people = crew
    stranger = make_person(make_partner("Elsewhere"))
    key = stranger.pk if who.startswith("staff") else stranger.partner_id
    mine = typed(chief, address_of(rota)) | {"order-3-who": who.format(key)}
    answer = chief.post(address_of(rota), mine)
    assert "Choose somebody from the list" in text_of(answer)
    assert len(order(rota)) == 3


def test_nobody_joins_twice(chief, crew):
    rota, people = crew
    mine = typed(chief, address_of(rota)) | {"order-3-who": f"staff-{people[0].pk}"}
    answer = chief.post(address_of(rota), mine)
    assert "is already in the rotation at that time" in text_of(answer)
    assert len(order(rota)) == 3


def test_two_new_rows_of_one_person_are_refused(chief, crew):
    rota, people = crew
    new = f"staff-{make_person(people[0].partner).pk}"
    mine = typed(chief, address_of(rota)) | {"order-3-who": new, "order-4-who": new}
    answer = chief.post(address_of(rota), mine)
    assert "is already in the rotation at that time" in text_of(answer)
    assert len(order(rota)) == 3


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("position", "0", "Enter a number from 1 to 200"),
        ("position", "9" * 30, "Enter a number from 1 to 200"),
        ("since_on", "32 1 2026", "as a date"),
        ("until_on", "1 1 2999", "Enter a date from 2000 to 2099"),
    ],
)
def test_a_row_that_cannot_be_is_said_with_its_name(
    chief, crew, field, value, sentence
):
    rota, people = crew
    mine = typed(chief, address_of(rota)) | {f"order-0-{field}": value}
    answer = chief.post(address_of(rota), mine)
    assert f"{people[0].name}: " in text_of(answer)
    assert sentence in text_of(answer)


def test_an_order_read_before_another_edit_shows_both_versions(chief, crew):
    rota, _ = crew
    mine = typed(chief, address_of(rota)) | {"order-0-position": 3}
    RotationMember.objects.filter(position=1).update(until_on=date(2027, 1, 1))
    answer = chief.post(address_of(rota), mine)
    assert "Both versions" in text_of(answer)
    assert chief.post(address_of(rota), typed(chief, answer)).status_code == 302


@pytest.mark.parametrize("change", [{}, {"order-0-DELETE": "on"}])
def test_a_row_of_another_rotation_is_left_alone(chief, crew, change):
    rota, people = crew
    other = make_rotation(make_crew()[0], [people[0]], "Other")
    theirs = other.members.get()
    mine = typed(chief, address_of(rota)) | {
        "order-0-id": theirs.pk,
        "order-0-position": 3,
    }
    assert chief.post(address_of(rota), mine | change).status_code in (200, 302)
    assert RotationMember.objects.filter(pk=theirs.pk, position=1).exists()


def test_a_turn_is_put_off_for_some_days(chief, crew):
    rota, people = crew
    member = RotationMember.objects.get(staff=people[0])
    address = f"/rota/{rota.slug}/members/{member.pk}/"
    mine = typed(chief, address) | {
        "days-0-from_on": "30 11 2026",
        "days-0-until_on": "6 12 2026",
    }
    assert chief.post(address, mine).status_code == 302
    page = text_of(chief.get(f"/rota/{rota.slug}/"))
    assert "put off from 30 November 2026 to 6 December 2026" in page
    gone = typed(chief, address) | {"days-0-DELETE": "on"}
    assert chief.post(address, gone).status_code == 302
    assert MemberExclusion.objects.count() == 0


def test_days_in_the_wrong_order_are_said(chief, crew):
    rota, people = crew
    member = RotationMember.objects.get(staff=people[0])
    make_exclusion(member, date(2026, 12, 7), date(2026, 12, 13))
    address = f"/rota/{rota.slug}/members/{member.pk}/"
    mine = typed(chief, address) | {"days-0-until_on": "6 12 2026"}
    assert "Enter the first day or a later one" in text_of(chief.post(address, mine))


def test_members_of_another_rota_are_out_of_reach(chief, crew):
    rota, _ = crew
    other, people = make_crew()
    member = RotationMember.objects.get(staff=people[0])
    assert chief.get(f"/rota/{rota.slug}/members/{member.pk}/").status_code == 404


def test_the_order_asks_as_often_for_many_as_for_one(
    chief, crew, django_assert_max_num_queries
):
    rota, people = crew
    counted = []
    for number in (0, 20):
        for _ in range(number):
            rotation = rota.rotations.earliest("pk")
            person = make_person(people[0].partner)
            RotationMember.objects.create(
                rotation=rotation, staff=person, position=number
            )
        with django_assert_max_num_queries(40) as asked:
            chief.get(address_of(rota))
        counted.append(len(asked))
    assert counted[0] == counted[1]
