"""How times, lengths and turns of a rota are written, by the clock where it is."""

from datetime import datetime, timedelta

from partners.models import Weekday
from partners.working_pattern import clock as clock_time
from rota.scheduling import clock

_INSTANT = timedelta(microseconds=1)
WEEK = [*Weekday.values]
WORKDAYS, WEEKEND = WEEK[:5], WEEK[5:]
_TOGETHER = {
    tuple(WEEK): "every day",
    tuple(WORKDAYS): "Monday to Friday",
    tuple(WEEKEND): "Saturday and Sunday",
}
_LATER = {0: "", 1: " the next day"}


def wall(moment, rota):
    """5:30pm."""
    return clock_time(clock.local(moment, rota.zone).time())


def wall_day(moment, rota):
    """Monday 23 November 2026."""
    return f"{clock.local(moment, rota.zone):%A %-d %B %Y}"


def wall_when(moment, rota):
    """5:30pm on Monday 23 November 2026."""
    return f"{wall(moment, rota)} on {wall_day(moment, rota)}"


def wall_span(thing, rota):
    """When something is: 5:30pm on Monday 23 November 2026 to 9am on Tuesday.

    The end is told with its date where it is a week later or more.
    """
    first = clock.local(thing.starts_at, rota.zone)
    last = clock.local(thing.ends_at, rota.zone)
    until = clock_time(last.time())
    if clock.local_day(thing.ends_at - _INSTANT, rota.zone) != first.date():
        is_near = (last.date() - first.date()).days < 7
        until += f" on {last:%A}" if is_near else f" on {last:%A %-d %B %Y}"
    return f"{clock_time(first.time())} on {first:%A %-d %B %Y} to {until}"


def hours(thing):
    """How long something is: “16 hours”, in real time and not by the clock."""
    number = (thing.ends_at - thing.starts_at).total_seconds() / 3600
    return f"{number:.3g} hour{'' if number == 1 else 's'}"


def wall_input(moment, rota):
    """2026-11-23T17:30, as addresses tell a time."""
    return f"{clock.local(moment, rota.zone):%Y-%m-%dT%H:%M}"


def wall_until(thing, rota):
    """When something ends: “9am”, or with its day if that is not the next one."""
    first = clock.local(thing.starts_at, rota.zone)
    last = clock.local(thing.ends_at, rota.zone)
    is_near = (last.date() - first.date()).days < 2
    return clock_time(last.time()) + ("" if is_near else f" on {last:%A %-d %B}")


def weekdays(days):
    """Monday to Friday."""
    days = tuple(sorted(days))
    return _TOGETHER.get(days) or ", ".join(Weekday(day).label for day in days)


def clock_span(demand):
    """5pm to 9am the next day."""
    begins = datetime.combine(datetime.min, demand.starts_at)
    ends = begins + demand.length
    later = (ends.date() - begins.date()).days
    words = _LATER.get(later, f" {later} days later")
    return f"{clock_time(begins.time())} to {clock_time(ends.time())}{words}"


def more_or_less(hours):
    """+16, −15.5 or 0."""
    sign = {True: "+", False: "−"}[hours > 0] if hours else ""
    return f"{sign}{abs(hours):g}"


def turn_length(rotation):
    """A week, or 2 weeks."""
    if rotation.every == 1:
        return f"one {rotation.unit}"
    return f"{rotation.every} {rotation.unit}s"
