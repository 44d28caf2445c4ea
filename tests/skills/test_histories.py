import csv
import io

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from tests.factories import (
    make_absence,
    make_alias,
    make_certification,
    make_held,
    make_person,
    make_site,
    make_skill,
    make_wish,
    make_working_week,
)

CANARY = "Canary Column"


@pytest.fixture
def ann(lincoln):
    """Somebody at Lincoln whose post was changed."""
    person = make_person(lincoln, "Ann Able", post=CANARY)
    person.post = "Network engineer"
    person.save()
    return person


@pytest.fixture
def skill(db):
    skill = make_skill("VPN", description=CANARY)
    make_alias(skill, "Tunnel")
    return skill


@pytest.fixture
def partner(lincoln):
    lincoln.senior_sponsor = CANARY
    lincoln.save()
    make_site(lincoln, "Guildhall")
    return lincoln


ADDRESS = {
    "ann": lambda row: f"/skills/people/{row.pk}/history",
    "skill": lambda row: f"/skills/catalogue/{row.pk}/history",
    "partner": lambda row: f"/skills/partners/{row.slug}/history",
}
ALLOWED = {
    "ann": {"their_coordinator", "partnership_coordinator"},
    "skill": {"partnership_coordinator"},
    "partner": {"their_coordinator", "partnership_coordinator"},
}
ROLES = [
    "staff_user",
    "coordinator",
    "their_coordinator",
    "partnership_coordinator",
    "reader",
    "stranger",
]


def body(response):
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


@pytest.mark.parametrize("end", ["/", ".csv"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", ADDRESS)
def test_a_history_is_read_by_those_who_keep_the_record(
    client_of, request, what, role, end
):
    address = ADDRESS[what](request.getfixturevalue(what)) + end
    response = client_of(request.getfixturevalue(role)).get(address)
    is_allowed = role in ALLOWED[what]
    assert response.status_code == (200 if is_allowed else 403)
    assert (CANARY in body(response)) is is_allowed


def test_nobody_signed_in_reads_no_history(client, ann):
    response = client.get(f"/skills/people/{ann.pk}/history/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_person_reads_their_own_history(client_of, staff_user):
    address = f"/skills/people/{staff_user.person.pk}/history/"
    page = body(client_of(staff_user).get(address))
    assert "Member of staff: Sandy Staff" in page


EVERYTHING = [
    "Skill held: DNS",
    "Wish to learn: VPN",
    "Certification: CCNA",
    "Absence: 2 November 2026",
    "Working day: Monday",
]


def test_a_persons_history_takes_in_all_that_is_kept_of_them(
    client_of, ann, their_coordinator
):
    make_held(ann, make_skill("DNS"), 3)
    make_wish(ann, make_skill("VPN"))
    make_certification(ann, "CCNA")
    make_absence(ann, "2026-11-02")
    make_working_week(ann, days=[1])
    page = body(client_of(their_coordinator).get(f"/skills/people/{ann.pk}/history/"))
    for what in EVERYTHING:
        assert f"<strong>{what}</strong>, added" in page


def test_a_persons_history_holds_nobody_elses(
    client_of, ann, boston, their_coordinator
):
    make_held(make_person(boston, "Olga Other"), make_skill("Secret skill"))
    page = body(client_of(their_coordinator).get(f"/skills/people/{ann.pk}/history/"))
    assert "Secret skill" not in page
    assert "Olga" not in page


def test_a_change_of_level_is_told_in_words(client_of, ann, their_coordinator):
    held = make_held(ann, make_skill("DNS"), 2)
    held.level = 4
    with pghistory.context(user=their_coordinator.pk):
        held.save()
    page = body(client_of(their_coordinator).get(f"/skills/people/{ann.pk}/history/"))
    assert "<del>Working</del>" in page
    assert "<ins>Expert</ins>" in page
    assert "Theo Theirs" in page


def test_a_skill_taken_away_stays_in_the_history(client_of, ann, their_coordinator):
    make_held(ann, make_skill("DNS")).delete()
    page = body(client_of(their_coordinator).get(f"/skills/people/{ann.pk}/history/"))
    assert "<strong>Skill held: DNS</strong>, removed" in page


def test_a_leavers_history_is_their_coordinators_only(
    client_of, leaver, coordinator, their_coordinator
):
    address = f"/skills/people/{leaver.person.pk}/history/"
    page = body(client_of(coordinator).get(address))
    assert "Lee Leaver" in page
    assert f'href="/skills/people/{leaver.person.pk}/"' not in page
    assert client_of(their_coordinator).get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["people/999999", "catalogue/999999", "partners/atlantis"]
)
@pytest.mark.parametrize("end", ["/history/", "/history.csv"])
def test_an_unknown_record_is_not_found(
    client_of, partnership_coordinator, address, end
):
    browser = client_of(partnership_coordinator)
    assert browser.get(f"/skills/{address}{end}").status_code == 404


@pytest.mark.parametrize("way", ["before", "after"])
@pytest.mark.parametrize("place", ["abc", "1-2", "9" * 18 + "-1-1", "1-1-\0", "²-1-1"])
def test_a_nonsense_place_shows_the_newest_with_a_sentence(
    client_of, ann, their_coordinator, way, place
):
    address = f"/skills/people/{ann.pk}/history/"
    page = body(client_of(their_coordinator).get(address, {way: place}))
    assert "in this history: these are the newest changes" in page
    assert CANARY in page


def test_the_csv_says_what_the_page_says(client_of, ann, their_coordinator):
    address = f"/skills/people/{ann.pk}/history.csv"
    text = body(client_of(their_coordinator).get(address))
    first = next(csv.DictReader(io.StringIO(text, newline="")))
    assert first["What"] == "Member of staff: Ann Able"
    assert first["Field"] == "Post"
    assert (first["Was"], first["Is"]) == (CANARY, "Network engineer")


def test_taking_a_history_away_is_remembered(client_of, ann, their_coordinator):
    client_of(their_coordinator).get(f"/skills/people/{ann.pk}/history.csv")
    kept = Disclosure.objects.get()
    assert (kept.what, kept.staff_ids) == ("person history", [ann.pk])


def test_a_long_history_asks_no_more_often_as_a_short_one(
    client_of, ann, their_coordinator
):
    browser = client_of(their_coordinator)
    counts = []
    for number in (1, 19):
        for n in range(number):
            make_held(ann, make_skill())
            make_wish(ann, make_skill())
            make_certification(ann, f"Certificate {n} of {number}", skill=make_skill())
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/skills/people/{ann.pk}/history/")
        counts.append(len(queries))
    assert counts[1] <= counts[0]
