import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from skills.models import Alias, Level
from tests.factories import (
    CONFIRMED,
    make_alias,
    make_category,
    make_held,
    make_person,
    make_skill,
    make_wish,
)

CATALOGUE = "/skills/catalogue/"


@pytest.fixture
def browser(client_of, staff_user):
    return client_of(staff_user)


@pytest.fixture
def page(browser):
    """The text of an address, as a member of staff sees it."""

    def read(address):
        response = browser.get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return read


@pytest.fixture
def vpn(db):
    return make_skill("VPN")


def address_of(skill, rest=""):
    return f"{CATALOGUE}{skill.pk}/{rest}"


def test_the_catalogue_counts_the_people_in_post(page, boston, vpn, leaver):
    make_held(make_person(boston), vpn)
    make_held(leaver.person, vpn)
    assert 'VPN</a> <span class="app-count">1 person</span>' in page(CATALOGUE)


def test_a_skill_nobody_holds_says_so(page, vpn):
    assert 'VPN</a> <span class="app-count">nobody yet</span>' in page(CATALOGUE)


def test_skills_stand_under_their_category_from_a_to_z(page):
    for name in ("wireless", "DNS", "VPN"):
        make_skill(name)
    make_skill("Exchange", category="E-mail")
    text = page(CATALOGUE)
    order = [text.index(f">{n}</a> <") for n in ("Exchange", "DNS", "VPN", "wireless")]
    assert order == sorted(order)


def test_a_retired_skill_is_not_in_the_catalogue(page):
    make_skill("Token Ring", retired_on="2020-01-01")
    assert "Token Ring" not in page(CATALOGUE)


def test_one_category_can_be_asked_for(page, vpn):
    mail = make_category("E-mail")
    text = page(f"{CATALOGUE}?category={mail.pk}")
    assert "There is no skill in this category" in text
    assert "VPN" not in text


@pytest.mark.parametrize("typed", ["abc", "999999", "²", "-1", "9" * 400, "1 OR 1=1"])
def test_an_unknown_category_shows_all_with_a_sentence(page, vpn, typed):
    text = page(f"{CATALOGUE}?category={typed}")
    assert f"There is no category “{typed[:40]}”" in text
    assert "VPN" in text


def test_an_empty_catalogue_says_so(page):
    assert "The catalogue is empty" in page(CATALOGUE)


def test_the_strongest_come_first_then_the_lately_confirmed(browser, boston, vpn):
    for name, level, confirmed in [
        ("Unsaid", 3, None),
        ("Early", 3, CONFIRMED.replace(year=2025)),
        ("Late", 3, CONFIRMED),
        ("Expert", 4, None),
    ]:
        make_held(make_person(boston, name), vpn, level, confirmed_at=confirmed)
    holders = browser.get(address_of(vpn)).context["holders"]
    names = [person.name for _, person, _ in holders]
    assert names == ["Expert", "Late", "Early", "Unsaid"]


def test_every_holder_has_a_number_to_ring(page, boston, vpn):
    make_held(make_person(boston, telephone="01632 960301"), vpn, 4)
    make_held(make_person(boston, "Bare"), vpn, 1)
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        text = page(address_of(vpn))
    assert 'href="tel:01632960301"' in text
    assert 'href="tel:01632960110"' in text


def test_leavers_are_nowhere_on_the_skills_page(page, leaver, vpn):
    make_held(leaver.person, vpn, 4)
    make_wish(leaver.person, vpn)
    text = page(address_of(vpn))
    assert "Lee Leaver" not in text
    assert "Nobody in the partnership holds this" in text


def test_holders_are_counted_by_partner_and_level(browser, boston, lincoln, vpn):
    for partner, level in [(boston, 4), (boston, 4), (boston, 1), (lincoln, 2)]:
        make_held(make_person(partner), vpn, level)
    assert browser.get(address_of(vpn)).context["matrix"] == [
        ("Boston", "boston", [2, 0, 0, 1], 3),
        ("Lincoln", "lincoln", [0, 0, 1, 0], 1),
    ]


