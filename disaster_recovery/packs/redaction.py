"""A pack as bytes: what each variant withholds, and a ZIP the same every time."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from disaster_recovery.content.effective import Effective

MANIFEST = "MANIFEST.sha256"
FULL, DUTY, PARTNER, PUBLIC = "full", "duty", "partner", "public"
MARKINGS = {
    FULL: "OFFICIAL-SENSITIVE",
    DUTY: "OFFICIAL-SENSITIVE",
    PARTNER: "OFFICIAL: for partners only",
    PUBLIC: "OFFICIAL",
}
WITHHELD = "[withheld]"
# Sections that name people, places of keys, or how much anybody may spend.
_CONFIDENTIAL = frozenset({"contacts", "authority", "appendix-box"})
# Values of parameters that only the partner itself needs.
_SECRET_VALUES = frozenset(
    {
        *("recovery_box", "safe", "offline_backup", "server_room", "paper_copies"),
        *("lead_spending_limit", "director_spending_limit", "insurer_number"),
        *("cascade_number", "carrier_number", "power_fault_number"),
    }
)
_PUBLIC_VALUES = frozenset({"council_name", "main_number"})
_PUBLIC_FIELDS = frozenset({"title", "parent", "tier", "rto", "phase"})
_NUMBER = re.compile(r"(?<![\w.])(?:\+44|0)(?:[ ()-]?\d){9,10}(?!\w)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a variant says, and sentences about what it does not."""

    objects: tuple[Effective, ...]
    withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What must not be told: the values of parameters by key, and names of people."""

    values: Mapping[str, str] = field(default_factory=dict)
    names: Iterable[str] = ()


def redacted(objects: Iterable[Effective], variant: str, known: Known) -> Redacted:
    """The objects as a variant tells them; those that were removed are not told."""
    live = [one for one in objects if one.state != "removed"]
    if variant == FULL:
        return Redacted(tuple(live), ())
    if variant == DUTY:
        kept = [_without_text(o) if o.key == "authority" else o for o in live]
        return Redacted(tuple(kept), ("The section on spending limits.",))
    if variant == PUBLIC:
        return Redacted(tuple(map(_bare, live)), _OF_PUBLIC)
    hidden = _hidden(known, _SECRET_VALUES)
    kept = [_for_partners(one, hidden) for one in live]
    return Redacted(tuple(kept), _OF_PARTNER)


_OF_PUBLIC = (
    "All texts, times other than recovery times, owners, places, numbers and names.",
    "What was left out of the plan, and why.",
)
_OF_PARTNER = (
    "The sections on contacts, spending limits and the recovery box.",
    "Names of people, telephone numbers and e-mail addresses within the texts.",
    "Where keys, boxes and backups are kept, and the numbers of suppliers.",
)


def _hidden(known, keys):
    values = [value for key, value in known.values.items() if key in keys]
    words = {word for word in (*values, *known.names) if len(word) > 3}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _for_partners(one, hidden):
    if one.key in _CONFIDENTIAL:
        return _without_text(one)

    def told(value):
        if isinstance(value, str):
            for pattern in (hidden, _NUMBER, _ADDRESS):
                value = pattern.sub(WITHHELD, value)
            return value
        return [told(item) for item in value] if isinstance(value, list) else value

    fields = {name: told(value) for name, value in one.fields.items()}
    return replace(
        one, fields=fields, addendum=told(one.addendum), reason=told(one.reason)
    )


def _without_text(one):
    fields = {name: v for name, v in one.fields.items() if name in ("title", "parent")}
    return replace(one, fields={**fields, "body": WITHHELD}, addendum="", reason="")


def _bare(one):
    fields = {n: value for n, value in one.fields.items() if n in _PUBLIC_FIELDS}
    return replace(one, fields=fields, addendum="", reason="", generic={})


def values_told(values: Mapping[str, str], variant: str) -> dict[str, str]:
    """The values of parameters that a variant may tell."""
    if variant in (FULL, DUTY):
        return dict(values)
    if variant == PUBLIC:
        return {key: value for key, value in values.items() if key in _PUBLIC_VALUES}
    return {key: value for key, value in values.items() if key not in _SECRET_VALUES}


def zipped(files: Mapping[str, bytes], when: datetime) -> bytes:
    """The files in their order, with a manifest that `sha256sum -c` reads.

    Nothing is compressed and every date is `when`, so the same files make the same
    bytes on every machine.
    """
    sums = [f"{sha256(said).hexdigest()}  {name}\n" for name, said in files.items()]
    whole = {**files, MANIFEST: "".join(sums).encode()}
    date = (max(when.year, 1980), *when.timetuple()[1:5], when.second // 2 * 2)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, said in whole.items():
            about = zipfile.ZipInfo(name, date)
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, said)
    return made.getvalue()
