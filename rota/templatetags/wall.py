"""Times as the clock on the wall of a rota shows them."""

from datetime import timedelta

from django import template

from partners.working_pattern import clock as said
from rota.scheduling import clock

register = template.Library()
_INSTANT = timedelta(microseconds=1)


@register.filter
def wall(moment, rota):
    """5:30pm."""
    return said(clock.local(moment, rota.zone).time())


@register.filter
def wall_day(moment, rota):
    """Monday 23 November 2026."""
    return f"{clock.local(moment, rota.zone):%A %-d %B %Y}"


@register.filter
def wall_when(moment, rota):
    """5:30pm on Monday 23 November 2026."""
    return f"{wall(moment, rota)} on {wall_day(moment, rota)}"


@register.filter
def wall_span(thing, rota):
    """When something is: 5:30pm on Monday 23 November 2026 to 9am on Tuesday.

    The end is told with its date where it is a week later or more.
    """
    first = clock.local(thing.starts_at, rota.zone)
    last = clock.local(thing.ends_at, rota.zone)
    until = said(last.time())
    if clock.local_day(thing.ends_at - _INSTANT, rota.zone) != first.date():
        is_near = (last.date() - first.date()).days < 7
        until += f" on {last:%A}" if is_near else f" on {last:%A %-d %B %Y}"
    return f"{said(first.time())} on {first:%A %-d %B %Y} to {until}"


@register.filter
def hours(thing):
    """How long something is: “16 hours”, in real time and not by the clock."""
    number = (thing.ends_at - thing.starts_at).total_seconds() / 3600
    return f"{number:.3g} hour{'' if number == 1 else 's'}"


@register.filter
def wall_input(moment, rota):
    """2026-11-23T17:30, as addresses tell a time."""
    return f"{clock.local(moment, rota.zone):%Y-%m-%dT%H:%M}"


@register.filter
def wall_until(thing, rota):
    """When something ends: “9am”, or with its day if that is not the next one."""
    first = clock.local(thing.starts_at, rota.zone)
    last = clock.local(thing.ends_at, rota.zone)
    is_near = (last.date() - first.date()).days < 2
    return said(last.time()) + ("" if is_near else f" on {last:%A %-d %B}")
