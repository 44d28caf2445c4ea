"""On paper: the people and the numbers, without what only a screen can do."""

import pytest

from tests.browser.states import STAFF

pytestmark = pytest.mark.browser
ONLY_ON_SCREEN = [
    ".govuk-skip-link",
    ".app-menu",
    ".app-search",
    ".app-filters",
    ".app-sort",
    ".govuk-pagination",
    ".govuk-footer",
]
BLACK = "rgb(0, 0, 0)"


@pytest.fixture
def paper(visitor):
    def printed(address):
        page = visitor.opens(address, STAFF)
        page.emulate_media(media="print")
        return page

    return printed


def test_a_printed_search_is_its_results(paper):
    page = paper("/skills/?q=vpn")
    shown = {s for s in ONLY_ON_SCREEN if page.locator(s).first.is_visible()}
    assert shown == set()
    first = page.locator(".app-result").first
    assert first.locator(".app-tel").is_visible()
    assert first.locator("h3 a").is_visible()
    assert page.locator("#results").is_visible()


def test_a_printed_search_says_which_filters_made_it(paper):
    page = paper("/skills/?q=vpn&willing=1")
    assert page.locator(".app-chip").first.is_visible()


def test_ink_is_black_and_the_width_is_the_paper_s(paper):
    page = paper("/skills/?q=vpn")
    ink = "e => getComputedStyle(e).color"
    assert page.locator(".app-tel").first.evaluate(ink) == BLACK
    results = page.locator(".app-results").bounding_box()["width"]
    assert results > 0.9 * page.locator("main").bounding_box()["width"]


@pytest.mark.parametrize("address", ["/skills/?q=vpn", "/skills/people/{person}/"])
def test_a_page_becomes_a_document(paper, address):
    document = paper(address).pdf(format="A4")
    assert document.startswith(b"%PDF")
    assert b"/Type /Page" in document
