"""Rest between duties, counted in UTC from the instants at which they end and begin.

Working Time Regulations 1998, regulation 10: eleven hours in a row in each 24.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

LEAST_REST = timedelta(hours=11)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Time on duty, aware and half-open."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ShortRest:
    """Two stretches of duty with too little rest between them."""

    before: Stretch
    after: Stretch

    @property
    def rest(self) -> timedelta:
        return self.after.starts_at - self.before.ends_at


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in order, where what meets or overlaps is one stretch."""
    found: list[Stretch] = []
    for stretch in sorted(stretches):
        if found and stretch.starts_at <= found[-1].ends_at:
            last = found[-1]
            ends_at = max(last.ends_at, stretch.ends_at)
            found[-1] = Stretch(last.starts_at, ends_at)
        else:
            found.append(stretch)
    return found


def short_rests(
    stretches: Iterable[Stretch], least: timedelta = LEAST_REST
) -> list[ShortRest]:
    """Every rest that is shorter than it has to be, in order."""
    pairs = pairwise(joined(stretches))
    return [ShortRest(a, b) for a, b in pairs if b.starts_at - a.ends_at < least]


def rest_broken_by(
    new: Stretch, others: Iterable[Stretch], least: timedelta = LEAST_REST
) -> list[ShortRest]:
    """The short rests that end as a new stretch begins, or begin as it ends.

    A rest that was short already, at the far end of a run of duty that the new
    stretch only makes longer, is not its doing.
    """
    return [
        short
        for short in short_rests([new, *others], least)
        if short.before.ends_at == new.ends_at or short.after.starts_at == new.starts_at
    ]
