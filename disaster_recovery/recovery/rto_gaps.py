"""Compares the RTO of each service with those of the services it depends on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from disaster_recovery.recovery.dependencies import Service, hours


class Verdict(StrEnum):
    """Red, amber or green; unknown is never good."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """A service due back before, or at the same time as, what it depends on."""

    service: Service
    dependency: Service
    verdict: Verdict


def rto_gaps(services: Iterable[Service]) -> list[Gap]:
    """Services whose RTO (hours) is shorter than that of what they depend on (red),
    equal (amber), or missing on either side (unknown).

    Where a dependency has no RTO, its own dependencies are compared too. Unknown keys
    are ignored.
    """
    known = {service.key: service for service in services}
    gaps = []
    for service in known.values():
        for dependency in _dependencies(service, known):
            verdict = Verdict.UNKNOWN
            if service.rto is not None and dependency.rto is not None:
                own, needed = hours(service.rto), hours(dependency.rto)
                verdict = Verdict.AMBER if own == needed else Verdict.RED
                if own > needed:
                    continue
            gaps.append(Gap(service, dependency, verdict))
    return gaps


def _dependencies(service: Service, known: Mapping[str, Service]) -> list[Service]:
    dependencies: dict[str, Service] = {}
    waiting = [*service.depends_on]
    while waiting:
        key = waiting.pop(0)
        if key in known and key not in dependencies and key != service.key:
            dependencies[key] = known[key]
            waiting += known[key].depends_on if known[key].rto is None else ()
    return [*dependencies.values()]
