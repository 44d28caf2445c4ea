"""Bank holidays of England: the days announced, and those they stand for."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from partners.management.commands.load_bank_holidays import holidays
from partners.models import BankHoliday

Kind = BankHoliday.Kind


def load():
    said = io.StringIO()
    call_command("load_bank_holidays", stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_year_2027_has_both_days_of_christmas():
    load()
    days = BankHoliday.objects.filter(on__year=2027, on__month=12)
    assert list(days.order_by("on").values_list("on", "kind", "name")) == [
        (date(2027, 12, 25), Kind.ACTUAL, "Christmas Day"),
        (date(2027, 12, 26), Kind.ACTUAL, "Boxing Day"),
        (date(2027, 12, 27), Kind.SUBSTITUTE, "Christmas Day"),
        (date(2027, 12, 28), Kind.SUBSTITUTE, "Boxing Day"),
    ]


@pytest.mark.django_db
def test_a_day_given_once_is_typed_so():
    load()
    [coronation] = BankHoliday.objects.filter(on=date(2023, 5, 8))
    assert coronation.kind == Kind.ONE_OFF
    assert BankHoliday.objects.get(on=date(2020, 5, 8)).kind == Kind.ACTUAL


@pytest.mark.django_db
def test_the_command_says_which_years_it_knows():
    said = load()
    assert "Bank holidays of 2012 to " in said
    last = BankHoliday.objects.latest("on").on
    assert f"The list ends on {last:%-d %B %Y}: nothing is invented beyond" in said


@pytest.mark.django_db
def test_a_second_run_adds_nothing():
    load()
    before = BankHoliday.objects.count()
    assert f" 0 added, {before} here" in load()
    assert BankHoliday.objects.count() == before


@pytest.mark.django_db
def test_a_day_removed_here_does_not_come_back():
    load()
    BankHoliday.objects.filter(on=date(2026, 12, 26)).delete()
    assert " 0 added" in load()
    assert not BankHoliday.objects.filter(on=date(2026, 12, 26)).exists()


@pytest.mark.django_db
def test_a_local_day_stands_beside_the_others(boston):
    BankHoliday.objects.create(
        on=date(2026, 12, 24), name="Fair", kind=Kind.LOCAL, partner=boston
    )
    load()
    assert BankHoliday.objects.filter(partner=boston).count() == 1


def test_a_moved_day_has_no_day_it_stands_for():
    announced = [
        {
            "date": date(2012, 6, 4),
            "title": "Spring bank holiday",
            "notes": "Substitute day",
        }
    ]
    assert [kind for _, kind, _ in holidays(announced)] == [Kind.SUBSTITUTE]


def test_a_plain_apostrophe_is_read_as_a_curly_one():
    announced = [
        {
            "date": date(2028, 1, 3),
            "title": "New Year's Day",
            "notes": "Substitute day",
        }
    ]
    assert [(on, kind) for on, kind, _ in holidays(announced)] == [
        (date(2028, 1, 3), Kind.SUBSTITUTE),
        (date(2028, 1, 1), Kind.ACTUAL),
    ]
