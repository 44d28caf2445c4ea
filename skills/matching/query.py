"""Parsing a query: the skills, partners and words it asks for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from skills.matching.common_words import content, is_everyday, is_ordinary, is_stopword
from skills.matching.match import Grade, Match, Reading, Term, best_first
from skills.matching.partner_names import PartnerIndex
from skills.matching.scoring import fullness, loosened
from skills.matching.text import (
    STOPWORDS,
    VENDORS,
    Span,
    canonical_spelling,
    limited,
    stem,
    tokens,
)

MOST_TERMS = 12
_LONGEST_RUN = 8
_MOST_MATCHES = 8
_MOST_MEANINGS = 2
_LONGEST_GUESS = 3
_LONG_GAP = 9
_MOST_SUGGESTIONS = 5
_MARGIN = 0.2
_SURE_OF_WHOLE = 0.85
_SURE_OF_PART = 0.84

_CLAUSES = re.compile(r"[,;\n|•·]+")
_JOINTS = frozenset(["and", "or"])
_JOINT_SIGN = re.compile(r"\s[+/]\s")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|\w+://\S+")


class Finder(Protocol):
    """What the parser asks of a catalogue."""

    def by_key(self, words: Sequence[str], typed: Sequence[str]) -> list[Match]: ...

    def by_words(self, words: Sequence[str], typed: Sequence[str]) -> list[Match]: ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that is known: a partner's, or those of a wanted skill."""

    span: Span
    matches: tuple[Match, ...] = ()
    partner_id: int | None = None


@dataclass(slots=True)
class ParsedQuery:
    """What has been made out of a query so far."""

    terms: list[Term] = field(default_factory=list)
    partners: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    suggestions: list[Match] = field(default_factory=list)

    def reading(self, query: str, dropped: list[str]) -> Reading:
        late = [term.text for term in self.terms[MOST_TERMS:]]
        taken = {m.skill_id for term in self.terms[:MOST_TERMS] for m in term.matches}
        loose = [m for m in best_first(self.suggestions) if m.skill_id not in taken]
        return Reading(
            query=query,
            terms=tuple(self.terms[:MOST_TERMS]),
            partners=tuple(dict.fromkeys(self.partners)),
            words=tuple(dict.fromkeys(self.words)),
            suggestions=tuple(loose[:_MOST_SUGGESTIONS]),
            not_understood=(*late, *dropped),
        )

    def add(self, span: Span, matches: Sequence[Match]) -> None:
        self.terms.append(_term(span, matches))
        if matches[0].grade < Grade.INITIALS:
            self.suggestions += _near(matches)


