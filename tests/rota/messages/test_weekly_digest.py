"""Coordinators hear weekly of gaps and of what is not ready, on their rotas."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from post_office.models import Email

from partners.models import Appointment, StaffMember
from rota.messages import reminders, weekly_digest
from tests.factories import appoint, make_partner, make_person, make_user
from tests.races import race
from tests.rota_makers import make_demand, make_duty, make_rota

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
GAPS, READY = "Gaps on the rotas", "Duties of the next two weeks"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rota(boston):
    return make_rota("Servers", partners=[boston])


@pytest.fixture
def keeper(boston):
    return make_keeper(boston, "keeper@boston.example")


def make_keeper(partner, email, role=Appointment.Role.COORDINATOR):
    person = make_person(partner, work_email=email)
    of_all = role == Appointment.Role.PARTNERSHIP_COORDINATOR
    appoint(make_user(person=person), role, None if of_all else partner)
    return person


def sent(subject):
    """Who was sent this, and the text, in this run."""
    before = set(Email.objects.values_list("pk", flat=True))
    reminders.send()
    rows = Email.objects.exclude(pk__in=before).filter(subject__startswith=subject)
    return {message.to[0]: message.message for message in rows}


@pytest.mark.usefixtures("keeper")
def test_gaps_of_eight_weeks_are_told_once_a_week(rota):
    make_demand(rota, weekdays=[1])
    (text,) = sent(GAPS).values()
    assert text.count("Gap: nobody") == 8
    assert "Primary: 5pm on Monday 23 November 2026 to 9am on Tuesday" in text
    assert "/rota/gaps/" in text
    told = []
    for day in range(1, 8):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            told += [day] * len(sent(GAPS))
    assert told == [7]


@pytest.mark.usefixtures("keeper")
def test_a_rota_without_a_gap_is_said_to_have_none(rota, boston):
    make_demand(rota, weekdays=[1], until_on=date(2026, 11, 23))
    make_duty(rota, make_person(boston))
    (text,) = sent(GAPS).values()
    assert "Servers\nNo gap" in text
    assert Email.objects.filter(subject__contains="none in the next 8").exists()


@pytest.mark.usefixtures("keeper")
def test_a_rota_that_asks_for_nothing_is_not_said_to_be_covered(rota):
    (text,) = sent(GAPS).values()
    assert "its hours to cover were not entered" in text


def test_each_hears_of_their_rotas_and_the_partnership_of_all(rota, boston):
    lincoln = make_partner("Lincoln")
    make_rota("Phones", partners=[lincoln])
    make_keeper(boston, "ours@boston.example")
    make_keeper(lincoln, "theirs@lincoln.example")
    chief = Appointment.Role.PARTNERSHIP_COORDINATOR
    make_keeper(boston, "chief@boston.example", chief)
    heard = {to: ("Servers" in t, "Phones" in t) for to, t in sent(GAPS).items()}
    assert heard == {
        "ours@boston.example": (True, False),
        "theirs@lincoln.example": (False, True),
        "chief@boston.example": (True, True),
    }


def test_coordinators_who_left_or_may_not_sign_in_hear_nothing(rota, keeper, boston):
    make_keeper(boston, "stays@boston.example")
    other = make_keeper(boston, "other@boston.example")
    StaffMember.objects.filter(pk=keeper.pk).update(left_on=NOW.date())
    type(other.user).objects.filter(pk=other.user.pk).update(is_active=False)
    assert list(sent(GAPS)) == ["stays@boston.example"]


def test_closed_rotas_and_partners_without_any_are_no_message(keeper, rota):
    rota.closed_on = NOW.date()
    rota.save()
    assert sent(GAPS) == {}


@pytest.mark.usefixtures("keeper")
def test_what_is_not_ready_is_told_by_what_it_is(rota, boston):
    bob = make_person(boston, "Bob Bare", telephone="", mobile="")
    make_duty(rota, bob)
    make_duty(rota, None, "2026-11-24 17:00", "2026-11-25 09:00", partner=boston)
    (text,) = sent(READY).values()
    for line in (
        "A partner's turn with nobody named\n- Servers, Boston, 5pm on Tuesday",
        "On duty without a phone number\n- Servers, Bob Bare, 5pm on Monday",
        "Nobody is second on call\n- Servers, 5pm on Monday",
        "Not confirmed yet\n- Servers, Bob Bare, 5pm on Monday",
    ):
        assert line in text


@pytest.mark.usefixtures("keeper")
def test_where_all_is_ready_nothing_is_sent(rota, boston):
    for role in ("primary", "secondary"):
        numbers = {"telephone": "01632 960001"}
        person = make_person(boston, **numbers)
        make_duty(rota, person, role=role, confirmed_at=NOW)
    assert sent(READY) == {}


def test_people_of_another_partner_are_for_their_coordinator(rota, keeper):
    lincoln = make_partner("Lincoln")
    rota.memberships.create(partner=lincoln)
    make_keeper(lincoln, "theirs@lincoln.example")
    make_duty(rota, make_person(lincoln, "Len", telephone="", mobile=""))
    heard = sent(READY)
    assert "Len" in heard["theirs@lincoln.example"]
    # That nobody is second concerns both.
    assert "Len" not in heard["keeper@boston.example"]
    assert "Nobody is second on call" in heard["keeper@boston.example"]


@pytest.mark.usefixtures("keeper")
def test_many_gaps_are_counted_after_the_first(rota):
    make_demand(rota)
    (text,) = sent(GAPS).values()
    assert text.count("Gap: nobody") == weekly_digest.MOST
    assert "and 37 more" in text


@pytest.mark.usefixtures("keeper")
def test_the_number_of_queries_does_not_grow(rota, boston, django_assert_num_queries):
    for _ in range(20):
        other = make_rota(partners=[boston])
        make_demand(other)
        make_duty(other, make_person(boston))
    with django_assert_num_queries(9):
        assert len(weekly_digest.gaps(NOW)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_digest_once(rota, keeper, boston):
    make_demand(rota)
    make_duty(rota, make_person(boston, telephone=""))
    with time_machine.travel(NOW, tick=False):
        race(reminders.send, reminders.send)
    mine = Email.objects.filter(to=keeper.work_email)
    assert sorted(m.subject.split(":")[0] for m in mine) == sorted([READY, GAPS])
