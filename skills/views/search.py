"""The search page and its CSV: the same question, asked once."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.models import StaffMember
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number
from skills.catalogue.loaded import catalogue
from skills.matching.catalogue import Reading
from skills.matching.text import visible
from skills.records import actions
from skills.records.exports import SEARCH_HEADER, search_rows
from skills.search import suggestions
from skills.search.filters import SearchForm
from skills.search.people import SearchFilters, SearchPage, find
from skills.search.results import results

PAGE_SIZE = 25
# So few may all be away, or busy.
FEW = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What a search address asks: by whom, in which words, with which filters."""

    user: object
    query: str
    reading: Reading
    filters: SearchForm
    wanted: SearchFilters | None

    @property
    def is_understood(self):
        reading = self.reading
        said_something = reading.terms or reading.words or reading.partners
        return self.wanted is not None and bool(said_something or not self.query)

    @property
    def is_narrowed(self):
        return bool(self.filters.active_filters() or self.reading.partners)

    @property
    def is_plain(self):
        """Words and nothing else: not turned over, sorted or narrowed."""
        said = {key for key, value in self.filters.data.items() if value}
        return said == {"q"} and not self.reading.partners

    def ask(self, limit=None, offset=0) -> SearchPage:
        if not self.is_understood:
            return SearchPage(0, [])
        return find(
            StaffMember.objects.visible_to(self.user),
            self.reading,
            self.wanted,
            own_partner_id=self.user.standing.partner_id,
            limit=limit,
            offset=offset,
        )


def matching(request) -> Question:
    query = visible(request.GET.get("q", "")).strip()
    filters = SearchForm(request.GET)
    wanted = filters.wanted() if filters.is_valid() else None
    reading = catalogue().read(query)
    return Question(request.user, query, reading, filters, wanted)


@require_safe
def search(request):
    question = matching(request)
    number, sentence = _page_number(request)
    found = question.ask(PAGE_SIZE, (number - 1) * PAGE_SIZE)
    page = Paginator(range(found.total), PAGE_SIZE).get_page(number)
    if page.number != number:
        sentence = f"There is no page {number}: showing page {page.number}"
        found = question.ask(PAGE_SIZE, (page.number - 1) * PAGE_SIZE)
    context = {
        "question": question,
        "problems": [*question.filters.not_understood(), *filter(None, [sentence])],
        "page": page,
        "results": _results(question, found),
        **_words(question),
        **_choices(question, found),
        **_more(question, found),
    }
    return render(request, "skills/search.html", context)


def _words(question):
    return {
        "understood": suggestions.understood(question.reading),
        "suggestions": suggestions.did_you_mean(question.reading),
        "broader": question.filters.categories_named(question.query),
    }


def _choices(question, found):
    return {
        "choices": question.filters.choices(found.counts),
        "active_filters": question.filters.active_filters(),
    }


def _page_number(request):
    typed = request.GET.get("page", "1")
    number = whole_number(typed[:9])
    if number:
        return number, ""
    return 1, f"There is no page “{typed[:40]}”: showing page 1"


def _results(question, found):
    if not found.rows:
        return []
    standing = question.user.standing
    return results(found.rows, question.reading, question.wanted, standing=standing)


def _more(question, found):
    """What helps where nobody was found, or hardly anybody."""
    if not found.total:
        return _nothing(question, found)
    if found.total > FEW:
        return {}
    return {"related": suggestions.related(question.user, question.reading)}


def _nothing(question, found):
    if question.query and question.is_plain:
        actions.note_unanswered(words=question.query)
    near = question.wanted and suggestions.nearby(
        question.user, question.reading, question.wanted, found.counts
    )
    return {"nearby": near, "ask_all": suggestions.ask_all(question.query)}


@require_safe
def export(request):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    question = matching(request)
    if not question.is_understood:
        # The page says what was not understood; an empty file would not.
        return redirect(f"{reverse('skills:search')}?{request.GET.urlencode()}")
    ids = [row.staff_id for row in question.ask().rows]
    chosen = question.filters.query_parameters("q")
    actions.note_export(by=request.user, what="search", filters=chosen, staff_ids=ids)
    labels = [label for label, _ in question.filters.active_filters()]
    return csv_response(
        file_name("skills", question.query, *labels),
        SEARCH_HEADER,
        search_rows(ids, question.reading, question.wanted, request.user.standing),
        excel=request.GET.get("excel") == "1",
    )
