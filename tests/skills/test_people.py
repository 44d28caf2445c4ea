import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from tests.factories import (
    CONFIRMED,
    make_absence,
    make_certification,
    make_held,
    make_person,
    make_site,
    make_skill,
    make_wish,
    make_working_week,
)

MONDAY_MORNING = "2026-11-23T10:00:00Z"
MONDAY_NIGHT = "2026-11-23T23:00:00Z"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def ann(lincoln):
    person = make_person(
        lincoln,
        "Ann Able",
        post="Network engineer",
        telephone="01632 960201",
        mobile="07700 900201",
        work_email="ann@lincoln.example",
        base_site=make_site(lincoln, "Guildhall"),
    )
    make_working_week(person)
    return person


@pytest.fixture
def opened(client_of, staff_user):
    """The text of somebody's page, as a member of staff at Boston sees it."""

    def read(person, user=staff_user):
        response = client_of(user).get(f"/skills/people/{person.pk}/")
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return read


def test_the_page_says_who_and_how_to_reach_them(ann, opened):
    page = opened(ann)
    for text in (
        "Ann Able",
        "Network engineer",
        "City of Lincoln Council",
        "Guildhall",
    ):
        assert text in page
    assert 'href="tel:01632960201"' in page
    assert 'href="tel:07700900201"' in page
    assert 'href="mailto:ann@lincoln.example"' in page
    assert "Monday to Friday, 9am to 5pm" in page


def test_the_number_to_ring_is_their_own_while_at_work(ann, opened):
    assert 'app-tel" href="tel:01632960201"' in opened(ann)


def test_outside_hours_the_out_of_hours_number_is_the_one_to_ring(ann, opened):
    with time_machine.travel(MONDAY_NIGHT, tick=False):
        page = opened(ann)
    assert 'app-tel" href="tel:01632960129"' in page
    assert "Ann Able is not at work now" in page


def test_an_absence_says_until_when_and_who_covers(ann, lincoln, opened):
    bob = make_person(lincoln, "Bob Both", telephone="01632 960202")
    make_absence(ann, "2026-11-20", "2026-11-27", cover=bob)
    make_absence(ann, "2026-12-21")
    page = opened(ann)
    assert "Away from 20 November 2026 to 27 November 2026" in page
    assert f'href="/skills/people/{bob.pk}/">Bob Both</a> covers' in page
    assert "Will be away from 21 December 2026 until further notice" in page
    assert 'app-tel" href="tel:01632960202"' in page


def test_a_past_absence_is_nobodys_business(ann, opened):
    make_absence(ann, "2026-11-02", "2026-11-03")
    assert "November 2026" not in opened(ann)


def test_a_leaver_does_not_cover(ann, lincoln, opened):
    gone = make_person(lincoln, "Gone Girl", left_on="2026-11-01")
    make_absence(ann, "2026-11-20", cover=gone)
    page = opened(ann)
    assert "Gone Girl" not in page
    assert "No cover is recorded" in page


def test_skills_are_told_with_level_meaning_and_freshness(ann, opened):
    make_held(ann, make_skill("Cisco IOS"), 4, can_teach=True, confirmed_at=CONFIRMED)
    old = CONFIRMED.replace(year=2024)
    make_held(ann, make_skill("Token Ring"), 1, confirmed_at=old)
    page = opened(ann)
    assert "the recognised adviser" in page
    assert "knows of it and how it is used here" in page
    assert "Can teach" in page
    assert "Confirmed 1 October 2026<" in page
    assert "Confirmed 1 October 2024, more than a year ago" in page
    assert page.index("Cisco IOS") < page.index("Token Ring")


def test_certificates_say_when_they_run_out_or_ran_out(ann, opened):
    make_certification(ann, "CCNA", expires_on="2027-01-31")
    make_certification(ann, "ITIL", expires_on="2026-11-22")
    page = opened(ann)
    assert "CCNA: runs out on 31 January 2027" in page
    assert "ITIL: <strong>ran out on 22 November 2026</strong>" in page


