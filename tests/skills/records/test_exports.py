"""The search as a file: the same people in the same order, and who took it."""

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure, StaffMember
from partners.spreadsheets.writing import BROKEN_OFF
from partners.standing import Standing
from skills.records import exports
from skills.records.exports import SEARCH_HEADER
from skills.search.people import SearchFilters
from tests.factories import (
    make_alias,
    make_held,
    make_person,
    make_skill,
    make_working_week,
)
from tests.skills.readings import NOTHING_ASKED

ADDRESS = "/skills/export.csv"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        yield


@pytest.fixture
def taken(client_of, staff_user):
    """The response to a request for the file, by a member of staff."""
    client = client_of(staff_user)
    return lambda query="": client.get(f"{ADDRESS}?{query}")


def rows(response):
    text = response.getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def names(response):
    return list(dict.fromkeys(row["Name"] for row in rows(response)))


@pytest.fixture
def crowd(boston, lincoln):
    """Sixty people with one skill, more than two pages of them."""
    skill = make_skill("Kubernetes")
    for number in range(60):
        person = make_person(
            (boston, lincoln)[number % 2],
            f"Person {number:02}",
            is_willing_to_help=number % 3 == 0,
        )
        make_held(person, skill, number % 4 + 1)


def test_a_row_says_what_a_meeting_wants_to_know(taken, lincoln):
    reach = {"telephone": "01632 960001", "work_email": "ada@lincoln.example"}
    ada = make_person(lincoln, "Ada Zoë", post="Engineer", **reach)
    make_working_week(ada)
    confirmed = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    make_held(ada, make_skill("Kubernetes"), 4, confirmed_at=confirmed)
    [row] = rows(taken("q=kubernetes"))
    assert list(row) == SEARCH_HEADER
    line = list(row.values())
    assert line[:4] == ["City of Lincoln Council", "Ada Zoë", "Engineer", "Kubernetes"]
    assert line[4:7] == ["Expert", "2026-07-01", "yes"]
    assert line[7:] == ["01632 960001", "ada@lincoln.example"]


@pytest.mark.parametrize(
    "query",
    ["q=kubernetes", "q=kubernetes&level=3", "q=kubernetes&willing=1&sort=name", ""],
)
def test_the_file_has_the_people_of_all_pages_in_their_order(
    crowd, taken, client_of, staff_user, query
):
    client = client_of(staff_user)
    shown, number, pages = [], 1, 1
    while number <= pages:
        page = client.get(f"/skills/?{query}&page={number}").context
        shown += [result.person.name for result in page["results"]]
        number, pages = number + 1, page["page"].paginator.num_pages
    assert len(shown) > 19
    assert names(taken(f"{query}&page=2")) == shown


def test_there_is_a_row_for_each_skill_that_matched(taken, boston):
    ada, first = make_person(boston, "Ada"), make_skill("Kubernetes")
    for skill in (first, make_skill("Backup"), make_skill("Cabling")):
        make_held(ada, skill)
    found = rows(taken("q=kubernetes,backup"))
    assert sorted(row["Skill"] for row in found) == ["Backup", "Kubernetes"]


def test_there_is_a_row_for_each_skill_where_none_is_asked_for(taken, boston):
    ada = make_person(boston, "Ada Lovelace")
    for name in ("Kubernetes", "Backup"):
        make_held(ada, make_skill(name))
    found = [row["Skill"] for row in rows(taken("q=lovelace"))]
    assert found == ["Backup", "Kubernetes"]


def test_an_empty_question_gives_everybody_in_post(taken, boston, leaver):
    make_person(boston, "No Skill")
    assert set(names(taken())) == {"No Skill", "Sandy Staff"}


def test_leavers_are_in_no_file(taken, leaver):
    make_held(leaver.person, make_skill("Kubernetes"), 4)
    for query in ("", "q=kubernetes", "q=lee+leaver"):
        assert b"Leaver" not in taken(query).getvalue()


