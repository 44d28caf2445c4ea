"""Each filter, the counts beside the choices, and what is not understood."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import QueryDict

from partners.models import StaffMember
from skills.search.filters import SORTS, SearchForm
from skills.search.people import SearchFilters, find
from tests.factories import (
    make_category,
    make_held,
    make_person,
    make_skill,
    make_transfer,
    make_working_week,
)
from tests.skills.readings import NOTHING_ASKED, reading, term

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RECENT, OLD = NOW - timedelta(days=364), NOW - timedelta(days=366)
# The address that asks for it; what makes somebody fit; on a skill's row or not.
NARROWING = {
    "partner": ("lincoln", lambda p, held, lincoln: move(p, lincoln)),
    "category": ("Servers", lambda p, held, lincoln: regroup(held)),
    "level": ("3", lambda p, held, lincoln: update(held, level=3)),
    "today": ("1", lambda p, held, lincoln: make_working_week(p)),
    "willing": ("1", lambda p, held, lincoln: update(p, is_willing_to_help=True)),
    "teach": ("1", lambda p, held, lincoln: update(held, can_teach=True)),
    "confirmed": ("1", lambda p, held, lincoln: confirm(p, held)),
}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(NOW, tick=False):
        yield


def update(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def move(person, partner):
    make_transfer(person, partner, state="accepted")
    update(person, partner=partner)


def regroup(held):
    update(held, skill=make_skill("Server room", "Servers"))


def confirm(person, held):
    update(person, confirmed_at=RECENT)
    update(held, confirmed_at=RECENT)


def asking(text):
    filters = SearchForm(QueryDict(text))
    filters.full_clean()
    return filters


def people(text, asked=NOTHING_ASKED):
    filters = asking(text)
    assert filters.is_valid()
    rows = find(StaffMember.objects.all(), asked, filters.wanted()).rows
    return set(StaffMember.objects.filter(pk__in=[row.staff_id for row in rows]))


def test_every_filter_has_its_test_here():
    assert set(SearchForm.base_fields) == {*NARROWING, "sort"}


@pytest.fixture(params=NARROWING)
def narrowed(request, boston, lincoln):
    """An address, who fits what it asks for, and who does not."""
    value, fit_in = NARROWING[request.param]
    if request.param == "category":
        value = make_category(value).pk
    fits, other = make_person(boston, "Fits"), make_person(boston, "Other")
    skill = make_skill("Other skill")
    make_held(other, skill, 2)
    fit_in(fits, make_held(fits, skill, 2), lincoln)
    return f"{request.param}={value}", fits, other


def test_each_filter_keeps_who_fits_and_nobody_else(narrowed):
    address, fits, other = narrowed
    assert people("") == {fits, other}
    assert people(address) == {fits}


def test_each_filter_keeps_who_fits_in_a_search_by_skill(narrowed):
    address, fits, other = narrowed
    asked = reading(term(*{held.skill for held in fits.skills_held.all()}))
    assert people(address, asked) == {fits}


def test_each_filter_in_force_has_a_chip_that_takes_it_away(narrowed):
    address, _, _ = narrowed
    [(label, without)] = asking(f"q=vpn&{address}&sort=&page=3").active_filters()
    assert label
    assert asking(without[1:]).active_filters() == []
    assert without == "?q=vpn"


def test_each_choice_in_force_is_shown_as_chosen(narrowed):
    address, _, _ = narrowed
    field, value = address.split("=")
    groups = asking(address).choices({}).values()
    chosen = [(c.field, c.value) for group in groups for c in group if c.is_chosen]
    assert chosen == [(field, value)]


def test_an_empty_address_hides_nobody(boston):
    assert asking("").wanted() == SearchFilters()
    assert asking("partner=&level=&today=&sort=").wanted() == SearchFilters()


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_is_understood(db, sort):
    assert asking(f"sort={sort}").wanted().sort == sort


@pytest.fixture
def one_skill_each_way(boston):
    """Somebody expert in one skill who teaches and confirmed only another."""
    person = make_person(boston)
    strong, weak = make_skill("Firewalls"), make_skill("Cabling", "Premises")
    make_held(person, strong, 4, confirmed_at=OLD)
    make_held(person, weak, 1, can_teach=True, confirmed_at=RECENT)
    return strong, weak


@pytest.mark.parametrize("asked", ["both", "nothing"])
@pytest.mark.parametrize("other", ["teach=1", "category={weak}"])
def test_skill_level_and_the_rest_are_of_the_same_row(one_skill_each_way, asked, other):
    strong, weak = one_skill_each_way
    other = other.format(weak=weak.category_id)
    asked = NOTHING_ASKED if asked == "nothing" else reading(term(strong, weak))
    assert people("level=3", asked)
    assert people(other, asked)
    assert not people(f"level=3&{other}", asked)


def test_the_level_is_that_of_the_skill_asked_for(one_skill_each_way):
    strong, weak = one_skill_each_way
    assert not people("level=2", reading(term(weak)))
    assert people("level=2", reading(term(strong)))


def test_confirmed_is_of_that_skill_s_row_in_a_search_by_skill(one_skill_each_way):
    strong, weak = one_skill_each_way
    assert not people("confirmed=1", reading(term(strong)))
    assert people("confirmed=1", reading(term(weak)))


def test_confirmed_is_of_the_person_s_record_otherwise(boston):
    person = make_person(boston, "Ada", confirmed_at=OLD)
    make_held(person, make_skill(), confirmed_at=RECENT)
    assert not people("confirmed=1")
    assert not people("confirmed=1", reading(words=["ada"]))
    update(person, confirmed_at=RECENT)
    assert people("confirmed=1") == {person}
    assert people("confirmed=1", reading(words=["ada"])) == {person}


def test_partners_and_categories_may_be_several(boston, lincoln):
    for partner in (boston, lincoln):
        make_person(partner)
    assert len(people("partner=boston&partner=lincoln")) == 2
    assert len(asking("partner=boston&partner=lincoln").active_filters()) == 2


def test_removing_one_of_several_leaves_the_others(boston, lincoln):
    active_filters = dict(asking("partner=boston&partner=lincoln").active_filters())
    assert active_filters == {
        "Boston": "?partner=lincoln",
        "Lincoln": "?partner=boston",
    }


def test_of_a_choice_of_one_the_last_counts(db):
    filters = asking("level=4&level=2")
    assert filters.wanted().level == 2
    assert filters.active_filters() == [("Working or above", "?")]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("level=9", "There is no level “9”"),
        ("level=expert", "There is no level “expert”"),
        ("partner=nowhere", "There is no partner “nowhere”"),
        ("partner=boston&partner=%00", "There is no partner “\0”"),
        ("category=1e9", "There is no category “1e9”"),
        ("today=maybe", "“maybe” is not understood: use 1"),
        ("willing=yes", "“yes” is not understood: use 1"),
        ("sort=shoe+size", "There is no order “shoe size”"),
        (f"level={'9' * 500}", f"There is no level “{'9' * 40}”"),
    ],
)
def test_what_is_not_understood_is_said(boston, address, sentence):
    filters = asking(address)
    assert not filters.is_valid()
    assert filters.not_understood() == [sentence]


def test_a_partner_that_left_is_no_choice(boston, lincoln):
    update(lincoln, left_on=NOW.date())
    assert asking("partner=lincoln").not_understood()


@pytest.fixture
def crowd(boston, lincoln):
    """Forty people with what chance gives them, always the same."""
    chance = random.Random(22)  # noqa: S311 - nobody guards a secret with it
    skills = [make_skill(f"Skill {n}", f"Kind {n % 3}") for n in range(6)]
    for _ in range(40):
        person = make_person(
            chance.choice([boston, lincoln]),
            chance.choice(["Ada Brown", "Bob Green"]),
            is_willing_to_help=chance.random() < 0.5,
            confirmed_at=chance.choice([None, OLD, RECENT]),
        )
        if chance.random() < 0.6:
            make_working_week(person)
        for skill in chance.sample(skills, chance.randint(0, 3)):
            make_held(
                person,
                skill,
                chance.randint(1, 4),
                can_teach=chance.random() < 0.4,
                confirmed_at=chance.choice([None, OLD, RECENT]),
            )
    return skills


def total(text, asked):
    return find(StaffMember.objects.all(), asked, asking(text).wanted(), limit=1).total


@pytest.mark.parametrize(
    "base",
    ["", "level=2", "teach=1", "partner=boston", "today=1&confirmed=1", "willing=1"],
)
@pytest.mark.parametrize("meant", ["one", "two", "word", "mixed", "nothing"])
def test_the_count_beside_a_choice_is_what_choosing_it_gives(crowd, base, meant):
    asked = {
        "one": reading(term(crowd[0], crowd[1])),
        "two": reading(term(crowd[0]), term(crowd[2])),
        "word": reading(words=["brown"]),
        "mixed": reading(term(crowd[3]), words=["green"]),
        "nothing": NOTHING_ASKED,
    }[meant]
    filters = asking(base)
    found = find(StaffMember.objects.all(), asked, filters.wanted(), limit=1)
    for choice in offered(filters, found, base):
        address = f"{base}&{choice.field}={choice.value}"
        assert choice.count == total(address, asked), address


def offered(filters, found, base):
    """The choices not made; of a choice of several only where none is made."""
    groups = filters.choices(found.counts)
    groups.pop("sorts")
    choices = [choice for group in groups.values() for choice in group]
    assert choices
    return [c for c in choices if not c.is_chosen and f"{c.field}=" not in base[:9]]