def test_wishes_and_willingness_are_told(ann, opened):
    make_wish(ann, make_skill("Kubernetes"))
    ann.is_willing_to_help = True
    ann.save()
    page = opened(ann)
    assert "Kubernetes" in page
    assert "Willing, when asked" in page


def test_somebody_without_anything_recorded_has_a_page(opened, boston):
    page = opened(make_person(boston, "Nina New", post=""))
    for text in ("Post not recorded", "No skills are recorded", "Hours not recorded"):
        assert text in page


def test_the_partners_desk_and_coordinator_are_there(ann, opened, their_coordinator):
    page = opened(ann)
    assert 'href="tel:01632960120"' in page
    assert "Monday to Friday, 8am to 5:30pm" in page
    assert f'href="mailto:{their_coordinator.email}">Theo Theirs' in page


def test_a_reader_sees_no_mobile_number_anywhere(ann, lincoln, opened, reader):
    bob = make_person(lincoln, "Bob Both", mobile="07700 900202")
    ann.telephone = ""
    ann.save()
    make_absence(ann, "2026-11-20", cover=bob)
    page = opened(ann, reader)
    assert "07700" not in page
    assert "Mobile" not in page


def test_a_hidden_mobile_is_told_to_be_so(ann, opened, their_coordinator):
    ann.is_mobile_hidden = True
    ann.save()
    page = opened(ann)
    assert "Not shown" in page
    assert "07700" not in page
    assert "Others do not see it" in opened(ann, their_coordinator)


def test_levels_are_said_not_to_measure_performance(ann, opened):
    assert "never used for performance management" in opened(ann)


def test_opening_a_page_is_remembered(ann, opened, staff_user):
    opened(ann)
    kept = Disclosure.objects.get()
    assert (kept.by, kept.kind, kept.staff_ids) == (staff_user, "page", [ann.pk])


def test_opening_ones_own_page_is_not(opened, staff_user):
    opened(staff_user.person)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("pk", [999_999, 10**30])
def test_an_unknown_person_is_not_found(client_of, staff_user, pk):
    response = client_of(staff_user).get(f"/skills/people/{pk}/")
    assert response.status_code == 404


def test_a_leaver_is_not_found_even_by_their_coordinator(
    client_of, leaver, coordinator
):
    response = client_of(coordinator).get(f"/skills/people/{leaver.person.pk}/")
    assert response.status_code == 404
    assert not Disclosure.objects.exists()


def test_people_of_a_partner_that_left_are_not_found(client_of, ann, staff_user):
    ann.partner.left_on = "2026-11-01"
    ann.partner.save()
    response = client_of(staff_user).get(f"/skills/people/{ann.pk}/")
    assert response.status_code == 404


HISTORY = "History of this record"
CHANGE = "Change this record"


def test_the_coordinator_of_the_partner_may_change_and_read_history(
    ann, opened, their_coordinator
):
    page = opened(ann, their_coordinator)
    assert HISTORY in page
    assert CHANGE in page


def test_others_may_neither_change_nor_read_history(ann, opened, coordinator, reader):
    for user in (coordinator, reader):
        page = opened(ann, user)
        assert HISTORY not in page
        assert CHANGE not in page


def test_a_person_may_read_their_own_history(opened, staff_user):
    page = opened(staff_user.person)
    assert HISTORY in page
    assert CHANGE not in page


def test_names_are_shown_as_text(boston, opened):
    page = opened(make_person(boston, "<script>alert(1)</script>"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_full_page_asks_as_often_as_a_short_one(ann, client_of, staff_user):
    browser = client_of(staff_user)
    counts = []
    for number in (1, 19):
        for n in range(number):
            make_held(ann, make_skill())
            make_wish(ann, make_skill())
            make_certification(ann, f"Certificate {n} of {number}")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/skills/people/{ann.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
