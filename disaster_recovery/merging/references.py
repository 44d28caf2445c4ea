"""What hangs together in a merged plan: circles of dependencies, and who needs whom."""

from collections import deque
from collections.abc import Iterable, Mapping

from disaster_recovery.merging.layers import Name

Graph = Mapping[str, Iterable[str]]


def circle(graph: Graph, key: str, added: Iterable[str]) -> tuple[str, ...]:
    """The shortest way from a key over an added edge back to it, or nothing."""
    ways = [way for new in added if (way := _way(graph, new, key))]
    return (key, *min(ways, key=len)) if ways else ()


def _way(graph, start, goal):
    """Keys from start to goal, both told."""
    came, waiting = {start: None}, deque([start])
    while waiting:
        key = waiting.popleft()
        if key == goal:
            return _back(came, key)
        for further in sorted(graph.get(key, ())):
            if further not in came:
                came[further] = key
                waiting.append(further)
    return ()


def _back(came, key):
    way = []
    while key is not None:
        way.append(key)
        key = came[key]
    return tuple(reversed(way))


def needed_by(
    told: Mapping[Name, Mapping[str, object]], references: Mapping[str, str]
) -> dict[Name, tuple[Name, ...]]:
    """Who refers to what, from the fields each tells of itself."""
    found: dict[Name, list[Name]] = {}
    for name, fields in told.items():
        for field, kind in references.items():
            value = fields.get(field) or ()
            for key in (value,) if isinstance(value, str) else value:
                found.setdefault((kind, key), []).append(name)
    return {name: tuple(dict.fromkeys(who)) for name, who in found.items()}
