"""How telephone numbers and moments are written on every page and in every message."""

import re

from django.utils import timezone

from partners.working_pattern import clock

_EXTENSION = re.compile(r" ?(?:ext|x)\.? ?(\d+)$")


def dial(number):
    """The number as a tel: address takes it, its extension apart."""
    main, *extension = _EXTENSION.split(number)[:2]
    digits = re.sub(r"[ ()-]", "", main)
    return f"{digits};ext={extension[0]}" if extension else digits


def moment(at):
    """A moment in Lincolnshire: 5:30pm on 22 November 2026."""
    local = timezone.localtime(at)
    return f"{clock(local.time())} on {local:%-d %B %Y}"
