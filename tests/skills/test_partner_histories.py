"""A partner's history: everything done to its records while they were its own."""

import csv
import io

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Appointment, Disclosure, StaffMember
from partners.people import transfers
from tests.factories import (
    LONG_AGO,
    appoint,
    make_absence,
    make_certification,
    make_held,
    make_holiday,
    make_person,
    make_site,
    make_skill,
    make_transfer,
    make_user,
    make_wish,
    make_working_week,
)
from tests.skills.pages import text

# One transaction has one time and one hand: what follows another needs its own.
IN_ORDER = pytest.mark.django_db(transaction=True)

BOSTON = "/skills/partners/boston/history"
LINCOLN = "/skills/partners/lincoln/history"


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def theirs(client_of, their_coordinator):
    return client_of(their_coordinator)


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able", post="Analyst")


def by(user, row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    with pghistory.context(user=user.pk):
        row.save()


@pytest.fixture
def moved(ann, lincoln, coordinator, their_coordinator):
    """Ann, whose post each partner's coordinator changed while she was theirs."""
    by(coordinator, ann, post="Boston post")
    transfers.accept(by=their_coordinator, transfer=make_transfer(ann, lincoln))
    ann.refresh_from_db()
    by(their_coordinator, ann, post="Lincoln post")
    return ann


EVERYTHING = [
    "Partner: Boston Borough Council, added",
    "Site: Town Hall, added",
    "Bank holiday: Stump Day, added",
    "Member of staff: Ann Able, added",
    "Skill held: DNS (Ann Able), added",
    "Wish to learn: VPN (Ann Able), added",
    "Certification: CCNA (Ann Able), added",
    "Absence: 2 November 2026 (Ann Able), added",
    "Working day: Monday (Ann Able), added",
    "Appointment: Reader (senior sponsor) (Ann Able), added",
    "Appointment: Coordinator (Olive Ours), added",
    "Transfer: 1 December 2026 (Ann Able), added",
]


def test_it_takes_in_all_records_of_the_partner(ours, ann, boston, lincoln):
    make_site(boston)
    make_holiday(LONG_AGO, "Stump Day", kind="local", partner=boston)
    make_held(ann, make_skill("DNS"))
    make_wish(ann, make_skill("VPN"))
    make_certification(ann, "CCNA")
    make_absence(ann, "2026-11-02")
    make_working_week(ann, days=[1])
    appoint(make_user(person=ann), Appointment.Role.READER)
    make_transfer(ann, lincoln, begins_on="2026-12-01")
    said = text(ours.get(f"{BOSTON}/")).replace(" ,", ",")
    assert [what for what in EVERYTHING if what not in said] == []


def test_it_holds_nothing_of_other_partners(ours, lincoln):
    make_held(make_person(lincoln, "Olga Other"), make_skill("Secret skill"))
    said = text(ours.get(f"{BOSTON}/"))
    assert "Olga" not in said
    assert "Secret skill" not in said


@IN_ORDER
def test_each_partner_reads_what_was_done_while_the_person_was_its_own(
    ours, theirs, moved
):
    boston, lincoln = text(ours.get(f"{BOSTON}/")), text(theirs.get(f"{LINCOLN}/"))
    assert "Boston post" in boston
    assert "Lincoln post" not in boston
    assert "Lincoln post" in lincoln
    assert "Analyst" not in lincoln
    for said in (boston, lincoln):
        assert "City of Lincoln Council" in said


@IN_ORDER
def test_the_new_coordinator_reads_the_whole_history_of_the_person(ours, theirs, moved):
    address = f"/skills/people/{moved.pk}/history/"
    said = text(theirs.get(address))
    assert "Analyst" in said
    assert "Lincoln post" in said
    assert ours.get(address).status_code == 403


@IN_ORDER
def test_who_comes_back_is_told_of_again(
    ours, moved, boston, coordinator, their_coordinator
):
    back = transfers.release(by=their_coordinator, person=moved, to_partner=boston)
    transfers.accept(by=coordinator, transfer=back)
    moved.refresh_from_db()
    by(coordinator, moved, post="Back again")
    said = text(ours.get(f"{BOSTON}/"))
    assert "Back again" in said
    assert "Analyst" in said


def test_who_left_the_new_partner_is_not_named_to_the_old_one(ours, theirs, moved):
    StaffMember.objects.filter(pk=moved.pk).update(left_on=LONG_AGO)
    for end in ("/", ".csv"):
        assert b"Ann Able" not in ours.get(BOSTON + end).getvalue()
        assert b"Ann Able" in theirs.get(LINCOLN + end).getvalue()
    assert b"Somebody who has left" in ours.get(f"{BOSTON}/").getvalue()


def test_somebody_deleted_is_still_told_of(ours, ann):
    make_held(ann, make_skill("DNS"))
    ann.delete()
    said = text(ours.get(f"{BOSTON}/"))
    assert "Member of staff: Ann Able , removed" in said


@pytest.fixture
def busy(ann, boston, coordinator, partnership_coordinator):
    """Different things done by different people."""
    by(coordinator, ann, post="Engineer")
    by(partnership_coordinator, make_person(boston, "Bob"), post="Director")
    return ann


def shown(client, **asked):
    page = client.get(f"{BOSTON}/", asked).context["page"]
    return [(change.what, change.action, change.who) for change in page.changes]


def test_it_can_be_asked_for_one_person(ours, busy):
    whats = {what for what, *_ in shown(ours, person=busy.pk)}
    assert whats == {"Member of staff: Ann Able"}


@IN_ORDER
def test_it_can_be_asked_for_who_did_it(ours, busy, coordinator):
    found = shown(ours, who=coordinator.pk)
    assert found == [("Member of staff: Ann Able", "changed", "Olive Ours")]
    assert {who for *_, who in shown(ours, who=0)} == {"Set-up or a command"}


def test_it_can_be_asked_for_one_kind(ours, busy, boston):
    make_site(boston)
    assert [what for what, *_ in shown(ours, kind="site")] == ["Site: Town Hall"]


def test_it_can_be_asked_for_some_days(ours, busy):
    today = f"{transfers.timezone.localdate():%d %m %Y}"
    assert shown(ours, since=today, until=today)
    assert shown(ours, until="1 1 2026") == []
    answer = ours.get(f"{BOSTON}/", {"until": "1 1 2026"})
    assert "Nothing like this has been recorded" in text(answer)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"person": "999999"}, "from the list"),
        ({"person": "x\0"}, "from the list"),
        ({"who": "9" * 40}, "from the list"),
        ({"kind": "session"}, "Choose kind of record from the list"),
        ({"since": "soon"}, "Enter the first day as a date, like 22 11 2026"),
        ({"until": "31 12 9999"}, "Enter a day within the last hundred years"),
        ({"since": "2 2 2026", "until": "1 2 2026"}, "not before the first day"),
    ],
)
def test_a_question_not_understood_is_answered_with_what_to_do(ours, asked, sentence):
    answer = ours.get(f"{BOSTON}/", asked)
    assert sentence in text(answer)
    assert answer.context["page"] is None
    assert ours.get(f"{BOSTON}.csv", asked).status_code == 302


