"""What a search found, how sure it is, and why it is there."""

from dataclasses import dataclass
from enum import IntEnum

_KINDS = {
    "abbreviation": "abbreviation of",
    "former name": "former name of",
    "vendor name": "vendor name of",
    "misspelling": "common misspelling of",
}
_OTHER_KIND = "listed under"


class Grade(IntEnum):
    """How sure a match is; the order is the ranking."""

    EXACT = 5
    INITIALS = 4
    WORDS = 3
    CLOSE = 2
    LOOSE = 1


@dataclass(frozen=True, slots=True)
class Match:
    """One skill that words may mean, and what made us think so."""

    skill_id: int
    grade: Grade
    score: float
    matched: str
    kind: str
    typed: str = ""

    @property
    def is_confident(self) -> bool:
        return self.grade >= Grade.CLOSE

    def why(self, skill_name: str) -> str:
        """Say in plain English why a skill called `skill_name` is shown."""
        if self.grade <= Grade.CLOSE:
            verb = "read as" if self.is_confident else "is a little like"
            return f"‘{self.typed}’ {verb} ‘{self.matched}’{self._of(skill_name)}"
        if self.grade is Grade.INITIALS:
            return f"matched ‘{self.typed}’, the initials of {self.matched}"
        if self.grade is Grade.WORDS and self.typed:
            return self._why_words(skill_name)
        if self.kind == "name":
            return f"matched the name {skill_name}"
        return f"matched ‘{self.matched}’{self._of(skill_name)}"

    def _why_words(self, skill_name: str) -> str:
        if self.kind == "name":
            return f"matched ‘{self.typed}’ in {skill_name}"
        return f"matched ‘{self.typed}’ in ‘{self.matched}’{self._of(skill_name)}"

    def _of(self, skill_name: str) -> str:
        """ ", former name of Microsoft Configuration Manager"; nothing for a name."""
        if self.kind == "name":
            return ""
        return f", {_KINDS.get(self.kind, _OTHER_KIND)} {skill_name}"


@dataclass(frozen=True, slots=True)
class Term:
    """One skill somebody asked for, with everything the words may mean."""

    text: str
    matches: tuple[Match, ...]
    is_choice: bool = False

    @property
    def wanted(self) -> tuple[Match, ...]:
        """The matches of the best grade: what the words ask for."""
        best = max((match.grade for match in self.matches), default=None)
        return tuple(match for match in self.matches if match.grade == best)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a whole query means: skills, partners, and words left over."""

    query: str
    terms: tuple[Term, ...] = ()
    partners: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    suggestions: tuple[Match, ...] = ()
    not_understood: tuple[str, ...] = ()

    def ranked(self) -> list[Match]:
        """All matches best first: confident ones, then suggestions."""
        found = [match for term in self.terms for match in term.matches]
        return best_first([*found, *self.suggestions])


def best_first(matches: list[Match]) -> list[Match]:
    """Order matches by grade and score, keeping the best of each skill."""
    unique: dict[int, Match] = {}
    for match in sorted(matches, key=lambda m: (-m.grade, -m.score)):
        unique.setdefault(match.skill_id, match)
    return list(unique.values())
