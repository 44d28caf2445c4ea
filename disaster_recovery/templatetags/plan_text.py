"""Filters that show the texts and numbers of a plan."""

import re

from django import template
from django.utils.safestring import mark_safe

from disaster_recovery.content import durations, schema
from disaster_recovery.content.markdown import html

register = template.Library()


@register.filter
def duration(minutes):
    """Minutes in words; empty where there are none."""
    return durations.in_words(minutes) if isinstance(minutes, int) else ""


@register.filter
def markdown(text, top=4):
    """A text of a plan as HTML, with headings one level below its section's."""
    return mark_safe(html(str(text or ""), top))  # noqa: S308 - cleaned by nh3


@register.filter
def titles(keys, names):
    """The titles of objects named by their keys."""
    return [names.get(key, key) for key in keys or ()]


@register.filter
def scenario(key):
    return schema.SCENARIOS.get(key, key)


@register.filter
def sort(key):
    return schema.SORTS.get(key, key)


@register.filter
def verdict_colour(verdict):
    """The colour of a GOV.UK tag for red, amber, green or unknown."""
    return {"amber": "yellow", "unknown": "grey"}.get(verdict, verdict)


@register.filter
def plain_markdown(text, top=3):
    """The same without links, for paper and for machines without a network."""
    return mark_safe(html(str(text or ""), top, has_links=False))  # noqa: S308 - as above


@register.filter
def css_text(text):
    """A text for a quoted CSS string: letters that could end it are escaped."""
    plain = re.sub(r"[^\w .,:;()’-]", lambda m: f"\\{ord(m[0]):x} ", str(text))
    return mark_safe(plain)  # noqa: S308 - only letters, digits and these signs stay
