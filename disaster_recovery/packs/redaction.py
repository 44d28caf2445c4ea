"""A pack as bytes: what each variant withholds, and a ZIP the same every time."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from disaster_recovery.content.effective import Effective

MANIFEST = "MANIFEST.sha256"
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
class Known:
    """Values of parameters by key and names of people, which some packs mask."""

    values: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


Redact = Callable[[Effective, "Known"], Effective]


@dataclass(frozen=True, slots=True)
class Variant:
    """What one kind of pack tells, and to whom."""

    marking: str
    redact: Redact
    withheld: tuple[str, ...] = ()
    names_people: bool = False
    has_mobiles: bool = False
    has_contacts: bool = True
    names_approver: bool = True
    # The keys of parameters it may tell: all but these, or only these.
    hidden_values: frozenset[str] = frozenset()
    only_values: frozenset[str] | None = None

    def values_told(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values of parameters that this kind of pack may tell."""
        told = self.only_values if self.only_values is not None else set(values)
        return {
            key: value
            for key, value in values.items()
            if key in told and key not in self.hidden_values
        }


def redacted(
    objects: Iterable[Effective], variant: Variant, known: Known
) -> tuple[Effective, ...]:
    """The objects as a variant tells them; those that were removed are left out."""
    return tuple(variant.redact(o, known) for o in objects if o.state != "removed")


def _whole(one: Effective, known: Known) -> Effective:
    return one


def _without_spending_limits(one: Effective, known: Known) -> Effective:
    return _without_text(one) if one.key == "authority" else one


def _without_text(one: Effective) -> Effective:
    fields = {name: v for name, v in one.fields.items() if name in ("title", "parent")}
    return replace(one, fields={**fields, "body": WITHHELD}, addendum="", reason="")


def _bare(one: Effective, known: Known) -> Effective:
    fields = {n: value for n, value in one.fields.items() if n in _PUBLIC_FIELDS}
    return replace(one, fields=fields, addendum="", reason="", generic={})


def _for_partners(one: Effective, known: Known) -> Effective:
    if one.key in _CONFIDENTIAL:
        return _without_text(one)
    secrets = [value for key, value in known.values.items() if key in _SECRET_VALUES]
    words = frozenset(word for word in (*secrets, *known.names) if len(word) > 3)
    patterns = (_hidden(words), _NUMBER, _ADDRESS)
    fields = {name: _masked(value, patterns) for name, value in one.fields.items()}
    return replace(
        one,
        fields=fields,
        addendum=_masked(one.addendum, patterns),
        reason=_masked(one.reason, patterns),
    )


@cache
def _hidden(words: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _masked(value: Any, patterns: Iterable[re.Pattern[str]]) -> Any:
    if isinstance(value, list):
        return [_masked(item, patterns) for item in value]
    if isinstance(value, str):
        for pattern in patterns:
            value = pattern.sub(WITHHELD, value)
    return value


# A new kind of pack is a row here and a choice of PlanPack.Variant.


VARIANTS: Mapping[str, Variant] = {
    "full": Variant("OFFICIAL-SENSITIVE", _whole, names_people=True, has_mobiles=True),
    "duty": Variant(
        "OFFICIAL-SENSITIVE",
        _without_spending_limits,
        ("The section on spending limits.",),
        names_people=True,
    ),
    "partner": Variant(
        "OFFICIAL: for partners only",
        _for_partners,
        (
            "The sections on contacts, spending limits and the recovery box.",
            "Names of people, phone numbers and e-mail addresses within the texts.",
            "Where keys, boxes and backups are kept, and the numbers of suppliers.",
        ),
        hidden_values=_SECRET_VALUES,
    ),
    "public": Variant(
        "OFFICIAL",
        _bare,
        (
            "All texts, owners, places, numbers and names, and times other than RTOs.",
            "What was left out of the plan, and why.",
        ),
        has_contacts=False,
        names_approver=False,
        only_values=_PUBLIC_VALUES,
    ),
}


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
