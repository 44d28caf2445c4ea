"""What is said of each person found: the number to ring, what they hold, and why."""

from datetime import date, timedelta

import pytest
import time_machine

from partners.models import BankHoliday, StaffMember
from partners.standing import Standing
from skills.matching.catalogue import Grade, Match, Term
from skills.search.people import PersonHit, SearchFilters, find
from skills.search.results import results
from tests.factories import (
    make_absence,
    make_held,
    make_holiday,
    make_partner,
    make_person,
    make_skill,
    make_working_week,
)
from tests.skills.readings import NOTHING_ASKED, reading, term

MORNING, NIGHT = "2026-11-23T10:00:00Z", "2026-11-23T23:00:00Z"
TODAY = date(2026, 11, 23)
OWN, COVERS = "01632 960001", "01632 960002"
DESK, OUT_OF_HOURS = "01632 960110", "01632 960119"


@pytest.fixture
def ada(boston):
    person = make_person(boston, "Ada", telephone=OWN, mobile="07700 900001")
    make_working_week(person)
    return person


@pytest.fixture
def bob(boston):
    person = make_person(boston, "Bob", telephone=COVERS)
    make_working_week(person)
    return person


STAFF, READER = Standing(staff_id=-1), Standing(is_reader=True)


def tell(person, at=MORNING, asked=NOTHING_ASKED, standing=STAFF, **wanted):
    with time_machine.travel(at, tick=False):
        rows = [PersonHit(person.pk, 1)]
        return results(rows, asked, SearchFilters(**wanted), standing=standing)[0]


def test_at_work_the_own_number_is_rung(ada):
    assert tell(ada).ring.number == OWN


def test_when_away_who_covers_is_rung(ada, bob):
    make_absence(ada, TODAY, cover=bob)
    ring = tell(ada).ring
    assert (ring.number, ring.whose) == (COVERS, "Bob")
    assert ring.why == "covers for Ada"


def test_when_who_covers_is_away_too_the_desk_is_rung(ada, bob):
    make_absence(ada, TODAY, cover=bob)
    make_absence(bob, TODAY)
    assert tell(ada).ring.number == DESK


def test_who_covers_is_not_rung_after_leaving(ada, bob):
    make_absence(ada, TODAY, cover=bob)
    StaffMember.objects.filter(pk=bob.pk).update(left_on=TODAY)
    assert tell(ada).ring.number == DESK


def test_who_covers_is_not_rung_at_night(ada, bob):
    make_absence(ada, TODAY, cover=bob)
    assert tell(ada, NIGHT).ring.number == OUT_OF_HOURS


def test_who_covers_without_known_hours_is_rung(ada, boston):
    cover = make_person(boston, "Cy", telephone=COVERS)
    make_absence(ada, TODAY, cover=cover)
    assert tell(ada).ring.number == COVERS


def test_yesterday_s_absence_is_over(ada, bob):
    make_absence(ada, TODAY - timedelta(3), TODAY - timedelta(1), cover=bob)
    assert tell(ada).ring.number == OWN


@pytest.mark.parametrize(
    ("at", "number"),
    [
        ("2026-11-23T17:15:00Z", DESK),
        ("2026-11-23T17:30:00Z", OUT_OF_HOURS),
        ("2026-11-23T07:59:00Z", OUT_OF_HOURS),
        ("2026-11-23T08:00:00Z", DESK),
        ("2026-11-22T10:00:00Z", OUT_OF_HOURS),
        ("2026-07-06T07:00:00Z", DESK),
    ],
)
def test_outside_somebody_s_hours_the_desk_or_its_night_number_is_rung(ada, at, number):
    assert tell(ada, at).ring.number == number


def test_with_unknown_hours_the_own_number_is_tried(boston):
    person = make_person(boston, telephone=OWN)
    assert tell(person, NIGHT).ring.number == OWN


