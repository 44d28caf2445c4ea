"""The page of fairness: who could serve, whom it counts, and its CSV."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
import time_machine

from partners.models import Appointment
from rota.models import Role, Rota
from rota.reports import Period, fairness
from rota.scheduling.fairness import Measure
from tests.factories import (
    appoint,
    make_absence,
    make_held,
    make_holiday,
    make_partner,
    make_person,
    make_skill,
    make_user,
)
from tests.rota_makers import (
    make_crew,
    make_demand,
    make_demand_skill,
    make_duty,
    make_member,
    make_rota,
    make_rotation,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reader(client):
    user = make_user()
    appoint(user, Appointment.Role.READER)
    client.force_login(user)
    client.get("/rota/fairness/")
    return client


def period(first=date(2026, 11, 1), last=date(2026, 11, 30)):
    return Period(first, last, Rota().zone)


def hours(rota):
    found = fairness([rota], period())
    return {share.name: share.done[Measure.HOURS] for share in found.people}


def test_those_who_take_turns_count_with_none_too():
    rota, people = make_crew()
    make_duty(rota, people[0])
    assert hours(rota) == {
        people[0].name: 16, people[1].name: 0, people[2].name: 0,
    }  # fmt: skip


def test_whoever_served_counts_and_a_shadow_does_not():
    rota, people = make_crew(1)
    helper, learner = make_person(name="Helper"), make_person(name="Learner")
    make_duty(rota, helper)
    make_duty(rota, learner, role=Role.SHADOW)
    assert hours(rota) == {people[0].name: 0, "Helper": 16}


def test_hours_somebody_was_away_are_not_theirs():
    rota, people = make_crew(1)
    make_duty(rota, people[0])
    make_absence(people[0], date(2026, 11, 24), date(2026, 11, 24))
    assert hours(rota) == {people[0].name: 7}


def test_of_a_partner_in_turn_those_count_who_have_the_skills():
    boston = make_partner("Boston")
    rota = make_rota(partners=[boston])
    skill = make_skill()
    make_demand_skill(make_demand(rota), skill, 3)
    make_rotation(rota, [boston])
    able = make_person(boston, "Able")
    make_held(able, skill, 3)
    make_held(make_person(boston, "Learning"), skill, 2)
    assert hours(rota) == {"Able": 0}


def test_leave_and_half_a_post_lower_what_is_expected():
    rota, people = make_crew(2)
    people[0].full_time_equivalent = "0.50"
    people[0].save()
    make_absence(people[1], date(2026, 11, 1), date(2026, 11, 15))
    found = fairness([rota], period())
    assert [share.weight for share in found.people] == [0.5, 0.5]


def test_days_away_after_leaving_are_not_taken_off_twice():
    rota, people = make_crew(1)
    make_absence(people[0], date(2026, 11, 11))
    people[0].left_on = date(2026, 11, 21)
    people[0].save()
    (share,) = fairness([rota], period()).people
    assert share.weight == Fraction(1, 3)


def test_who_joins_late_is_expected_to_do_less():
    rota, people = make_crew(1)
    joiner = make_person(people[0].partner)
    make_member(rota.rotations.get(), joiner, since_on=date(2026, 11, 25))
    shares = {s.person: s.weight for s in fairness([rota], period()).people}
    assert shares == {people[0].pk: 1, joiner.pk: Fraction(1, 5)}


@pytest.mark.parametrize("left_on", [date(2026, 10, 1), date(2026, 11, 1)])
def test_whoever_left_before_does_not_count(left_on):
    rota, people = make_crew(2)
    people[0].left_on = left_on
    people[0].save()
    assert [*hours(rota)] == [people[1].name]


def test_more_people_and_duties_ask_no_more(django_assert_num_queries):
    rota, people = make_crew(1)
    for day in range(1, 21):
        if day in (2, 20):
            with django_assert_num_queries(7):
                fairness([rota], period())
        person = make_person(people[0].partner)
        make_member(rota.rotations.get(), person)
        make_duty(rota, person, f"2026-11-{day:02} 17:00", f"2026-11-{day:02} 20:00")


def test_the_page_draws_and_tables_it(reader):
    rota, people = make_crew(2)
    make_holiday(date(2026, 11, 24))
    make_duty(rota, people[0])
    page = reader.get(f"/rota/fairness/?rota={rota.slug}").content.decode()
    assert "16 hours" in page
    assert "0 hours" in page
    assert "<svg" in page
    assert ">50.0%<" in page
    assert "8.0 over" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("first=x", "Enter first day"),
        ("first=2026-12-01&last=2026-11-01", "Enter a last day"),
        ("first=2001-12-01&last=2026-11-01", "three years or less"),
        ("rota=%00", "There is a problem"),
        ("rota=unheard-of", "Choose rota from the list"),
    ],
)
def test_what_is_not_understood_is_said(reader, asked, sentence):
    page = reader.get(f"/rota/fairness/?{asked}").content.decode()
    assert sentence in page


def test_there_may_be_nothing_to_share(reader):
    assert b"nothing to compare" in reader.get("/rota/fairness/").content


def test_the_csv_tells_people_and_partners(reader):
    rota, people = make_crew(1)
    make_duty(rota, people[0])
    response = reader.get(f"/rota/fairness/export.csv?rota={rota.slug}")
    lines = response.getvalue().decode().splitlines()
    assert lines[1].startswith(
        f"{people[0].name},{people[0].partner.short_name},1.00,16.00,16.00"
    )
    assert lines[2].startswith(f"{people[0].partner.short_name},,1.00,16.00,16.00")