class QueryParser:
    """Parses queries phrase by phrase, the longest known phrases first."""

    def __init__(self, finder: Finder, partners: Mapping[int, Sequence[str]]):
        self._finder = finder
        self._partners = PartnerIndex(partners)

    def read(self, query: str) -> Reading:
        text, dropped = limited(query)
        parsed = ParsedQuery()
        if not any(letter.isalnum() for letter in text):
            dropped = [text.strip(), *dropped] if text.strip() else dropped
        elif not self._parse_whole(Span.of(text), parsed):
            for clause in _CLAUSES.split(text):
                self._parse_clause(clause, parsed)
        return parsed.reading(query, dropped)

    def _parse_whole(self, span: Span, parsed: ParsedQuery) -> bool:
        matches = self._finder.by_key(span.words, span.typed) if len(span) else []
        if not matches or matches[0].grade < Grade.INITIALS:
            return False
        parsed.add(span, matches)
        return True

    def _parse_clause(self, clause: str, parsed: ParsedQuery) -> None:
        parsed.words += _ADDRESS.findall(clause)
        clause = _ADDRESS.sub(" ", clause)
        if self._parse_whole(Span.of(clause), parsed):
            return
        span = Span.of(_JOINT_SIGN.sub(" and ", clause))
        phrases = self._phrases(span)
        partners = [phrase for phrase in phrases if phrase.partner_id is not None]
        parsed.partners += [p.partner_id for p in partners if p.partner_id is not None]
        rest = _without(span, partners)
        whole = self._finder.by_words(rest.words, rest.typed) if len(rest) else []
        if self._prefers(whole, span, phrases):
            parsed.add(rest, whole)
        else:
            self._parse_parts(span, phrases, whole, parsed)

    def _prefers(self, whole: list[Match], span: Span, phrases: list[Phrase]) -> bool:
        """Is one skill for the whole phrase better than one for each rung?"""
        if not whole or not whole[0].is_confident:
            return False
        skills = [phrase for phrase in phrases if phrase.partner_id is None]
        held = set(map(stem, tokens(whole[0].matched)))
        if not all(held.issuperset(map(stem, content(r.span.words))) for r in skills):
            return False
        left = [word for gap in _gaps(span, phrases) for word in content(gap.words)]
        if not skills or any(canonical_spelling(word) not in VENDORS for word in left):
            return True
        return len(skills) > 1 and fullness(whole[0]) >= _SURE_OF_WHOLE

    def _phrases(self, span: Span) -> list[Phrase]:
        phrases: list[Phrase] = []
        for least in (Grade.INITIALS, Grade.WORDS):
            for part in _runs(span, _LONGEST_RUN):
                if _is_free(part, phrases) and _may_be_phrase(part, span, least):
                    phrase = self._phrase(part, least, _is_alone(part, span))
                    phrases += [phrase] if phrase else []
        return phrases

    def _phrase(self, span: Span, least: Grade, is_alone: bool) -> Phrase | None:
        matches = self._finder.by_key(span.words, span.typed)
        if matches and matches[0].grade >= least:
            is_vague = least is Grade.WORDS and len(_sure(matches)) > _MOST_MEANINGS
            return None if is_vague and not is_alone else Phrase(span, tuple(matches))
        partner_id = self._partners.find(span.words)
        return None if partner_id is None else Phrase(span, (), partner_id)

    def _parse_parts(
        self,
        span: Span,
        phrases: list[Phrase],
        whole: list[Match],
        parsed: ParsedQuery,
    ) -> None:
        """One wanted skill for each rung, and for each gap that is like one."""
        found = [*phrases]
        for gap in _gaps(span, phrases):
            found += self._phrases_in_gap(gap)
        left = [word for gap in _gaps(span, found) for word in gap.words]
        doubt = _doubt(span, left)
        sure = [phrase for phrase in found if not (phrase.matches and doubt(phrase))]
        for phrase in sorted(sure, key=lambda phrase: phrase.span.start):
            if phrase.matches:
                parsed.add(phrase.span, phrase.matches)
        doubtful = [m for phrase in found if phrase not in sure for m in phrase.matches]
        guesses = whole if left or not sure else []
        parsed.suggestions += map(loosened, [*doubtful, *guesses])
        parsed.words += _left_over(span, sure)

    def _phrases_in_gap(self, gap: Span) -> list[Phrase]:
        found: list[Phrase] = []
        for part in _runs(gap, _LONGEST_GUESS if len(gap) < _LONG_GAP else 1):
            is_all = len(part) == len(gap)
            if _is_free(part, found) and (is_all or _is_guess(part)):
                least = 0 if is_all else _SURE_OF_PART
                matches = self._finder.by_words(part.words, part.typed)
                if _is_sure(matches, least):
                    found.append(Phrase(part, tuple(matches)))
        return found


def _runs(span: Span, longest: int) -> Iterator[Span]:
    """Runs of words, longest first, that neither begin nor end in a joint."""
    for size in range(min(len(span), longest), 0, -1):
        for start in range(len(span) - size + 1):
            part = span.cut(start, start + size)
            if STOPWORDS.isdisjoint((part.words[0], part.words[-1])):
                yield part


