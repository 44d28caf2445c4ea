"""How telephone numbers and times are written on every page."""

import re

from django import template
from django.utils import timezone

from partners.working_pattern import clock

register = template.Library()
register.filter("clock", clock)

_EXTENSION = re.compile(r" ?(?:ext|x)\.? ?(\d+)$")


@register.filter
def dial(number):
    """The number as a tel: address takes it, its extension apart."""
    main, *extension = _EXTENSION.split(number)[:2]
    digits = re.sub(r"[ ()-]", "", main)
    return f"{digits};ext={extension[0]}" if extension else digits


@register.filter
def moment(at):
    """A moment in Lincolnshire: 5:30pm on 22 November 2026."""
    local = timezone.localtime(at)
    return f"{clock(local.time())} on {local:%-d %B %Y}"
