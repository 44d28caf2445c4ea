"""Times on the wall and the instants they stand for, where clocks change too.

Times are kept in UTC. A time the clock skips in spring stands for the first instant
after the gap; one it shows twice in autumn begins a duty at the first and ends one at
the second, so that there is never an hour that nobody has.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MIDNIGHT = time(0)


def begins(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which something begins that is planned for this time."""
    return _instant(datetime.combine(day, at), zone, 0)


def ends(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which something ends that is planned until this time."""
    return _instant(datetime.combine(day, at), zone, 1)


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC."""
    return begins(day, MIDNIGHT, zone)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same instant as the clock on the wall shows it."""
    return moment.astimezone(zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The local day an instant falls on."""
    return moment.astimezone(zone).date()


def _instant(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    first, second = (wall.replace(tzinfo=zone, fold=f) for f in (0, 1))
    # A time that the clock skips: read the second way it comes before the first.
    if second.astimezone(UTC) < first.astimezone(UTC):
        return _change_between(second.astimezone(UTC), first.astimezone(UTC), zone)
    return (second if fold else first).astimezone(UTC)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, to the second, that has the offset of `after`."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