def test_a_leaver_of_another_partner_cannot_be_asked_for(ours, lincoln):
    gone = make_person(lincoln, "Gone Girl", left_on=LONG_AGO)
    login = make_user(person=gone)
    asked = ours.get(f"{BOSTON}/", {"person": gone.pk, "who": login.pk})
    assert asked.context["page"] is None
    assert "Gone Girl" not in text(asked)


@IN_ORDER
def test_the_csv_has_the_same_filters(ours, busy, coordinator):
    answer = ours.get(f"{BOSTON}.csv", {"who": coordinator.pk, "excel": "1"})
    said = answer.getvalue().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(said, newline="")))
    assert [(line["Was"], line["Is"]) for line in lines] == [("Analyst", "Engineer")]
    assert Disclosure.objects.get().filters["who"] == [str(coordinator.pk)]


@IN_ORDER
def test_pages_lead_to_older_and_newer_changes(ours, boston, coordinator):
    for number in range(60):
        by(coordinator, boston, senior_sponsor=f"Sponsor {number}")
    seen, asked = [], {}
    while asked is not None:
        page = ours.get(f"{BOSTON}/", asked).context["page"]
        seen.append(page.changes)
        asked = {"before": str(page.older)} if page.older else None
    assert [len(changes) for changes in seen[:2]] == [25, 25]
    assert seen[0][0].fields == [("Senior sponsor", "Sponsor 58", "Sponsor 59")]
    assert len({change.at for changes in seen[:2] for change in changes}) == 50
    newer = ours.get(f"{BOSTON}/", {"after": str(page.newer)}).context["page"]
    assert newer.changes == seen[-2]


def test_a_long_history_asks_as_often_as_a_short_one(ours, boston, ann):
    counts = []
    for number in (1, 40):
        for _ in range(number):
            by(ann.user or make_user(), ann, post=f"Post {number} {_}")
            make_held(ann, make_skill())
        with CaptureQueriesContext(connection) as queries:
            ours.get(f"{BOSTON}/")
        counts.append(len(queries))
    assert counts[1] <= counts[0]
