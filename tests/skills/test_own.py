"""A person's own record: what it says, and what one changes of oneself."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from skills.models import SkillHeld
from tests.administration import both_versions
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
from tests.skills.pages import text

MINE = "/skills/my-record/"
CONTACT, HOURS = f"{MINE}contact/", f"{MINE}working-days/"
SUNDAY = "2026-11-22T17:30:00Z"


@pytest.fixture(autouse=True)
def _sunday():
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.fixture
def me(staff_user):
    return staff_user.person


def contact(person, **changes):
    """What the contact form of a person posts."""
    return {
        "name": person.name,
        "post": person.post,
        "telephone": person.telephone,
        "mobile": person.mobile,
        "base_site": person.base_site_id or "",
        "edition": person.version,
    } | changes


EVERYTHING = (
    "Cisco IOS Practitioner Can teach Level not confirmed yet; since February 2020",
    "Kubernetes Since 22 November 2026",
    "CCNA Expires soon on 22 December 2026",
    "1 December 2026 to 4 December 2026 No cover is recorded",
    "Monday and Tuesday, 9am to 5pm",
    "Nobody has confirmed this record yet",
    "never used for performance management",
)


def test_the_record_says_everything_the_person_keeps(me, member):
    make_held(me, make_skill("Cisco IOS"), 3, can_teach=True, since_on="2020-02-01")
    make_wish(me, make_skill("Kubernetes"))
    make_certification(me, "CCNA", expires_on="2026-12-22")
    make_absence(me, "2026-12-01", "2026-12-04")
    make_working_week(me, days=[1, 2])
    page = text(member.get(MINE))
    assert [said for said in EVERYTHING if said not in page] == []


def test_an_empty_record_says_what_is_missing_and_where_to_add_it(member):
    page = text(member.get(MINE))
    for said in (
        "You have no skills recorded yet",
        "Nothing on your list yet",
        "No certificate is recorded",
        "You have no current or future absences",
        "No hours are recorded",
    ):
        assert said in page


def test_certificates_that_ran_out_or_do_not_are_told_apart(me, member):
    make_certification(me, "Old", expires_on="2026-11-21")
    make_certification(me, "Far", expires_on="2027-11-21")
    make_certification(me, "Ever")
    page = text(member.get(MINE))
    assert "Old Expired on 21 November 2026" in page
    assert "Far Expires on 21 November 2027" in page
    assert "Ever Does not run out" in page


def test_a_past_absence_is_shown_and_leads_nowhere(me, member):
    absence = make_absence(me, "2026-11-02", "2026-11-03")
    page = member.get(MINE)
    assert "2 November 2026 to 3 November 2026" in text(page)
    assert f"absences/{absence.pk}/" not in page.content.decode()


def test_a_leaver_covers_nobody_on_the_record(me, boston, member):
    gone = make_person(boston, "Gone Girl", left_on="2026-11-01")
    make_absence(me, "2026-12-01", cover=gone)
    assert "Gone Girl" not in text(member.get(MINE))


def test_the_record_asks_as_often_for_much_as_for_little(me, member):
    counts = []
    for number in (1, 19):
        for n in range(number):
            make_held(me, make_skill())
            make_wish(me, make_skill())
            make_certification(me, f"{n} of {number}", skill=make_skill())
            day = f"2027-{number % 12 + 1:02}-{n + 1:02}"
            make_absence(me, day, day, cover=make_person(me.partner))
        with CaptureQueriesContext(connection) as queries:
            member.get(MINE)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 16


def test_reading_ones_own_record_is_no_disclosure(member):
    member.get(MINE)
    assert not Disclosure.objects.exists()


def test_still_right_stamps_the_person_and_no_level(me, member, staff_user):
    make_held(me, make_skill(), 3)
    page = member.post(f"{MINE}confirm/", follow=True)
    assert "last confirmed at 5:30pm on 22 November 2026" in text(page)
    me.refresh_from_db()
    assert me.confirmed_by == staff_user
    assert SkillHeld.objects.get().confirmed_at is None


def test_a_record_marked_long_ago_says_so(me, member):
    type(me).objects.update(confirmed_at=CONFIRMED.replace(year=2024))
    assert "more than a year ago" in text(member.get(MINE))


def test_one_hides_one_s_own_mobile(me, member):
    member.post(CONTACT, contact(me, mobile="07700 900123", is_mobile_hidden="on"))
    me.refresh_from_db()
    assert me.is_mobile_hidden
    said = member.get(MINE).content.decode()
    assert "Hidden: only you and your coordinators see it" in said


def test_contact_details_are_changed_and_the_history_says_by_whom(me, member):
    site = make_site(me.partner, "Depot")
    changes = {"mobile": "07700 900123", "base_site": site.pk}
    answer = member.post(CONTACT, contact(me, is_willing_to_help="on", **changes))
    assert answer["Location"] == MINE
    me.refresh_from_db()
    assert (me.mobile, me.base_site, me.is_willing_to_help) == (
        "07700 900123",
        site,
        True,
    )
    history = text(member.get(f"/skills/people/{me.pk}/history/"))
    assert "07700 900123" in history
    assert "Sandy Staff" in history


def test_what_is_the_coordinator_s_to_change_is_not_changed_here(me, member, lincoln):
    forged = {"work_email": "x@y.example", "partner": lincoln.pk, "left_on": "1/1/2026"}
    member.post(CONTACT, contact(me, post="Engineer", **forged))
    was = (me.work_email, me.partner_id, None)
    me.refresh_from_db()
    assert me.post == "Engineer"
    assert (me.work_email, me.partner_id, me.left_on) == was


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter your name"),
        ("name", "x" * 200, "Shorten your name to 120 characters or fewer"),
        ("telephone", "ring me", "Enter a telephone number, like 01632 960001"),
        ("post", "\0", "Remove the invisible characters from your post"),
        ("base_site", "999999", "Choose the site where you are based from the list"),
        ("base_site", "9" * 40, "Choose the site where you are based from the list"),
    ],
)
def test_wrong_contact_details_say_what_to_do_and_stay(me, member, field, value, said):
    answer = member.post(CONTACT, contact(me, mobile="07700 900124", **{field: value}))
    assert text(answer).count(said) == 2
    assert "07700 900124" in answer.content.decode()
    assert "Error: " in answer.content.decode()


def test_a_site_of_another_partner_is_no_choice(me, member, lincoln):
    site = make_site(lincoln, "Guildhall")
    answer = member.post(CONTACT, contact(me, base_site=site.pk))
    assert "from the list" in text(answer)
    assert "Guildhall" not in text(member.get(CONTACT))


def test_two_tabs_the_second_save_shows_both(me, member):
    mine = contact(me, post="Analyst")
    type(me).objects.update(post="Architect")
    answer = member.post(CONTACT, mine)
    assert both_versions(answer) == [("Post", "Analyst", "Architect")]
    me.refresh_from_db()
    assert me.post == "Architect"
    member.post(CONTACT, mine | {"edition": me.version})
    me.refresh_from_db()
    assert me.post == "Analyst"


def week(person, **hours):
    """What the form of working days posts: day=(from, to)."""
    kept = {day.weekday: day for day in person.working_days.all()}
    posted = {}
    for day in range(1, 8):
        begins, ends = hours.get(f"day{day}", ("", ""))
        posted[f"day{day}-starts_at"], posted[f"day{day}-ends_at"] = begins, ends
        posted[f"day{day}-edition"] = kept[day].version if day in kept else 0
    return posted


def test_a_working_week_is_added_changed_and_taken_out(me, member):
    make_working_week(me, days=[1, 2])
    posted = week(me, day2=("10:00", "15:30"), day6=("9am", "1pm"))
    assert member.post(HOURS, posted)["Location"] == MINE
    said = "Tuesday, 10am to 3:30pm Saturday, 9am to 1pm"
    assert said in text(member.get(MINE))


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (("17:00", "09:00"), "Enter a time work ends that is later than it starts"),
        (("09:00", ""), "Enter when work ends on Monday, or empty both"),
        (("", "17:00"), "Enter when work starts on Monday, or empty both"),
        (("early", "17:00"), "Enter when work starts on Monday as a time"),
        (("\0", "17:00"), "Enter when work starts on Monday as a time"),
    ],
)
def test_hours_that_cannot_be_say_so_twice_and_save_nothing(me, member, hours, said):
    answer = member.post(HOURS, week(me, day1=hours, day2=("9:00", "17:00")))
    assert text(answer).count(said) == 2
    assert "Error: " in answer.content.decode()
    assert not me.working_days.exists()


def test_a_day_changed_or_removed_meanwhile_is_not_written_over(me, member):
    make_working_week(me, days=[1, 2])
    posted = week(me, day1=("8:00", "12:00"), day2=("8:00", "12:00"))
    me.working_days.filter(weekday=1).update(starts_at="07:00")
    me.working_days.filter(weekday=2).delete()
    answer = member.post(HOURS, posted)
    assert ("From", "8am", "7am") in both_versions(answer)
    assert "Tuesday has been removed by somebody else" in text(answer)
    assert me.working_days.count() == 1


def test_a_day_added_meanwhile_is_not_written_over(me, member):
    posted = week(me, day1=("8:00", "12:00"))
    make_working_week(me, days=[1])
    answer = member.post(HOURS, posted)
    assert ("From", "8am", "9am") in both_versions(answer)


PAGES = ("contact/", "working-days/", "skills/add/1/", "wishes/add/", "absences/add/")


@pytest.mark.parametrize("page", PAGES)
def test_a_login_without_a_person_is_told_so(client_of, reader, page):
    answer = client_of(reader).get(f"{MINE}{page}", follow=True)
    assert answer.request["PATH_INFO"] == MINE
    assert "You have no staff record" in text(answer)
    assert client_of(reader).post(f"{MINE}{page}")["Location"] == MINE


def test_a_login_without_a_person_confirms_nobody(client_of, reader, me):
    client_of(reader).post(f"{MINE}confirm/")
    me.refresh_from_db()
    assert me.confirmed_at is None


def test_somebody_who_leaves_is_out_at_once(me, client_of, staff_user):
    browser = client_of(staff_user)
    type(me).objects.update(left_on="2026-11-22")
    answer = browser.get(MINE)
    assert answer.status_code in {302, 403}
    assert me.name not in text(answer)


def test_ones_own_name_and_page_lead_to_the_record(me, member, client_of, coordinator):
    page = member.get(f"/skills/people/{me.pk}/").content.decode()
    assert page.count(f'href="{MINE}"') == 2
    assert "Edit my record" in page
    other = client_of(coordinator).get(f"/skills/people/{me.pk}/")
    assert "Edit my record" not in other.content.decode()
