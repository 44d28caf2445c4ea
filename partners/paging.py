"""Long lists in pages, and a sentence for a page that is not there."""

from django.core.paginator import Page, Paginator

from partners.whole_numbers import MOST_DIGITS, whole_number

PAGE_SIZE = 25


def page_of(request, rows, size=PAGE_SIZE) -> tuple[Page, list[str]]:
    """The page the address asks for, or the nearest, and what was not understood."""
    typed = request.GET.get("page", "1")
    number = whole_number(typed[:MOST_DIGITS]) or 0
    page = Paginator(rows, size).get_page(max(number, 1))
    if page.number == number:
        return page, []
    return page, [f"There is no page “{typed[:40]}”: showing page {page.number}"]
