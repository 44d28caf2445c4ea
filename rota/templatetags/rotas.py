"""The navigation of the rota pages, and how their hours and turns are written."""

from django import template
from django.urls import reverse

from rota import formatting

register = template.Library()

PAGES = [
    ("On call now", "rota:on_call"),
    ("Calendar", "rota:calendar"),
    ("My duties", "rota:mine"),
    ("Swaps", "rota:swaps"),
    ("Gaps", "rota:gaps"),
    ("Fairness", "rota:fairness"),
    ("Rotas", "rota:rotas"),
]
FOR_KEEPERS = [("Secret addresses", "rota:addresses")]


@register.inclusion_tag("rota/_nav.html", takes_context=True)
def rota_nav(context):
    """Links to the pages, the one that is shown marked."""
    request, standing = context["request"], context["standing"]
    pages = PAGES + (FOR_KEEPERS if standing.may_administer else [])
    here = request.resolver_match.view_name
    return {"rota_pages": [(name, reverse(page), page == here) for name, page in pages]}


for name in ("weekdays", "clock_span", "more_or_less", "turn_length"):
    register.filter(name, getattr(formatting, name))
