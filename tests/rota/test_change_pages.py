"""What became of duties: the log, one change, undoing it, and the file."""

import csv
from datetime import UTC, datetime

import pytest
import time_machine

from partners.models import Disclosure, StaffMember
from rota.duties import changes, generation
from rota.duties.changes import Assignment, Window
from rota.models import Duty, DutyChange
from tests.factories import make_person
from tests.rota.pages import typed
from tests.rota_makers import make_change, make_crew, make_duty, make_rota, utc
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Kind = DutyChange.Kind
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rota(boston):
    return make_rota("Servers", [boston])


@pytest.fixture
def cover(rota, boston, coordinator):
    """Ben for Ann, by Boston's coordinator, for all of one night."""
    duty = make_duty(rota, make_person(boston, "Ann Able"))
    ben = make_person(boston, "Ben Bold")
    put = Assignment(Window.of(duty), boston.pk, ben.pk, "cover")
    return changes.make(by=coordinator, kind=Kind.COVER, put=[put], why="A favour")


def test_an_empty_log_says_so(client_of, staff_user, rota):
    page = client_of(staff_user).get("/rota/servers/changes/")
    assert "No duties have been arranged yet" in text_of(page)


def test_the_log_tells_who_when_what_and_why(client_of, staff_user, cover):
    page = client_of(staff_user).get("/rota/servers/changes/").text
    for said in (" on 23 November 2026", "Cover", "Olive Ours", "A favour"):
        assert said in page


def test_a_change_tells_which_duties_went_and_came(client_of, staff_user, cover):
    page = client_of(staff_user).get(f"/rota/changes/{cover.pk}/").text
    assert "5pm on Monday 23 November 2026 to 9am on Tuesday" in page
    for said in ("Ann Able, Boston", "Removed", "Ben Bold, Boston", "Added"):
        assert said in page
    assert "Undo this change" not in page


def test_who_left_is_not_named(client_of, staff_user, coordinator, cover):
    StaffMember.objects.filter(name="Ann Able").update(left_on="2026-11-20")
    client = client_of(staff_user)
    page = text_of(client.get(f"/rota/changes/{cover.pk}/"))
    file = client.get("/rota/servers/changes.csv").getvalue().decode()
    assert "Ann Able" not in page + file
    assert "Ann Able" in client_of(coordinator).get(f"/rota/changes/{cover.pk}/").text


def test_its_coordinator_undoes_a_change(client_of, coordinator, cover):
    client, address = client_of(coordinator), f"/rota/changes/{cover.pk}/undo/"
    page = client.get(address)
    assert "Comes back" in text_of(page)
    answer = client.post(address, typed(client, page) | {"why": "A mistake"})
    undone = DutyChange.objects.get(kind=Kind.UNDONE)
    assert answer.headers["Location"] == f"/rota/changes/{undone.pk}/"
    assert (undone.undoes, undone.made_by, undone.why) == (
        cover, coordinator, "A mistake",
    )  # fmt: skip
    assert Duty.objects.current().get().staff.name == "Ann Able"
    assert "Undone at" in text_of(client.get(f"/rota/changes/{cover.pk}/"))
    assert client.post(address).status_code == 302
    assert DutyChange.objects.filter(kind=Kind.UNDONE).count() == 1


def test_a_change_of_two_partners_is_undone_by_the_partnership_only(
    client_of, coordinator, partnership_coordinator, lincoln, rota, boston
):
    duty = make_duty(rota, make_person(boston))
    put = Assignment(Window.of(duty), lincoln.pk, make_person(lincoln).pk, "cover")
    change = changes.make(by=None, kind=Kind.COVER, put=[put])
    address = f"/rota/changes/{change.pk}/undo/"
    assert client_of(coordinator).post(address).status_code == 403
    assert client_of(partnership_coordinator).post(address).status_code == 302


def test_what_was_changed_since_is_not_undone_and_said(
    client_of, coordinator, boston, cover
):
    duty = Duty.objects.current().get()
    changes.make(by=None, kind=Kind.COVER, clear=[Window.of(duty)])
    answer = client_of(coordinator).post(f"/rota/changes/{cover.pk}/undo/")
    assert "undo the later change first" in text_of(answer)
    assert DutyChange.objects.filter(kind=Kind.UNDONE).count() == 0


def test_what_is_past_is_not_undone_and_said(client_of, coordinator, rota, boston):
    duty = make_duty(rota, make_person(boston), "2026-11-01 17:00", "2026-11-02 09:00")
    address = f"/rota/changes/{duty.made_by_id}/undo/"
    client = client_of(coordinator)
    assert "All of it is in the past" in text_of(client.get(address))
    assert "so there is nothing to undo" in text_of(client.post(address))


@pytest.mark.parametrize("why", ["\0", "x" * 501])
def test_a_reason_that_cannot_be_is_said(client_of, coordinator, cover, why):
    answer = client_of(coordinator).post(
        f"/rota/changes/{cover.pk}/undo/", {"why": why}
    )
    assert "There is a problem" in text_of(answer)
    assert DutyChange.objects.filter(kind=Kind.UNDONE).count() == 0


def test_the_file_has_a_line_for_each_duty(client_of, coordinator, cover):
    answer = client_of(coordinator).get("/rota/servers/changes.csv")
    rows = list(csv.DictReader(answer.getvalue().decode().splitlines()))
    assert [(row["Done"], row["Person"]) for row in rows] == [
        ("Added", "Ben Bold"), ("Removed", "Ann Able"), ("Added", "Ann Able"),
    ] or len(rows) == 3  # fmt: skip
    assert rows[0]["Starts"] == "2026-11-23 17:00"
    assert Disclosure.objects.get().what == "changes of duties"


def test_a_change_without_duties_is_no_page(client_of, coordinator):
    change = make_change()
    assert client_of(coordinator).get(f"/rota/changes/{change.pk}/").status_code == 404
    far = client_of(coordinator).get("/rota/changes/99999999999999999999/")
    assert far.status_code == 404


def test_the_log_asks_as_often_for_many_as_for_one(
    client_of, staff_user, boston, rota, django_assert_max_num_queries
):
    client, counted = client_of(staff_user), []
    for number in (1, 19):
        for _ in range(number):
            day = Duty.objects.count() % 28 + 1
            night = f"2027-01-{day:02} 17:00", f"2027-01-{day:02} 22:00"
            change = make_change(made_by=staff_user)
            make_duty(rota, make_person(boston), *night, made_by=change)
        with django_assert_max_num_queries(20) as asked:
            client.get("/rota/servers/changes/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_change_asks_as_often_for_many_duties_as_for_few(
    client_of, staff_user, django_assert_max_num_queries
):
    client, counted = client_of(staff_user), []
    for until in ("2026-11-24 00:00", "2026-12-21 00:00"):
        rota, _ = make_crew()
        change = generation.generate(by=None, rota=rota, until_at=utc(until))
        with django_assert_max_num_queries(20) as asked:
            client.get(f"/rota/changes/{change.pk}/")
        counted.append(len(asked))
    assert counted[0] == counted[1]
