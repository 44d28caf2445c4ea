"""What the words of a search mean: which skills, how sure, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skills.matching.common_words import is_everyday, is_stopword
from skills.matching.exact import KeyIndex, Name, Relaxation
from skills.matching.initials import InitialsIndex
from skills.matching.match import Grade, Match, Reading, Term, best_first
from skills.matching.phrases import PhraseIndex
from skills.matching.query import QueryParser
from skills.matching.scoring import graded, score_exact_match, score_phrase_match
from skills.matching.spelling import Speller, is_sure
from skills.matching.text import (
    STOPWORDS,
    canonical_spelling,
    normalise_key,
    stem,
    tokens,
)

__all__ = [
    "Catalogue",
    "CatalogueAlias",
    "CatalogueSkill",
    "Grade",
    "Match",
    "Reading",
    "Term",
    "normalise_key",
]

_OWN_NAME = 1.0
_ALIAS = 0.96
_BESIDE = re.compile(r"\(([^()]*)\)")
_MARGIN = 0.04
_SURE_RUN = 0.86
_LONG_RUN = 7
_BROAD = 0.6


@dataclass(frozen=True, slots=True)
class CatalogueSkill:
    """A skill as the catalogue names it."""

    id: int
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class CatalogueAlias:
    """Another name for a skill, and what kind of name it is."""

    skill_id: int
    text: str
    kind: str


class Catalogue:
    """Every skill and alias, indexed for reading searches."""

    def __init__(
        self,
        skills: Iterable[CatalogueSkill],
        aliases: Iterable[CatalogueAlias],
        partners: Mapping[int, Sequence[str]] | None = None,
    ):
        own = _own_names(list(skills))
        others = [
            Name(alias.skill_id, alias.text, alias.kind, _ALIAS, (*tokens(alias.text),))
            for alias in aliases
        ]
        names = [name for name in [*own, *others] if name.words]
        self._keys = KeyIndex(names)
        self._initials = InitialsIndex(names)
        self._phrases = PhraseIndex(names)
        self._run_together: dict[str, Name] = {}
        for name in names:
            self._run_together.setdefault("".join(name.words), name)
        self._speller = Speller(k for k in self._run_together if len(k) > 5)
        self._ladder = QueryParser(self, partners or {})

    def read(self, query: str) -> Reading:
        """What a whole query asks for."""
        reading = self._ladder.read(query)
        return replace(reading, terms=tuple(map(self._broadened, reading.terms)))

    def _broadened(self, term: Term) -> Term:
        """One broad word asks for every skill whose own name holds it."""
        typed = [word for word in tokens(term.text) if word not in STOPWORDS]
        if len(typed) != 1 or term.matches[0].grade is not Grade.WORDS:
            return term
        sought = stem(canonical_spelling(typed[0]))
        named = [
            replace(match, grade=Grade.WORDS, score=_BROAD)
            for match in self.find(term.text, limit=60)
            if match.grade is Grade.LOOSE
            and match.kind == "name"
            and sought
            in {stem(canonical_spelling(word)) for word in tokens(match.matched)}
        ]
        return replace(term, matches=(*best_first([*term.matches, *named]),))

    def find(self, words: str, limit: int = 20) -> list[Match]:
        """The skills one phrase may mean, best first."""
        found = tokens(words)[:24]
        if not found:
            return []
        by_words = self.by_words(found, is_typing=True)
        return best_first([*self.by_key(found), *by_words])[:limit]

    def by_key(self, words: Sequence[str], typed: Sequence[str] = ()) -> list[Match]:
        """Skills whose name, alias or initials these words are."""
        typed = typed or words
        hits = self._keys.find(words)
        if len(words) == 1 and self._phrases.has(words[0]):
            hits = [hit for hit in hits if not hit.loss & Relaxation.ENDING]
        best = hits[0].score if hits else 0
        found = []
        for hit in hits:
            match = score_exact_match(hit, words, typed)
            if match.grade is Grade.EXACT and hit.score < best - _MARGIN:
                match = graded(Grade.WORDS, hit.score, hit.name, typed)
            found.append(match)
        return best_first([*found, *self._by_initials(words, typed)])

    def _by_initials(self, words: Sequence[str], typed: Sequence[str]) -> list[Match]:
        if len(words) > 2:
            return []
        key = "".join(words).replace(".", "")
        names = self._initials.find(key)
        grade = Grade.INITIALS
        if is_everyday(key) or len(key) < 3:
            grade = Grade.LOOSE
        found = [
            graded(grade, name.worth - 0.01 * len(name.words), name, typed)
            for name in names
        ]
        return [replace(match, kind="initials") for match in found]

    def by_words(
        self, words: Sequence[str], typed: Sequence[str] = (), is_typing: bool = False
    ) -> list[Match]:
        """Skills whose names hold these words, or words like them."""
        typed = typed or words
        parts = [part for word in words for part in self._phrases.parts(word)]
        looked = [part for part in parts if part not in STOPWORDS] or parts
        found = [
            score_phrase_match(seen, looked, typed)
            for seen in self._phrases.look(looked, is_typing)[:40]
        ]
        return best_first([*found, *self._by_run(words, typed)])

    def _is_known(self, word: str) -> bool:
        return is_stopword(word) or self._phrases.knows(word)

    def _by_run(self, words: Sequence[str], typed: Sequence[str]) -> list[Match]:
        """Skills whose name, run together, is like these words run together."""
        run = "".join(words)
        if len(run) < 6 or is_everyday(run) or all(map(self._is_known, words)):
            return []
        found = []
        for key, likeness in self._speller.like(run):
            is_long = likeness >= _SURE_RUN and len(run) >= _LONG_RUN
            is_one = len(words) == len(self._run_together[key].words) == 1
            is_like = is_sure(run, key, likeness) if is_one else is_long
            grade = Grade.CLOSE if is_like else Grade.LOOSE
            found.append(graded(grade, likeness, self._run_together[key], typed))
        return found


def _own_names(skills: list[CatalogueSkill]) -> list[Name]:
    asides = [aside for skill in skills for aside in _BESIDE.findall(skill.name)]
    return [
        Name(skill.id, skill.name, "name", worth, (*tokens(text),))
        for skill in skills
        for text, worth in _ways(skill.name, asides)
    ]


def _ways(name: str, asides: list[str]) -> list[tuple[str, float]]:
    """A name as written, without its aside, the aside if a name itself, its halves."""
    ways = [(name, _OWN_NAME)]
    bare = _BESIDE.sub(" ", name).strip()
    if bare != name:
        ways.append((bare, _OWN_NAME - 0.005))
    for aside in _BESIDE.findall(name):
        if aside[:1].isupper() and asides.count(aside) == 1:
            ways.append((aside, _OWN_NAME - 0.02))
    if " / " in name:
        ways += [(half, _OWN_NAME - 0.02) for half in name.split(" / ")]
    return ways
