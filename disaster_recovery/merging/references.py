"""References in a merged plan: cycles of dependencies, and who needs whom."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from disaster_recovery.content.objects import Name
from disaster_recovery.content.schema import references

Graph = Mapping[str, Iterable[str]]


def find_cycle(graph: Graph, key: str, added: Iterable[str]) -> tuple[str, ...]:
    """The shortest path from a key over an added edge back to it, or nothing."""
    paths = [path for new in added if (path := _shortest_path(graph, new, key))]
    return (key, *min(paths, key=len)) if paths else ()


def _shortest_path(graph: Graph, start: str, goal: str) -> tuple[str, ...]:
    """The keys from start to goal, both included, breadth first."""
    came_from: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        key: str | None = waiting.popleft()
        if key == goal:
            path = []
            while key is not None:
                path.append(key)
                key = came_from[key]
            return tuple(reversed(path))
        for neighbour in sorted(graph.get(key or "", ())):
            if neighbour not in came_from:
                came_from[neighbour] = key
                waiting.append(neighbour)
    return ()


def needed_by(
    objects: Mapping[Name, Mapping[str, Any]],
) -> dict[Name, tuple[Name, ...]]:
    """Who refers to each object, by the fields of all objects."""
    referring: dict[Name, dict[Name, None]] = {}
    for name, fields in objects.items():
        for field, kind in references(name[0]).items():
            value = fields.get(field) or ()
            for key in (value,) if isinstance(value, str) else value:
                referring.setdefault((kind, key), {})[name] = None
    return {name: tuple(names) for name, names in referring.items()}
