"""One object merged field by field: texts, numbers, keys, order and what is fixed."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from disaster_recovery.merging.layers import FIXED, MANDATORY, ORDER, Kind, Name, Value
from disaster_recovery.merging.text_merge import TextConflict, merge_text

# Cautious estimates are high ones; elsewhere (tier, RTO, RPO, MTPD…) less is stricter.
HIGHER_IS_STRICTER = frozenset({"people", "expected", "pessimistic"})


class Verdict(StrEnum):
    """What becomes of a field."""

    UNCHANGED = "unchanged"
    OURS = "ours"
    THEIRS = "theirs"
    CONVERGED = "converged"
    MERGED = "merged"
    DECLINED = "declined"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """A field before, ours and now, and what they make.

    In conflict `merged` is None and `suggestion` is what we propose, if anything:
    the stricter number, or for a cycle our own keys. `conflicts` are the places in a
    text, `cycle` the keys that would depend on each other in a circle.
    """

    name: str
    base: Value
    ours: Value
    theirs: Value
    verdict: Verdict
    merged: Value = None
    suggestion: Value = None
    conflicts: tuple[TextConflict, ...] = ()
    cycle: tuple[str, ...] = ()
    change: str = ""

    @property
    def is_changed_upstream(self) -> bool:
        return self.base != self.theirs

    @property
    def is_changed_here(self) -> bool:
        return self.base != self.ours


def fingerprint(name: Name, *what: object) -> str:
    """SHA-256 of a change, the same whichever version it was made against."""
    told = json.dumps([*map(str, name), *what], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def merge_fields(
    name: Name,
    base: Mapping[str, Value],
    ours: Mapping[str, Value],
    theirs: Mapping[str, Value],
    declined: frozenset[str],
) -> tuple[FieldMerge, ...]:
    """Every field that either side changed, each merged by what it holds."""
    found = []
    for field in dict.fromkeys((*base, *theirs, *ours)):
        three = base.get(field), ours.get(field), theirs.get(field)
        if three[0] == three[1] == three[2]:
            continue
        found.append(_merged(name, field, three, declined))
    return tuple(found)


def _merged(name, field, three, declined):
    base, ours, theirs = three
    change = fingerprint(name, field, theirs) if base != theirs else ""
    may_decline = field not in FIXED
    if change in declined and may_decline:
        how = {"verdict": Verdict.DECLINED, "merged": ours}
    else:
        how = _outcome(name[0], field, base, ours, theirs)
    return FieldMerge(field, base, ours, theirs, change=change, **how)


def _outcome(kind, field, base, ours, theirs):
    if base == ours:
        return {"verdict": Verdict.THEIRS, "merged": theirs}
    if base == theirs:
        return {"verdict": Verdict.OURS, "merged": ours}
    if ours == theirs:
        return {"verdict": Verdict.CONVERGED, "merged": ours}
    if field == MANDATORY:
        return {"verdict": Verdict.THEIRS, "merged": theirs}
    if field in ORDER or kind == Kind.PARAMETER:
        return {"verdict": Verdict.OURS, "merged": ours}
    return _way(base, ours, theirs)(field, base, ours, theirs)


def _way(*three: Value) -> Callable[..., dict]:
    """How such values are merged; nothing at all goes with any of them."""
    told = [value for value in three if value is not None]
    if all(isinstance(value, str) for value in told):
        return _texts
    if all(isinstance(value, tuple) for value in told):
        return _keys
    if all(_is_number(value) for value in told):
        return _numbers
    return _others


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _texts(field, base, ours, theirs):
    merged = merge_text(base or "", ours or "", theirs or "")
    if merged.text is None:
        return {"verdict": Verdict.CONFLICT, "conflicts": merged.conflicts}
    return {"verdict": Verdict.MERGED, "merged": merged.text or None}


def _keys(field, base, ours, theirs):
    base, ours, theirs = (set(value or ()) for value in (base, ours, theirs))
    kept = (ours & theirs) | (ours - base) | (theirs - base)
    return {"verdict": Verdict.MERGED, "merged": tuple(sorted(kept)) or None}


def _numbers(field, base, ours, theirs):
    told = [value for value in (ours, theirs) if value is not None]
    stricter = max(told) if field in HIGHER_IS_STRICTER else min(told)
    return {"verdict": Verdict.CONFLICT, "suggestion": stricter}


def _others(field, base, ours, theirs):
    return {"verdict": Verdict.CONFLICT}
