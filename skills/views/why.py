"""Why somebody does or does not turn up for a search, told in words."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.forms.plain_english import PlainEnglishForm
from partners.whole_numbers import whole_number
from skills.search import suggestions
from skills.search.explanations import explain, explainable_to
from skills.search.people import plain
from skills.views.search import PAGE_SIZE, matching

MOST_NAMESAKES = 10


class WhyForm(PlainEnglishForm, forms.Form):
    """What was searched for, and who is missed."""

    q = forms.CharField(label="What was searched for", required=False)
    person = forms.CharField(
        label="Who is missing", help_text="A name, or a part of it", max_length=120
    )
    called = {"person": "the name of the person"}

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.namesakes = people.select_related("partner"), []

    def clean_person(self):
        typed = self.cleaned_data["person"]
        pk = whole_number(typed)
        named = _called(typed) if pk is None else {"pk": pk}
        found = list(self.people.filter(**named)[: MOST_NAMESAKES + 1])
        # Leavers one may not see, people one may not ask about and names of nobody
        # are answered alike.
        if not found:
            raise ValidationError(
                f"There is nobody called “{typed}” you can ask about: you can "
                "ask about yourself and people whose records you manage"
            )
        if len(found) > 1:
            self.namesakes = found[:MOST_NAMESAKES]
            raise ValidationError("Several people have that name: choose one below")
        return found[0]


def _called(typed):
    return {"name_key__contains": plain(typed)}


@require_safe
def why(request):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    question = matching(request)
    form = _form(request, question)
    person = form.cleaned_data["person"] if form.is_valid() else None
    context = {
        "form": form,
        "question": question,
        "active_filters": question.filters.active_filters(),
        "kept": _filters(question),
        "understood": suggestions.understood(question.reading),
        "namesakes": form.namesakes,
        "told": person and explain(question, person),
    }
    context["address"] = _page_of(question, context["told"])
    return render(request, "skills/why.html", context)


def _form(request, question):
    is_asked = "person" in request.GET
    data = {"q": question.query, "person": request.GET.get("person")}
    person = getattr(request.user, "person", None)
    return WhyForm(
        data if is_asked else None,
        people=explainable_to(request.user),
        initial={"q": question.query, "person": person and person.name},
    )


def _filters(question):
    """The filters of the address, to be kept by the form."""
    said = question.filters.query_parameters()
    return [(name, value) for name, values in said.items() for value in values]


def _page_of(question, told):
    """The page of the search on which the person stands."""
    if not (told and told.turns_up):
        return ""
    page = (told.position - 1) // PAGE_SIZE + 1
    said = [("q", question.query), *_filters(question), ("page", page)]
    return f"{reverse('skills:search')}?{urlencode(said)}"
