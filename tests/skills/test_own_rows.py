"""Certificates, absences and removals: rows that are one's own and nobody else's."""

from datetime import date

import pytest
import time_machine

from partners.models import Absence
from skills.models import Certification, SkillHeld
from tests.factories import (
    make_absence,
    make_certification,
    make_held,
    make_person,
    make_skill,
    make_wish,
)
from tests.skills.pages import text

MINE = "/skills/my-record/"
CHOOSE, WISH = f"{MINE}skills/add/", f"{MINE}wishes/add/"
AWAY, CERTIFIED = f"{MINE}absences/add/", f"{MINE}certificates/add/"


@pytest.fixture(autouse=True)
def _sunday():
    with time_machine.travel("2026-11-22T17:30:00Z", tick=False):
        yield


@pytest.fixture
def me(staff_user):
    return staff_user.person


@pytest.fixture
def dns(db):
    return make_skill("DNS")


def test_a_certificate_is_added_changed_and_removed(me, member, dns):
    make_held(me, dns)
    posted = {"name": "CCNA", "awarded_on": "1/2/2024", "skill": dns.pk}
    member.post(CERTIFIED, posted)
    row = me.certifications.get()
    assert (row.name, row.skill, row.awarded_on) == ("CCNA", dns, date(2024, 2, 1))
    posted |= {"expires_on": "1/2/2027", "edition": 1}
    member.post(f"{MINE}certificates/{row.pk}/", posted)
    row.refresh_from_db()
    assert row.expires_on == date(2027, 2, 1)
    member.post(f"{MINE}certificates/{row.pk}/remove/", {"edition": 2})
    assert not Certification.objects.exists()


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"name": ""}, "Enter what the certificate is called"),
        (
            {"name": "PRINCE2 Practitioner"},
            "You already have this certificate from that day",
        ),
        ({"awarded_on": "23/11/2026"}, "This day is in the future"),
        (
            {"awarded_on": "1/2/2026", "expires_on": "1/1/2026"},
            "Enter a day it runs out that is not before the day of the award",
        ),
        ({"skill": "999999"}, "Choose the skill from the list"),
    ],
)
def test_a_wrong_certificate_says_what_to_do_twice(me, member, posted, said):
    make_certification(me)
    answer = member.post(CERTIFIED, {"name": "CCNA", **posted})
    assert text(answer).count(said) == 2
    assert Certification.objects.count() == 1


def test_an_absence_is_added_with_its_cover(me, member, boston):
    bob = make_person(boston, "Bob Both")
    posted = {"begins_on": "1/12/2026", "ends_on": "4/12/2026", "cover": bob.pk}
    assert member.post(AWAY, posted)["Location"] == f"{MINE}#absence"
    assert me.absences.get().cover == bob


def test_only_colleagues_in_post_may_cover(me, member, boston, lincoln):
    make_person(boston, "Gone Girl", left_on="2026-11-01")
    away = make_person(lincoln, "Far Fred")
    page = text(member.get(AWAY))
    assert not {"Gone Girl", "Far Fred", "Sandy Staff </option>"} & {page}
    answer = member.post(AWAY, {"begins_on": "1/12/2026", "cover": away.pk})
    assert text(answer).count("Choose who covers from the list") == 2


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "Enter the first day away"),
        (
            {"begins_on": "2/12/2026", "ends_on": "1/12/2026"},
            "An absence ends on or after its first day",
        ),
        (
            {"begins_on": "1/11/2026", "ends_on": "2/11/2026"},
            "These days are in the past",
        ),
        ({"begins_on": "24/12/2026"}, "You are already away on some of these days"),
        ({"begins_on": "1/1/99999"}, "Enter the first day away as a date"),
    ],
)
def test_a_wrong_absence_says_what_to_do_twice(me, member, posted, said):
    make_absence(me, "2026-12-20", "2026-12-31")
    answer = member.post(AWAY, posted)
    assert text(answer).count(said) == 2
    assert Absence.objects.count() == 1


def test_who_came_back_early_ends_the_absence(me, member):
    absence = make_absence(me, "2026-11-16")
    posted = {"begins_on": "16/11/2026", "ends_on": "20/11/2026", "edition": 1}
    member.post(f"{MINE}absences/{absence.pk}/", posted)
    absence.refresh_from_db()
    assert absence.ends_on == date(2026, 11, 20)


@pytest.mark.parametrize("end", ["", "remove/"])
def test_an_absence_that_is_over_stays_as_it_is(me, member, end):
    absence = make_absence(me, "2026-11-02", "2026-11-03")
    address = f"{MINE}absences/{absence.pk}/{end}"
    assert member.get(address).status_code == 404
    posted = {"begins_on": "1/12/2026", "edition": 1}
    assert member.post(address, posted).status_code == 404
    assert Absence.objects.get().ends_on == date(2026, 11, 3)


def test_a_skill_is_removed_only_after_asking_and_stays_in_the_history(me, member, dns):
    held = make_held(me, dns, 3)
    address = f"{MINE}skills/{held.pk}/remove/"
    assert "DNS: Practitioner" in text(member.get(address))
    assert me.skills_held.exists()
    assert member.post(address, {"edition": 1})["Location"] == f"{MINE}#skillheld"
    assert not me.skills_held.exists()
    history = text(member.get(f"/skills/people/{me.pk}/history/"))
    assert "Skill held: DNS , removed" in history


@pytest.mark.parametrize("edition", ["1", "", "x", "9" * 40, "\0"])
def test_what_changed_meanwhile_is_not_removed_unread(me, member, dns, edition):
    held = make_held(me, dns, 3)
    SkillHeld.objects.update(level=4)
    posted = {"edition": edition}
    page = text(member.post(f"{MINE}skills/{held.pk}/remove/", posted))
    assert "This was changed while you were reading" in page
    assert "DNS: Expert" in page
    assert me.skills_held.exists()


@pytest.fixture
def theirs(boston, dns):
    """The rows of a colleague, by the address that would change each."""
    bob = make_person(boston, "Bob Both")
    return {
        "skills": make_held(bob, dns, 3),
        "wishes": make_wish(bob, dns),
        "certificates": make_certification(bob),
        "absences": make_absence(bob, "2026-12-01"),
    }


@pytest.mark.parametrize("end", ["", "remove/"])
@pytest.mark.parametrize("what", ["skills", "wishes", "certificates", "absences"])
def test_nobody_reaches_another_s_row_by_a_forged_id(member, theirs, what, end):
    row = theirs[what]
    address = f"{MINE}{what}/{row.pk}/{end}"
    forged = {"level": 1, "name": "Taken", "begins_on": "2/12/2026", "edition": 1}
    assert member.get(address).status_code == 404
    assert member.post(address, forged).status_code == 404
    assert member.get(f"{MINE}{what}/{10**30}/{end}").status_code == 404
    row.refresh_from_db()
    assert row.version == 1


def test_whose_row_it_is_cannot_be_said_by_the_form(member, me, theirs, dns):
    bob = theirs["skills"].staff
    posted = {"level": 2, "staff": bob.pk, "name": "CCNA", "begins_on": "1/12/2026"}
    for address in (f"{CHOOSE}{dns.pk}/", CERTIFIED, AWAY):
        member.post(address, posted)
    assert me.skills_held.get().level == 2
    assert me.certifications.get().name == "CCNA"
    assert me.absences.count() == bob.absences.count() == 1