def test_other_names_are_told_with_kind_and_source(page, vpn):
    make_alias(vpn, "Virtual private network", Alias.Kind.FORMER)
    make_alias(vpn, "Tunnel", source="A book", source_address="https://book.example/")
    text = page(address_of(vpn))
    assert "Former name" in text
    assert 'Virtual private network <span class="app-count">field knowledge' in text
    assert 'href="https://book.example/"' in text


def test_related_skills_are_those_somebody_holds(page, boston, vpn):
    make_skill("Unheld neighbour")
    make_held(make_person(boston), make_skill("Firewalls"))
    text = page(address_of(vpn))
    assert "Firewalls" in text
    assert "Unheld neighbour" not in text


def test_who_wants_to_learn_it_is_told(page, boston, vpn):
    make_wish(make_person(boston, "Larry Learner"), vpn)
    assert "Larry Learner" in page(address_of(vpn))


def test_a_retired_skill_says_so_and_keeps_its_page(page):
    skill = make_skill("Token Ring", retired_on="2020-01-01")
    assert "Retired from the catalogue on 1 January 2020" in page(address_of(skill))


@pytest.mark.parametrize("pk", [999_999, 10**30])
def test_an_unknown_skill_is_not_found(browser, pk):
    assert browser.get(f"{CATALOGUE}{pk}/").status_code == 404
    assert browser.get(f"{CATALOGUE}{pk}/export.csv").status_code == 404


def test_a_reader_sees_no_mobile_number_among_holders(client_of, reader, boston, vpn):
    make_held(make_person(boston, mobile="07700 900301"), vpn)
    response = client_of(reader).get(address_of(vpn))
    assert b"07700" not in response.content
    assert b"export.csv" not in response.content


def test_holders_come_in_pages(browser, boston, vpn):
    for _ in range(26):
        make_held(make_person(boston), vpn)
    assert len(browser.get(address_of(vpn)).context["holders"]) == 25
    response = browser.get(address_of(vpn, "?page=abc"))
    assert "There is no page “abc”: showing page 1" in response.content.decode()
    assert len(browser.get(address_of(vpn, "?page=2")).context["holders"]) == 1


def lines(response):
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_the_people_of_the_page_in_its_order(browser, boston, vpn):
    for level in (1, 4, 2):
        make_held(make_person(boston, f"At {level}"), vpn, level)
        make_held(make_person(boston), make_skill(), level)
    rows = lines(browser.get(address_of(vpn, "export.csv")))
    assert [row["Name"] for row in rows] == ["At 4", "At 2", "At 1"]
    assert {row["Skill"] for row in rows} == {"VPN"}
    assert rows[0]["Level"] == Level.EXPERT.label


def test_the_csv_is_remembered_with_the_people_in_it(browser, boston, vpn, staff_user):
    person = make_held(make_person(boston), vpn).staff
    browser.get(address_of(vpn, "export.csv"))
    kept = Disclosure.objects.get()
    assert (kept.kind, kept.what, kept.by) == ("export", "skill", staff_user)
    assert (kept.filters, kept.staff_ids) == ({"skill": ["VPN"]}, [person.pk])


def test_the_csv_for_excel_begins_with_its_mark(browser, vpn):
    response = browser.get(address_of(vpn, "export.csv?excel=1"))
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


def test_a_reader_takes_no_people_away(client_of, reader, vpn):
    response = client_of(reader).get(address_of(vpn, "export.csv"))
    assert response.status_code == 403
    assert not Disclosure.objects.exists()


def asked(browser, address):
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return len(queries)


def test_the_catalogue_asks_as_often_for_many_skills_as_for_one(browser, boston):
    counts = []
    for number in (1, 19):
        for _ in range(number):
            make_held(make_person(boston), make_skill(category=f"Category {number}{_}"))
        counts.append(asked(browser, CATALOGUE))
    assert counts[0] == counts[1]


def test_the_skills_page_asks_as_often_for_many_holders_as_for_one(browser, vpn):
    counts = []
    for number in (1, 19):
        for _ in range(number):
            held = make_held(make_person(), vpn)
            make_held(held.staff, make_skill())
            make_wish(make_person(), vpn)
            make_alias(vpn, f"Alias {number}{_}")
        counts.append(asked(browser, address_of(vpn)))
    assert counts[0] == counts[1]
