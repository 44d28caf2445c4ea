"""Long lists of things to tick, drawn at once."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

register = template.Library()

# A template in a loop takes ten times as long, and a nation has 400 partners.
_TICK = (
    '<div class="govuk-{block}__item"><input class="govuk-{block}__input"'
    ' type="{kind}" name="{field}" value="{value}" id="{field}-{value}"{checked}>'
    '<label class="govuk-label govuk-{block}__label" for="{field}-{value}">{label} '
    '<span class="app-count">{count}<span class="govuk-visually-hidden"> {people}'
    "</span></span></label></div>\n"
)
_BLOCKS = {"checkbox": "checkboxes", "radio": "radios"}


@register.simple_tag
def ticks(choices, kind):
    """A checkbox or a radio button for each choice, with its count."""
    drawn = (_tick(choice, kind) for choice in choices)
    return mark_safe("".join(drawn))  # noqa: S308 - every part is escaped


def _tick(choice, kind):
    return _TICK.format(
        block=_BLOCKS[kind],
        kind=kind,
        field=escape(choice.field),
        value=escape(choice.value),
        label=escape(choice.label),
        checked=" checked" if choice.is_chosen else "",
        count=int(choice.count),
        people="person" if choice.count == 1 else "people",
    )