@pytest.mark.parametrize(
    ("query", "begins"), [("excel=1", b"\xef\xbb\xbfPartner"), ("excel=0", b"Partner,")]
)
def test_the_mark_for_excel_is_there_when_asked_for(taken, query, begins):
    assert taken(query).getvalue().startswith(begins)


def test_the_file_is_named_for_its_filters_and_the_day(taken, boston):
    make_skill("VPN")
    header = taken("q=VPN&partner=boston&level=3")["Content-Disposition"]
    name = "skills-vpn-practitioner-or-above-boston-2026-11-23.csv"
    assert header == f'attachment; filename="{name}"'


def test_cells_are_safe_to_open(taken, boston):
    make_person(boston, "=HYPERLINK(1)", post="@SUM", telephone="+44 1632 960001")
    row = next(row for row in rows(taken()) if "HYPERLINK" in row["Name"])
    assert row["Name"] == "'=HYPERLINK(1)"
    assert row["Post"] == "'@SUM"
    assert row["Telephone"] == "'+44 1632 960001"


@pytest.mark.parametrize("role", ["reader", "stranger", "leaver"])
def test_who_may_not_take_lists_away_is_refused(request, client_of, role, staff_user):
    response = client_of(request.getfixturevalue(role)).get(ADDRESS)
    assert response.status_code in {302, 403}
    assert not response.streaming
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("role", ["reader", "stranger"])
def test_readers_and_strangers_are_told_no(request, client_of, role):
    client = client_of(request.getfixturevalue(role))
    assert client.get(ADDRESS).status_code == 403


def test_taking_a_list_away_is_remembered(taken, staff_user, lincoln):
    person = make_person(lincoln, "Ada")
    make_held(person, make_skill("Kubernetes"), 3)
    taken("q=kubernetes&level=2&page=7&partner=lincoln")
    row = Disclosure.objects.get()
    assert (row.by, row.kind, row.what) == (staff_user, "export", "search")
    assert row.staff_ids == [person.pk]
    asked = {"q": ["kubernetes"], "level": ["2"], "partner": ["lincoln"]}
    assert row.filters == asked


def test_looking_at_results_is_not_remembered(client_of, staff_user):
    client_of(staff_user).get("/skills/?q=sandy")
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    "query", ["level=9", "partner=nowhere", "today=maybe", "q=%25"]
)
def test_what_is_not_understood_leads_to_the_page_that_says_so(
    taken, crowd, client_of, staff_user, query
):
    response = taken(query)
    assert response.url == f"/skills/?{query}"
    assert not Disclosure.objects.exists()
    page = client_of(staff_user).get(response.url).context
    assert page["page"].paginator.count == 0


def test_a_file_that_breaks_off_says_so(taken, crowd, monkeypatch):
    def broken(*_):
        raise OSError

    monkeypatch.setattr(exports, "_held", broken)
    assert rows(taken())[-1]["Partner"] == BROKEN_OFF


def test_the_file_asks_as_many_questions_for_many_as_for_one(taken, boston):
    make_held(make_person(boston), make_skill("Kubernetes"))
    few = queries(taken)
    make_alias(make_skill("Backup"), "Veeam")
    for _ in range(20):
        make_held(make_person(boston), make_skill())
    assert queries(taken) == few


def queries(taken):
    taken().getvalue()
    with CaptureQueriesContext(connection) as captured:
        taken().getvalue()
    return len(captured)


def test_many_people_are_read_in_blocks(crowd, monkeypatch):
    monkeypatch.setattr(exports, "BLOCK", 10)
    ids = list(StaffMember.objects.order_by("name").values_list("pk", flat=True))
    told = list(exports.search_rows(ids, *nothing_asked()))
    assert [row[1] for row in told] == [f"Person {n:02}" for n in range(60)]


def nothing_asked():
    return NOTHING_ASKED, SearchFilters(), Standing(staff_id=1)


def test_somebody_gone_meanwhile_is_left_out(crowd):
    ids = list(StaffMember.objects.order_by("name").values_list("pk", flat=True))
    StaffMember.objects.filter(pk=ids[0]).delete()
    assert len(list(exports.search_rows(ids, *nothing_asked()))) == 59
