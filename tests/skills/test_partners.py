import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from tests.factories import (
    make_held,
    make_holiday,
    make_partner,
    make_person,
    make_site,
    make_skill,
    make_working_week,
)
from tests.support.reading import text_of

PARTNERS = "/skills/partners/"
BOSTON = f"{PARTNERS}boston/"


@pytest.fixture
def browser(client_of, staff_user):
    return client_of(staff_user)


@pytest.fixture
def page(browser):
    """The text of an address, as a member of Boston's staff sees it."""

    def read(address):
        response = browser.get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return read


def test_partners_are_listed_with_people_and_numbers(browser, boston, lincoln, leaver):
    make_person(boston)
    response = browser.get(PARTNERS)
    listed = [(row.short_name, row.in_post) for row in response.context["page"]]
    assert listed == [("Boston", 2), ("Lincoln", 0)]
    assert b'href="tel:01632960120"' in response.content
    assert b'href="tel:01632960129"' in response.content


def test_a_partner_that_left_is_nowhere(browser, page):
    make_partner("Gone", left_on="2026-01-01")
    assert "Gone Council" not in page(PARTNERS)
    assert browser.get(f"{PARTNERS}gone/").status_code == 404
    assert browser.get(f"{PARTNERS}gone/export.csv").status_code == 404


def test_a_partners_page_says_how_to_reach_it(page, boston, coordinator):
    boston.senior_sponsor = "Sir Spon Sor, Director"
    boston.service_desk_email = "desk@boston.example"
    boston.out_of_hours_email = "night@boston.example"
    boston.save()
    make_site(boston, "Municipal Buildings", postcode="PE21 8QR")
    text = page(BOSTON)
    for said in ("Sir Spon Sor, Director", "Municipal Buildings, PE21 8QR"):
        assert said in text
    for email in ("desk@boston.example", "night@boston.example", coordinator.email):
        assert f'href="mailto:{email}"' in text


def test_a_bare_partner_has_a_page(page):
    make_partner("Bare", service_desk_telephone="", out_of_hours_telephone="")
    text = page(f"{PARTNERS}bare/")
    for said in ("Nobody is recorded here yet", "No coordinator is appointed for Bare"):
        assert said in text


def test_its_people_are_there_with_a_number_and_leavers_are_not(page, boston, leaver):
    make_working_week(make_person(boston, "Ann Able", telephone="01632 960401"))
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        text = page(BOSTON)
    assert "Ann Able" in text
    assert 'href="tel:01632960401"' in text
    assert "Here now" in text
    assert "Lee Leaver" not in text


def test_strengths_are_what_somebody_could_cover_alone(
    browser, boston, lincoln, leaver
):
    vpn, dns, mail = (make_skill(name) for name in ("VPN", "DNS", "Exchange"))
    for person in (make_person(boston), make_person(boston)):
        make_held(person, vpn, 3)
        make_held(person, mail, 2)
    make_held(make_person(boston), dns, 4)
    make_held(leaver.person, mail, 4)
    make_held(make_person(lincoln), mail, 4)
    strengths = browser.get(BOSTON).context["strengths"]
    assert [tuple(row.values())[1:] for row in strengths] == [
        ("DNS", 1, 0),
        ("VPN", 0, 2),
    ]


def test_days_off_of_its_own_are_told_while_they_are_ahead(page, boston, lincoln):
    make_holiday("2026-12-24", "Boston Stump day", kind="local", partner=boston)
    make_holiday("2026-12-23", "Steep Hill day", kind="local", partner=lincoln)
    make_holiday("2026-01-02", "Long past", kind="local", partner=boston)
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        text = page(BOSTON)
    assert "24 December 2026: Boston Stump day" in text
    assert "Steep Hill day" not in text
    assert "Long past" not in text


def test_people_come_in_pages(browser, boston):
    for _ in range(25):
        make_person(boston)
    assert len(browser.get(BOSTON).context["people"]) == 25
    response = browser.get(f"{BOSTON}?page=99")
    assert len(response.context["people"]) == 1
    assert "There is no page “99”: showing page 2" in response.content.decode()


def test_an_unknown_partner_is_not_found(browser):
    assert browser.get(f"{PARTNERS}atlantis/").status_code == 404


def test_a_reader_sees_no_mobile_number(client_of, reader, boston):
    make_person(boston, mobile="07700 900401")
    response = client_of(reader).get(BOSTON)
    assert b"07700" not in response.content
    assert b"export.csv" not in response.content


@pytest.mark.parametrize(
    ("role", "keeps"),
    [
        ("coordinator", True),
        ("partnership_coordinator", True),
        ("their_coordinator", False),
        ("reader", False),
    ],
)
def test_history_is_offered_to_those_who_keep_the_record(
    client_of, boston, request, role, keeps
):
    response = client_of(request.getfixturevalue(role)).get(BOSTON)
    assert ("History of this record" in text_of(response)) is keeps


def lines(response):
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_has_a_line_for_each_person_and_skill(browser, boston, lincoln):
    ann = make_person(boston, "Ann Able")
    make_held(ann, make_skill("VPN"), 2)
    make_held(ann, make_skill("DNS"), 4)
    make_held(make_person(lincoln), make_skill("Exchange"))
    rows = lines(browser.get(f"{BOSTON}export.csv"))
    assert [(row["Name"], row["Skill"], row["Level"]) for row in rows] == [
        ("Ann Able", "DNS", "Expert"),
        ("Ann Able", "VPN", "Working"),
        ("Sandy Staff", "", ""),
    ]


def test_the_csv_is_remembered_with_the_people_in_it(browser, staff_user):
    browser.get(f"{BOSTON}export.csv")
    kept = Disclosure.objects.get()
    assert (kept.what, kept.filters) == ("partner", {"partner": ["boston"]})
    assert kept.staff_ids == [staff_user.person.pk]


def test_a_reader_takes_no_people_away(client_of, reader, boston):
    assert client_of(reader).get(f"{BOSTON}export.csv").status_code == 403
    assert not Disclosure.objects.exists()


def asked(browser, address):
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return len(queries)


def test_the_list_asks_as_often_for_many_partners_as_for_one(browser):
    one = asked(browser, PARTNERS)
    for _ in range(19):
        make_person(make_partner())
    assert asked(browser, PARTNERS) == one


def test_a_partners_page_asks_as_often_for_many_people_as_for_one(browser, boston):
    counts = []
    for number in (1, 19):
        for n in range(number):
            make_held(make_person(boston), make_skill(), 4)
            make_site(boston, f"Site {n} of {number}")
        counts.append(asked(browser, BOSTON))
    assert counts[0] == counts[1]
