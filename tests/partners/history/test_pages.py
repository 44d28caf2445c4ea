"""Long histories, a page at a time."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from partners.history import pages
from partners.history.pages import Cursor, HistoryFilter, HistorySource
from partners.models import BankHoliday, Partner, Site
from tests.factories import LONG_AGO, make_holiday, make_site


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 99),
    st.integers(0, 2_147_483_647),
)
def test_a_place_survives_its_address(at, source, event):
    place = Cursor(at, source, event)
    assert Cursor.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "1", "a-b-c", "1-1-1\n", "-1-1-1", "1" * 50])
def test_what_is_no_place_is_none(text):
    assert Cursor.parse(text) is None


def sources(partner):
    own = pages.one_record(partner.pk)
    return [
        HistorySource(Partner, "pgh_obj_id", own),
        HistorySource(Site, "partner_id", own),
        HistorySource(BankHoliday, "partner_id", own),
    ]


@pytest.fixture
def busy(boston):
    """A partner with seven things in its history."""
    for number in range(3):
        make_site(boston, f"Site {number}")
        name = f"Day {number}"
        day = LONG_AGO.replace(day=number + 1)
        make_holiday(day, name, kind="local", partner=boston)
    return boston


def walked(partner, **asked):
    """What each page says, from the newest to the oldest."""
    found, place = [], None
    while True:
        page = pages.read_page(
            sources(partner), HistoryFilter(**asked), reader=None, before=place, size=3
        )
        found.append([change.what for change in page.changes])
        if not page.older:
            return found
        place = page.older


def test_pages_follow_one_another_and_leave_nothing_out(busy):
    pages = walked(busy)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({what for page in pages for what in page}) == 7
    assert pages[-1] == ["Partner: Boston Borough Council"]


def test_the_way_back_is_the_way_there(busy):
    first = pages.read_page(sources(busy), HistoryFilter(), reader=None, size=3)
    second = pages.read_page(
        sources(busy), HistoryFilter(), reader=None, size=3, before=first.older
    )
    back = pages.read_page(
        sources(busy), HistoryFilter(), reader=None, size=3, after=second.newer
    )
    assert back.changes == first.changes
    assert (first.newer, back.newer) == (None, None)


def test_the_whole_is_read_in_blocks(busy, monkeypatch):
    monkeypatch.setattr(pages, "BLOCK", 2)
    whole = list(pages.all_changes(sources(busy), HistoryFilter(), reader=None))
    assert [change.what for change in whole] == sum(walked(busy), [])


def test_a_kind_that_is_not_there_tells_nothing(busy):
    assert walked(busy, kind="absence") == [[]]
    assert walked(busy, person=1) == [[]]


def test_a_page_asks_as_often_after_a_hundred_changes(busy):
    counts = []
    for number in (1, 100):
        for change in range(number):
            Site.objects.filter(name="Site 0").update(address=f"{number} {change}")
        with CaptureQueriesContext(connection) as queries:
            pages.read_page(sources(busy), HistoryFilter(), reader=None, size=5)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_the_administration_pages_a_long_history(keeping, boston):
    for number in range(30):
        Partner.objects.filter(pk=boston.pk).update(senior_sponsor=f"Sponsor {number}")
    address = f"/admin/partners/partner/{boston.pk}/history/"
    first = keeping.get(address)
    assert len(first.context["page"].changes) == pages.PAGE_SIZE
    assert "Older" in first.text
    older = keeping.get(address, {"before": str(first.context["page"].older)})
    assert older.context["page"].changes[-1].action == "added"
    assert "There is no place" in keeping.get(address, {"before": "x"}).text
