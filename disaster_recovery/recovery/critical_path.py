"""The passes over who waits for whom that give the times, in hours."""

from collections.abc import Container, Iterable, Mapping
from fractions import Fraction

from disaster_recovery.recovery.dependencies import (
    Graph,
    Name,
    Service,
    Task,
    hours,
    in_order,
)

NOTHING = Fraction(0)


class CriticalPath:
    """When each task and service is done: at best, at worst, at latest, and alone.

    `best` and `worst` are the lengths of the tasks; a service takes no time itself.
    """

    def __init__(
        self,
        told: Graph,
        services: Mapping[Name, Service],
        tasks: Mapping[Name, Task],
    ) -> None:
        self.told = told
        # A service is told as soon as it is back, before another task is begun.
        places = {name: (1, t.position, t.key) for name, t in tasks.items()}
        places |= {name: (0, s.position, s.key) for name, s in services.items()}
        self.ordered = [*in_order(told, places)]
        self.best = {name: hours(t.expected or 0) for name, t in tasks.items()}
        self.worst = {
            name: max(self.best[name], hours(t.pessimistic or 0))
            for name, t in tasks.items()
        }
        self.starts, self.finishes = self._forward(self.best)
        _, self.worst_finishes = self._forward(self.worst)
        self.latest = self._back()
        self.alone = self._one_after_another()

    def chain(self, names: Iterable[Name]) -> tuple[str, ...]:
        """The keys of the tasks whose lengths make the last finish of these."""
        found: list[str] = []
        while names := [*names]:
            last = max(names, key=self.finishes.__getitem__)
            if last in self.best:
                found.append(last[1])
            names = self.told[last]
        return tuple(reversed(found))

    def waited_for(self, names: Container[Name]) -> dict[Name, set[Name]]:
        """Each with those of these names that it waits for, however far, or is."""
        found: dict[Name, set[Name]] = {}
        for name in self.ordered:
            itself = {name} if name in names else set()
            found[name] = itself.union(*(found[one] for one in self.told[name]))
        return found

    def _forward(self, lengths: Mapping[Name, Fraction]):
        starts: dict[Name, Fraction] = {}
        finishes: dict[Name, Fraction] = {}
        for name in self.ordered:
            before = (finishes[one] for one in self.told[name])
            starts[name] = max(before, default=NOTHING)
            finishes[name] = starts[name] + lengths.get(name, NOTHING)
        return starts, finishes

    def _back(self) -> dict[Name, Fraction]:
        """By when each must be done so that the whole ends no later for it."""
        end = max(self.finishes.values(), default=NOTHING)
        latest = dict.fromkeys(self.ordered, end)
        for name in reversed(self.ordered):
            begun = latest[name] - self.best.get(name, NOTHING)
            for before in self.told[name]:
                latest[before] = min(latest[before], begun)
        return latest

    def _one_after_another(self) -> dict[Name, Fraction]:
        """When each is done if one person does every task, in this order."""
        done: dict[Name, Fraction] = {}
        now = NOTHING
        for name in self.ordered:
            now += self.worst.get(name, NOTHING)
            before = (done[one] for one in self.told[name])
            done[name] = now if name in self.worst else max(before, default=NOTHING)
        return done


def of_kind(kind: str, names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(name for name in names if name[0] == kind)
