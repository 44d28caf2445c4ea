import pytest
from django.test import RequestFactory

from partners.paging import page_of


def asked(page):
    return page_of(RequestFactory().get("/", {"page": page}), range(60), 25)


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("3", 3), ("02", 2)])
def test_a_page_that_is_there_is_shown_without_a_word(typed, number):
    page, problems = asked(typed)
    assert (page.number, problems) == (number, [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [("abc", 1), ("", 1), ("-1", 1), ("0", 1), ("²", 1), ("99", 3), ("9" * 5000, 3)],
)
def test_a_page_that_is_not_there_is_the_nearest_with_a_sentence(typed, number):
    page, problems = asked(typed)
    sentence = f"There is no page “{typed[:40]}”: showing page {number}"
    assert (page.number, problems) == (number, [sentence])


def test_without_a_number_the_first_page_is_shown():
    page, problems = page_of(RequestFactory().get("/"), range(60), 25)
    assert (page.number, problems, list(page)) == (1, [], list(range(25)))
