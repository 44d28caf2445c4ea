"""Partners by the names people call them: Boston, Lincoln City, NKDC."""

from collections.abc import Mapping, Sequence

from skills.matching.exact import in_any_order
from skills.matching.initials import initialisms
from skills.matching.text import STOPWORDS, tokens

# Words that say what kind of body a partner is, not which one.
_BODY = frozenset(
    ["borough", "city", "council", "district", "foundation", "nhs", "trust"]
)
_SHORTEST_INITIALS = 3


class PartnerIndex:
    """Partners by any of their names, in any order, or by initials."""

    def __init__(self, partners: Mapping[int, Sequence[str]]):
        self._partners: dict[str, int] = {}
        short: dict[str, set[int]] = {}
        for partner_id, names in partners.items():
            for name in names:
                words = tokens(name)
                self._name(words, partner_id)
                for key in _shorter(words):
                    short.setdefault(key, set()).add(partner_id)
        for key, ids in short.items():
            if len(ids) == 1:
                self._partners.setdefault(key, *ids)

    def _name(self, words: list[str], partner_id: int) -> None:
        if words:
            self._partners.setdefault("".join(words), partner_id)
            self._partners.setdefault(in_any_order(words), partner_id)

    def find(self, words: Sequence[str]) -> int | None:
        """The partner these words name, if any."""
        found = self._partners.get("".join(words))
        return found or self._partners.get(in_any_order(words))


def _shorter(words: list[str]) -> set[str]:
    """Keys of a name without what kind of body it is, and its initials."""
    distinctive = [w for w in words if w not in STOPWORDS]
    bare = [w for w in distinctive if w not in _BODY]
    without_council = [w for w in distinctive if w != "council"]
    keys = {in_any_order(kept) for kept in (bare, without_council) if kept}
    return keys | {k for k in initialisms(words) if len(k) >= _SHORTEST_INITIALS}
