"""What the search page understands of its address."""

import re
from dataclasses import dataclass

from django import forms

from partners.models import Partner
from skills.matching.text import STOPWORDS, canonical_spelling, stem, tokens
from skills.models import Category, Level
from skills.search.people import SearchFilters

SORTS = {
    "match": "Best match",
    "level": "Level",
    "partner": "Partner",
    "name": "Name",
}
SWITCHES = {
    "today": "Available today",
    "willing": "Willing to help other partners",
    "teach": "Can teach",
    "confirmed": "Confirmed in the last year",
}

SEVERAL = ("partner", "category")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick, and how many people it would leave."""

    field: str
    value: str
    label: str
    is_chosen: bool
    count: int = 0


class Switch(forms.CharField):
    """Ticked or not: “1” or nothing; anything else is not understood."""

    def __init__(self):
        super().__init__(required=False)

    def clean(self, value):
        value = super().clean(value)
        if value not in ("", "1"):
            raise forms.ValidationError(f"“{value[:40]}” is not understood: use 1")
        return value == "1"


def _stems(text):
    return {stem(canonical_spelling(word)) for word in tokens(text)} - STOPWORDS


def no_such(what):
    sentence = f"There is no {what} “%(value).40s”"
    return {"invalid_choice": sentence, "invalid_list": sentence}


def _filled(data):
    """An address without what it leaves empty."""
    kept = data.copy()
    for name, values in data.lists():
        kept.setlist(name, [*filter(None, values)])
    return kept


def _partners():
    """Names and no more: a nation of whole records takes its time."""
    columns = ("pk", "slug", "name", "short_name")
    return Partner.objects.current().values_list(*columns, named=True)


def _choice(what, **options):
    return forms.ChoiceField(required=False, error_messages=no_such(what), **options)


def _several(what):
    return forms.MultipleChoiceField(required=False, error_messages=no_such(what))


class SearchForm(forms.Form):
    """Whom of the partnership the searcher wants to see."""

    partner = _several("partner")
    category = _several("category")
    level = _choice("level", choices=Level)
    today = Switch()
    willing = Switch()
    teach = Switch()
    confirmed = Switch()
    sort = _choice("order", choices=list(SORTS.items()))

    def __init__(self, data):
        super().__init__(_filled(data))
        self.partners = {p.slug: p for p in _partners()}
        self.categories = {str(c.pk): c for c in Category.objects.all()}
        fields = self.fields
        fields["partner"].choices = [(s, p.name) for s, p in self.partners.items()]
        fields["category"].choices = [(k, c.name) for k, c in self.categories.items()]

    def wanted(self) -> SearchFilters:
        """The filters as the directory asks for them; only when valid."""
        chosen = self.cleaned_data
        return SearchFilters(
            partners=tuple(self.partners[slug].pk for slug in chosen["partner"]),
            categories=tuple(int(pk) for pk in chosen["category"]),
            level=int(chosen["level"]) if chosen["level"] else None,
            sort=chosen["sort"] or "match",
            **{name: chosen[name] for name in SWITCHES},
        )

    def query_parameters(self, *others) -> dict[str, list[str]]:
        """What the address says of these filters, and of other names it knows."""
        known = (*others, *self.fields)
        return {key: self.data.getlist(key) for key in known if key in self.data}

    def not_understood(self) -> list[str]:
        """A sentence for each value in the address that means nothing here."""
        return [text for errors in self.errors.values() for text in errors]

    def choices(self, counts) -> dict[str, list[Choice]]:
        """What can be ticked, each with how many people it would leave."""
        switches = counts.get("choices", {})
        return {
            "levels": self._group("level", Level.choices, switches),
            "switches": [
                choice
                for name, label in SWITCHES.items()
                for choice in self._group(
                    name, [("1", label)], {"1": switches.get(name)}
                )
            ],
            "partners": self._fullest(
                "partner",
                ((s, p.short_name) for s, p in self.partners.items()),
                {
                    s: counts.get("partner", {}).get(p.pk)
                    for s, p in self.partners.items()
                },
            ),
            "categories": self._fullest(
                "category",
                ((k, c.name) for k, c in self.categories.items()),
                {str(k): n for k, n in counts.get("category", {}).items()},
            ),
            "sorts": self._group("sort", SORTS.items(), {}),
        }

    def _fullest(self, field, labels, counts):
        group = [
            c for c in self._group(field, labels, counts) if c.count or c.is_chosen
        ]
        return sorted(group, key=lambda c: (-c.count, c.label))

    def _chosen(self, field):
        """What is asked for: of a choice of one, the last counts."""
        values = self.data.getlist(field)
        return values if field in SEVERAL else values[-1:]

    def _group(self, field, labels, counts):
        chosen = self._chosen(field)
        return [
            Choice(
                field, str(value), label, str(value) in chosen, counts.get(value) or 0
            )
            for value, label in labels
        ]

    def categories_named(self, query: str) -> list[Category]:
        """Categories that a part of the query names: “network” is broad."""
        parts = [_stems(part) for part in re.split("[,;]", query)]
        return [
            category
            for category in self.categories.values()
            if any(part and part <= _stems(category.name) for part in parts)
        ]

    def active_filters(self) -> list[tuple[str, str]]:
        """What is switched on, each with the address without it."""
        if not self.query_parameters().keys() - {"sort"}:
            return []
        groups = self.choices({})
        groups.pop("sorts")
        return [
            (self._chip_label(choice), self._without(choice))
            for group in groups.values()
            for choice in group
            if choice.is_chosen
        ]

    def _chip_label(self, choice):
        return f"{choice.label} or above" if choice.field == "level" else choice.label

    def _without(self, choice):
        data = self.data.copy()
        rest = [v for v in self._chosen(choice.field) if v != choice.value]
        data.setlist(choice.field, rest)
        data.pop("page", None)
        return f"?{data.urlencode()}"
