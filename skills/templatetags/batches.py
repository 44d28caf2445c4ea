"""How rows of a batch look, and who did what to it."""

from django import template

register = template.Library()

_COLOURS = {"new": "green", "changed": "blue", "unchanged": "grey", "error": "red"}


@register.filter
def colour(outcome):
    """The colour of an outcome's tag; its word says the same."""
    return _COLOURS.get(outcome, "grey")


@register.filter
def of(names, login):
    """The name of whoever has this login."""
    return names.get(login, "a deleted login")
