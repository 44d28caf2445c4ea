"""How well searches find what they should: hits and ranks over judged queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

DISCRIMINATE = "discriminate"
NO_MATCH = "no_match"
_SEPARATOR = "|"


class Found(Protocol):
    """What a search gave: a skill by name, and whether the search was sure."""

    skill_name: str
    is_confident: bool


Search = Callable[[str], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one query scored: a hit at first place, in five, and 1 / rank."""

    at_1: float
    at_5: float
    reciprocal: float


_HIT = Mark(1.0, 1.0, 1.0)
_MISS = Mark(0.0, 0.0, 0.0)


def report(
    rows: Iterable[Mapping[str, str]], search: Search
) -> dict[str, dict[str, float]]:
    """Score `search` over rows with `query`, `relevant_skills`, `kind` and
    `must_not_outrank`; skills in a cell are separated by "|".

    Gives n, hit_at_1, hit_at_5 and mrr (each 0 to 1), overall and by kind. A query
    of nothing relevant scores 1 when nothing found is confident; a discriminating
    one when a named skill stands first.
    """
    marks: dict[str, list[Mark]] = defaultdict(list)
    for row in rows:
        mark = marked(row, search(row["query"]))
        marks["overall"].append(mark)
        marks[row["kind"]].append(mark)
    marks.setdefault("overall", [])
    return {kind: _summary(given) for kind, given in marks.items()}


def marked(row: Mapping[str, str], found: Sequence[Found]) -> Mark:
    """What one query scored for what it found, best first."""
    if row["kind"] == NO_MATCH:
        return _MISS if any(match.is_confident for match in found) else _HIT
    names = list(dict.fromkeys(match.skill_name for match in found))
    rank = _first_rank(names, _skills(row["relevant_skills"]))
    if row["kind"] == DISCRIMINATE:
        outranked = _first_rank(names, _skills(row.get("must_not_outrank") or ""))
        is_told_apart = rank == 1 and (outranked is None or outranked > rank)
        return _HIT if is_told_apart else _MISS
    if rank is None:
        return _MISS
    return Mark(float(rank == 1), float(rank <= 5), 1 / rank)


def _skills(cell: str) -> set[str]:
    return {name.strip() for name in cell.split(_SEPARATOR) if name.strip()}


def _first_rank(names: Sequence[str], wanted: set[str]) -> int | None:
    ranks = (rank for rank, name in enumerate(names, 1) if name in wanted)
    return next(ranks, None)


def _summary(marks: Sequence[Mark]) -> dict[str, float]:
    return {
        "n": len(marks),
        "hit_at_1": _mean([mark.at_1 for mark in marks]),
        "hit_at_5": _mean([mark.at_5 for mark in marks]),
        "mrr": _mean([mark.reciprocal for mark in marks]),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
