import csv
import io
from datetime import date

import pytest

from partners.models import Disclosure
from skills.models import UnansweredSearch

GAPS = "/skills/unanswered-searches/"


@pytest.fixture
def browser(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def ask(words, times=1):
    return UnansweredSearch.objects.create(
        words=words, key=words, times_asked=times, last_asked_on=date(2026, 11, 20)
    )


@pytest.mark.parametrize("address", [GAPS, f"{GAPS}export.csv"])
@pytest.mark.parametrize("role", ["coordinator", "staff_user", "reader", "stranger"])
def test_gaps_are_the_partnership_coordinators(client_of, request, role, address):
    ask("quantum computing")
    response = client_of(request.getfixturevalue(role)).get(address)
    assert response.status_code == 403
    assert b"quantum" not in response.content


def test_the_most_often_asked_comes_first(browser):
    ask("once")
    ask("often", 12)
    response = browser.get(GAPS)
    assert [row.words for row in response.context["page"]] == ["often", "once"]
    assert "20 November 2026" in response.content.decode()


def test_without_gaps_the_page_says_so(browser):
    assert (
        b"Every search so far has found a skill or a person"
        in browser.get(GAPS).content
    )


def test_words_are_shown_as_text_and_lead_back_to_their_search(browser):
    ask('"><script>a&b')
    page = browser.get(GAPS).content.decode()
    assert "<script>a" not in page
    assert "?q=%22%3E%3Cscript%3Ea%26b" in page


def test_gaps_come_in_pages(browser):
    for number in range(26):
        ask(f"gap {number}")
    response = browser.get(f"{GAPS}?page=2")
    assert len(response.context["page"]) == 1
    response = browser.get(f"{GAPS}?page=%3Cb%3E")
    assert "There is no page “&lt;b&gt;”: showing page 1" in response.content.decode()


def test_the_csv_has_them_all_and_is_safe_to_open(browser):
    for number in range(30):
        ask(f"gap {number}")
    ask("=cmd()", 3)
    response = browser.get(f"{GAPS}export.csv")
    text = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 32
    assert rows[1][:2] == ["'=cmd()", "3"]
    assert rows[1][3] == "2026-11-20"


def test_the_csv_is_remembered_as_taken(browser, partnership_coordinator):
    browser.get(f"{GAPS}export.csv")
    kept = Disclosure.objects.get()
    assert (kept.by, kept.what, kept.staff_ids) == (partnership_coordinator, "gaps", [])


def test_the_list_asks_as_often_for_many_gaps_as_for_one(
    browser, django_assert_num_queries
):
    for number in range(20):
        ask(f"gap {number}")
        if number in (0, 19):
            browser.get(GAPS)
            with django_assert_num_queries(7):
                browser.get(GAPS)
