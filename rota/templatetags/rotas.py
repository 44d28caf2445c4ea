"""How what decides a rota is said: days of the week, hours by the clock."""

from datetime import datetime

from django import template
from django.urls import reverse

from partners.models import Weekday
from partners.working_pattern import clock as said

register = template.Library()
WEEK = [*Weekday.values]
WORKDAYS, WEEKEND = WEEK[:5], WEEK[5:]
_TOGETHER = {
    tuple(WEEK): "every day",
    tuple(WORKDAYS): "Monday to Friday",
    tuple(WEEKEND): "Saturday and Sunday",
}
_LATER = {0: "", 1: " the next day"}
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


@register.filter
def weekdays(days):
    """Monday to Friday."""
    days = tuple(sorted(days))
    return _TOGETHER.get(days) or ", ".join(Weekday(day).label for day in days)


@register.filter
def clock_span(demand):
    """5pm to 9am the next day."""
    begins = datetime.combine(datetime.min, demand.starts_at)
    ends = begins + demand.length
    later = (ends.date() - begins.date()).days
    words = _LATER.get(later, f" {later} days later")
    return f"{said(begins.time())} to {said(ends.time())}{words}"


@register.filter
def more_or_less(hours):
    """+16, −15.5 or 0."""
    sign = {True: "+", False: "−"}[hours > 0] if hours else ""
    return f"{sign}{abs(hours):g}"


@register.filter
def turn_length(rotation):
    """A week, or 2 weeks."""
    if rotation.every == 1:
        return f"one {rotation.unit}"
    return f"{rotation.every} {rotation.unit}s"
