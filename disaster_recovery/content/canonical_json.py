"""One way to write a plan down, whatever wrote it: what a fingerprint is taken of."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def canonical_json(
    objects: Iterable[Mapping[str, Any]], **said: Mapping[str, Any] | str | int
) -> str:
    """JSON with sorted keys and no blanks; objects ordered by kind and key.

    Each object is a mapping with at least `kind` and `key`; `said` is what is told of
    the whole, such as supersedes=… or number=….
    """
    ordered = sorted(objects, key=lambda one: (one["kind"], one["key"]))
    return _written({**said, "objects": [dict(one) for one in ordered]})


def fingerprint(text: str) -> str:
    """The SHA-256 of a text as UTF-8, in 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _written(value):
    blanks = (",", ":")
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=blanks)