def _may_be_phrase(part: Span, span: Span, least: Grade) -> bool:
    if least is Grade.WORDS:
        return _is_distinctive(part)
    return len(part) in (len(span), 2, 3) or not all(map(is_stopword, part.words))


def _doubt(span: Span, left: list[str]) -> Callable[[Phrase], bool]:
    """Which skills are named by chance, seeing the words left over beside them."""
    if left and span.is_field:
        return lambda phrase: True
    if any(map(is_ordinary, left)):
        return _is_by_chance
    return lambda phrase: False


def _is_by_chance(phrase: Phrase) -> bool:
    best = phrase.matches[0]
    if best.grade <= Grade.WORDS and best.kind != "name":
        return True
    return all(map(is_ordinary, content(phrase.span.words)))


def _is_alone(part: Span, span: Span) -> bool:
    """Is a run all there is between two joints?"""
    ends = span.words[part.start - 1 : part.start], span.words[part.places.stop :][:1]
    return all(not end or end[0] in _JOINTS for end in ends)


def _is_distinctive(span: Span) -> bool:
    """Does a run begin and end with words that say which skill is meant?"""
    return not (is_stopword(span.words[0]) or is_stopword(span.words[-1]))


def _is_guess(span: Span) -> bool:
    """Is a run worth a guess? A maker's name or an everyday word alone is not."""
    if len(span) == 1 and (
        canonical_spelling(span.words[0]) in VENDORS or is_everyday(*span.words)
    ):
        return False
    return _is_distinctive(span)


def _is_free(span: Span, phrases: list[Phrase]) -> bool:
    return all(
        span.places.stop <= phrase.span.start or span.start >= phrase.span.places.stop
        for phrase in phrases
    )


def _gaps(span: Span, phrases: list[Phrase]) -> list[Span]:
    """What no rung holds, cut at joints, where it says anything."""
    taken = {place for phrase in phrases for place in phrase.span.places}
    taken |= {at for at, word in enumerate(span.words) if word in _JOINTS}
    ends = [-1, *sorted(taken), len(span)]
    gaps = [span.cut(a + 1, b) for a, b in pairwise(ends) if b - a > 1]
    return [gap for gap in gaps if not all(map(is_stopword, gap.words))]


def _without(span: Span, phrases: list[Phrase]) -> Span:
    taken = {place for phrase in phrases for place in phrase.span.places}
    kept = [at for at in range(len(span)) if at not in taken]
    return Span(
        tuple(span.words[at] for at in kept), tuple(span.typed[at] for at in kept)
    )


def _left_over(span: Span, parts: list[Phrase]) -> list[str]:
    """Words that may name people or posts; with a skill found, only telling ones."""
    rest = _without(span, parts)
    idle = is_stopword if parts else STOPWORDS.__contains__
    return [w for w, key in zip(rest.typed, rest.words, strict=True) if not idle(key)]


def _term(span: Span, matches: Sequence[Match]) -> Term:
    best = matches[0]
    kept = [m for m in matches if _is_near(m, best)]
    is_choice = best.grade >= Grade.INITIALS and len(_sure(kept)) > 1
    return Term(span.text, tuple(kept[:_MOST_MATCHES]), is_choice)


def _is_sure(matches: Sequence[Match], least: float) -> bool:
    if not matches or not matches[0].is_confident:
        return False
    return fullness(matches[0]) >= least


def _sure(matches: Sequence[Match]) -> list[Match]:
    return [match for match in matches if match.grade is matches[0].grade]


def _is_near(match: Match, best: Match) -> bool:
    if match.grade is Grade.LOOSE:
        return False
    return match.grade is not best.grade or fullness(match) >= fullness(best) - _MARGIN


def _near(matches: Sequence[Match]) -> list[Match]:
    """What stands too far below the best to be meant, as suggestions."""
    return [
        match if match.grade is Grade.LOOSE else loosened(match)
        for match in matches
        if not _is_near(match, matches[0])
    ]
