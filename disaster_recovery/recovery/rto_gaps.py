"""Whether the services are due back in an order that can be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from disaster_recovery.recovery.dependencies import Hours, Service, hours


class Verdict(StrEnum):
    """How something stands; unknown is never good."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """A service that is due back before, or just when, what it depends on is."""

    service: Service
    dependency: Service
    verdict: Verdict


def rto_gaps(services: Iterable[Service]) -> list[Gap]:
    """Services whose RTO (hours) is shorter than that of what they depend on (red),
    equal (amber), or missing on either side (unknown).

    Behind a dependency without an RTO its own dependencies are looked at. Of unknown
    keys nothing is said.
    """
    known = {one.key: one for one in services}
    pairs = ((s, d) for s in known.values() for d in _depended_on(s, known))
    told = [Gap(s, d, _compared(s.rto, d.rto)) for s, d in pairs]
    return [gap for gap in told if gap.verdict != Verdict.GREEN]


def _depended_on(service: Service, known: Mapping[str, Service]) -> list[Service]:
    found: dict[str, Service] = {}
    waiting = [*service.depends_on]
    while waiting:
        key = waiting.pop(0)
        if key in known and key not in found and key != service.key:
            found[key] = known[key]
            waiting += known[key].depends_on if known[key].rto is None else ()
    return [*found.values()]


def _compared(rto: Hours | None, other: Hours | None) -> Verdict:
    if rto is None or other is None:
        return Verdict.UNKNOWN
    mine, theirs = hours(rto), hours(other)
    if mine == theirs:
        return Verdict.AMBER
    return Verdict.RED if mine < theirs else Verdict.GREEN
