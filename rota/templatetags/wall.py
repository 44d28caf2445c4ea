"""Times of a rota, for templates."""

from django import template

from rota import formatting

register = template.Library()
for name in (
    *("wall", "wall_day", "wall_when", "wall_span", "wall_input", "wall_until"),
    "hours",
):
    register.filter(name, getattr(formatting, name))
