"""Canonical JSON of a plan, of which fingerprints are taken."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def canonical_json(
    objects: Iterable[Mapping[str, Any]], **about: Mapping[str, Any] | str | int
) -> str:
    """JSON with sorted keys and no spaces; objects ordered by kind and key.

    Each object is a mapping with at least `kind` and `key`; `about` describes the
    whole, such as supersedes=… or number=….
    """
    ordered = sorted(objects, key=lambda thing: (thing["kind"], thing["key"]))
    return json.dumps(
        {**about, "objects": [dict(thing) for thing in ordered]},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def fingerprint(text: str) -> str:
    """The SHA-256 of a text as UTF-8, in 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()
