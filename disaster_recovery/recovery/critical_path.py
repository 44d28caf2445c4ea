"""Times by the critical path method, in hours: passes over who waits for whom."""

from collections.abc import Container, Iterable, Mapping
from fractions import Fraction

from disaster_recovery.content.objects import Name
from disaster_recovery.recovery.dependencies import (
    Graph,
    Service,
    Task,
    hours,
    in_order,
)

NOTHING = Fraction(0)


class CriticalPath:
    """When each task and service is finished: at best, at worst, latest, and alone.

    `best` and `worst` are the lengths of the tasks; a service takes no time itself.
    """

    def __init__(
        self,
        graph: Graph,
        services: Mapping[Name, Service],
        tasks: Mapping[Name, Task],
    ) -> None:
        self.graph = graph
        # A service is back before another task begins.
        places = {name: (1, t.position, t.key) for name, t in tasks.items()}
        places |= {name: (0, s.position, s.key) for name, s in services.items()}
        self.ordered = [*in_order(graph, places)]
        self.best = {name: hours(t.expected or 0) for name, t in tasks.items()}
        self.worst = {
            name: max(self.best[name], hours(t.pessimistic or 0))
            for name, t in tasks.items()
        }
        self.starts, self.finishes = self._forward(self.best)
        _, self.worst_finishes = self._forward(self.worst)
        self.latest = self._latest()
        self.alone = self._alone()

    def chain(self, names: Iterable[Name]) -> tuple[str, ...]:
        """The keys of the tasks whose lengths determine when the last of these ends."""
        chain: list[str] = []
        while names := [*names]:
            last = max(names, key=self.finishes.__getitem__)
            if last in self.best:
                chain.append(last[1])
            names = self.graph[last]
        return tuple(reversed(chain))

    def waited_for(self, names: Container[Name]) -> dict[Name, set[Name]]:
        """Each with those of these names that it waits for, however far, or is."""
        waited: dict[Name, set[Name]] = {}
        for name in self.ordered:
            itself = {name} if name in names else set()
            waited[name] = itself.union(
                *(waited[before] for before in self.graph[name])
            )
        return waited

    def _forward(
        self, lengths: Mapping[Name, Fraction]
    ) -> tuple[dict[Name, Fraction], dict[Name, Fraction]]:
        """Earliest starts and finishes."""
        starts: dict[Name, Fraction] = {}
        finishes: dict[Name, Fraction] = {}
        for name in self.ordered:
            before = (finishes[earlier] for earlier in self.graph[name])
            starts[name] = max(before, default=NOTHING)
            finishes[name] = starts[name] + lengths.get(name, NOTHING)
        return starts, finishes

    def _latest(self) -> dict[Name, Fraction]:
        """When each must be finished at the latest, for the whole not to be delayed."""
        end = max(self.finishes.values(), default=NOTHING)
        latest = dict.fromkeys(self.ordered, end)
        for name in reversed(self.ordered):
            begun = latest[name] - self.best.get(name, NOTHING)
            for before in self.graph[name]:
                latest[before] = min(latest[before], begun)
        return latest

    def _alone(self) -> dict[Name, Fraction]:
        """When each is finished if one person does every task, in this order."""
        finished: dict[Name, Fraction] = {}
        now = NOTHING
        for name in self.ordered:
            now += self.worst.get(name, NOTHING)
            before = (finished[earlier] for earlier in self.graph[name])
            finished[name] = now if name in self.worst else max(before, default=NOTHING)
        return finished


def of_kind(kind: str, names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(name for name in names if name[0] == kind)