def test_on_a_bank_holiday_the_out_of_hours_number_is_rung(ada, boston):
    make_holiday(TODAY)
    hours_unknown = make_person(boston, telephone=OWN)
    assert tell(ada).ring.number == OUT_OF_HOURS
    assert tell(hours_unknown).ring.number == OUT_OF_HOURS


def test_a_local_day_shuts_its_own_partner_only(ada, boston, lincoln):
    kind = BankHoliday.Kind.LOCAL
    make_holiday(TODAY, kind=kind, partner=lincoln)
    assert tell(ada).ring.number == OWN
    make_holiday(TODAY, kind=kind, partner=boston)
    assert tell(ada).ring.number == OUT_OF_HOURS


def test_a_mobile_is_rung_where_there_is_nothing_else(ada):
    ada.telephone = ""
    ada.save()
    assert tell(ada).ring.number == "07700 900001"


def test_readers_are_given_no_mobile_not_even_of_who_covers(ada, bob):
    for person in (ada, bob):
        StaffMember.objects.filter(pk=person.pk).update(
            telephone="", mobile="07700 900001"
        )
    assert tell(ada, standing=READER).ring.number == DESK
    make_absence(ada, TODAY, cover=bob)
    assert tell(ada, standing=READER).ring.number == DESK


def test_nothing_to_ring_is_said(db):
    bare = make_partner(service_desk_telephone="", out_of_hours_telephone="")
    assert tell(make_person(bare)).ring.number == ""


def test_held_are_the_rows_that_answer(ada):
    asked, other = make_skill("VPN"), make_skill("Backup")
    make_held(ada, asked, 3)
    make_held(ada, other, 4)
    told = tell(ada, asked=reading(term(asked)))
    assert [held.skill for held in told.held] == [asked]


@pytest.mark.parametrize(
    ("wanted", "level"),
    [({"level": 3}, 4), ({"teach": True}, 1), ({"confirmed": True}, 2)],
)
def test_held_are_only_rows_that_pass_the_filters(ada, wanted, level):
    skills = [make_skill() for _ in range(3)]
    confirmed = "2026-11-01T09:00:00Z"
    make_held(ada, skills[0], 4)
    make_held(ada, skills[1], 1, can_teach=True)
    make_held(ada, skills[2], 2, confirmed_at=confirmed)
    told = tell(ada, asked=reading(term(*skills)), **wanted)
    assert [held.level for held in told.held] == [level]


def test_without_a_skill_asked_the_strongest_are_told(ada):
    for level in (1, 2, 4, 3, 1, 2, 4):
        make_held(ada, make_skill(), level)
    assert [held.level for held in tell(ada).held] == [4, 4, 3, 2, 2]


def test_what_is_there_and_what_lacks_is_said(ada):
    vpn, backup = make_skill("VPN"), make_skill("Backup")
    make_held(ada, vpn)
    told = tell(ada, asked=reading(term(vpn), term(backup)))
    assert told.has == ["vpn"]
    assert told.lacks == ["backup"]


def test_why_is_said_of_names_and_aliases(ada):
    skill = make_skill("Microsoft Configuration Manager")
    make_held(ada, skill)
    alias = Match(skill.pk, Grade.EXACT, 0.96, "SCCM", "former name", "sccm")
    [why] = tell(ada, asked=reading(Term("sccm", (alias,)))).why
    assert why == "matched ‘SCCM’, former name of Microsoft Configuration Manager"


def test_why_is_said_of_words(ada):
    asked = reading(words=["ada"])
    assert tell(ada, asked=asked).why == ["“ada” in the name or post"]


def test_people_stay_in_the_order_they_were_found(boston):
    skill = make_skill()
    for level in (1, 3, 2):
        make_held(make_person(boston), skill, level)
    asked = reading(term(skill))
    rows = find(StaffMember.objects.all(), asked, SearchFilters()).rows
    told = results(rows, asked, SearchFilters(), standing=STAFF)
    assert [result.person.pk for result in told] == [row.staff_id for row in rows]
    assert [result.held[0].level for result in told] == [3, 2, 1]
