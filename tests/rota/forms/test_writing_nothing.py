"""Checking what was typed changes nothing: only the page's own action writes."""

import pytest
import time_machine
from django.apps import apps
from post_office.models import Email

from rota.forms.covering import AssignForm, CoverForm, ExchangeForm
from rota.forms.swaps import AnswerForm, AskForm
from rota.models import Duty
from tests.factories import make_partner, make_person, make_user
from tests.rota_makers import make_duty, make_rota, make_swap, utc

HOURS = {"from_on": "24 11 2026", "from_time": "17:00"}
HOURS |= {"until_on": "25 11 2026", "until_time": "9:00", "why": "A course"}


@pytest.fixture(autouse=True)
def _now(db):
    with time_machine.travel(utc("2026-11-23 12:00"), tick=False):
        yield


@pytest.fixture
def crew():
    boston = make_partner("Boston")
    people = [make_person(boston, name) for name in ("Ann Able", "Ben Bold")]
    rota = make_rota("Servers", partners=[boston])
    duties = [
        make_duty(rota, people[0], "2026-11-24 17:00", "2026-11-25 09:00"),
        make_duty(rota, people[1], "2026-11-26 17:00", "2026-11-27 09:00"),
    ]
    return rota, people, duties


def rows():
    models = [*apps.get_app_config("rota").get_models(), Email]
    return {model: list(model.objects.order_by("pk").values_list()) for model in models}


def cover(rota, people, duties):
    choices = [(str(people[1].pk), "Ben")]
    user, typed = make_user(person=people[0]), {"person": people[1].pk}
    return CoverForm(HOURS | typed, user=user, duty=duties[0], choices=choices)


def assign(rota, people, duties):
    choices = [(str(people[1].pk), "Ben")]
    typed = HOURS | {"person": people[1].pk, "role": "secondary", "place": "1"}
    user = make_user(person=people[0])
    return AssignForm(typed, user=user, rota=rota, choices=choices)


def exchange(rota, people, duties):
    typed = {"other": duties[1].pk, "why": ""}
    return ExchangeForm(typed, duty=duties[0], others=Duty.objects.all())


def ask(rota, people, duties):
    typed = HOURS | {"kind": "named", "people": [people[1].pk]}
    return AskForm(typed, duty=duties[0], others=())


def answer(rota, people, duties):
    swap = make_swap(duties[0])
    typed = {"person": people[1].pk, "why": ""}
    return AnswerForm(typed, user=make_user(person=people[1]), swap=swap)


@pytest.mark.parametrize("make", [cover, assign, exchange, ask, answer])
def test_checking_a_valid_form_changes_no_row(crew, make):
    form = make(*crew)
    before = rows()
    assert form.is_valid(), form.errors
    assert rows() == before
